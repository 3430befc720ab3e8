using ZfDecl.Cli.Terminal;
using ZfDecl.Distributed;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Configuration;

/// <summary>What a verb works with.</summary>
/// <param name="Networks">The declared networks.</param>
/// <param name="Settings">What the user has set for this run.</param>
/// <param name="Log">Where progress and warnings go.</param>
/// <param name="Root">The folder of the project, or of the repository.</param>
/// <param name="Stop">Asks the verb to save and leave, by an <see cref="OperationCanceledException"/>.</param>
public sealed record RunContext(NetworkCatalog Networks, Settings Settings, ConsoleLog Log, string Root, CancellationToken Stop) : IDisposable
{
    private readonly List<FileLock> looking = [];

    /// <summary>The processes that share the work; this one alone unless a launcher has started several.</summary>
    public IProcessGroup Group { get; init; } = AloneGroup.Instance;

    /// <summary>The folder of specs, as a full path.</summary>
    public string Specs => Path.GetFullPath(Path.Combine(Root, Networks.Specs));

    /// <summary>A path inside the repository relative to it, with forward slashes, so that what is kept of a run holds on another machine.</summary>
    public string Portable(string value) =>
        Path.IsPathRooted(value) && Path.GetRelativePath(Root, value) is var relative && !Path.IsPathRooted(relative) && !relative.StartsWith("..", StringComparison.Ordinal)
            ? relative.Replace('\\', '/')
            : value;

    /// <summary>The command that runs another verb on the same run, to be copied.</summary>
    /// <param name="target">For example <c>Visualize</c>.</param>
    /// <param name="also">What it needs besides the network, the run and their folder, where the user has given it.</param>
    public string Command(string target, params IReadOnlyList<string> also) => string.Concat(
        Settings.Used.Where(setting => setting.Name is "spec" && setting.Value != Networks.Default || (setting.Name is "spec" or "run" or "artifacts" || also.Contains(setting.Name)) && setting.Origin == SettingOrigin.Property)
            .Select(setting => $" {Given(setting.Name, setting.Value)}")
            .Prepend($"dotnet msbuild -t:{target}"));

    /// <summary>What a command needs besides, to work in the same folder of runs: empty, or a property with a space before it.</summary>
    public string InSameArtifacts => string.Concat(Settings.Used.Where(setting => setting.Name == "artifacts" && setting.Origin == SettingOrigin.Property).Select(setting => $" {Given(setting.Name, setting.Value)}"));

    /// <summary>The settings that are in force, as records keep them.</summary>
    public RunSetting[] Recorded() => [.. Settings.Used.Select(setting => new RunSetting(setting.Name, Portable(setting.Value), setting.Origin.ToString().ToLowerInvariant()))];

    /// <summary>The command that was given, as records keep it.</summary>
    /// <param name="target">For example <c>Train</c>.</param>
    public string CommandOf(string target) => string.Join(' ', Settings.Used.Where(setting => setting.Origin == SettingOrigin.Property)
        .Select(setting => Given(setting.Name, Portable(setting.Value))).Prepend($"dotnet msbuild -t:{target}"));

    /// <summary>A setting as it is typed: a list with plus signs, and what MSBuild would take apart escaped as it reads it.</summary>
    private static string Given(string name, string value)
    {
        var typed = value.Contains('/', StringComparison.Ordinal) ? value : value.Replace(", ", "+", StringComparison.Ordinal);
        return ShellWord.Of($"{Configuration.Settings.Property(name)}={typed.Replace("%", "%25", StringComparison.Ordinal).Replace(",", "%2c", StringComparison.Ordinal).Replace(";", "%3b", StringComparison.Ordinal)}");
    }

    /// <summary>Keeps a run where it is until the verb has ended: a new training would move it aside, and what the verb finds would lie in that one's folder.</summary>
    /// <param name="run">Its folder; nothing happens where there is none.</param>
    /// <exception cref="ZfDeclException">ZF1205: the run is being moved.</exception>
    public void Look(string run)
    {
        if (Directory.Exists(run))
            looking.Add(RunLock.Look(run));
    }

    /// <summary>Ends the looking at runs.</summary>
    public void Dispose() => looking.ForEach(one => one.Dispose());
}
