using System.Text.RegularExpressions;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Terminal;

namespace ZfDecl.Cli;

/// <summary>
/// How the library's messages are said here. It names parameters and commands in backquotes, because it does not know who asks; this host's user types them as MSBuild's properties and
/// targets: <c>`resume=no`</c> is <c>-p:Resume=no</c>, <c>`train spec=Zf8`</c> is <c>dotnet msbuild -t:Train -p:Spec=Zf8</c>.
/// </summary>
internal static partial class Spelling
{
    /// <summary>The message with every parameter and command as it is typed.</summary>
    public static string Of(string message) => message.Contains('`', StringComparison.Ordinal) ? Quoted().Replace(message, match => Spelled(match.Groups["name"].Value, match.Groups["rest"].Value) ?? match.Value) : message;

    private static string? Spelled(string name, string rest)
    {
        if (Verbs.Settings.Any(key => key.Name == name))
            return Settings.Property(name) + rest;
        if (Verbs.All.All(verb => verb.Name != name))
            return null;
        var target = $"-t:{Settings.Property(name)["-p:".Length..]}";
        return rest.Length == 0 ? target : $"dotnet msbuild {target}{string.Concat(rest.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(setting => " " + Setting(setting.Split('=', 2))))}";
    }

    private static string Setting(string[] sides) => ShellWord.Of($"{Settings.Property(sides[0])}={sides[^1]}");

    [GeneratedRegex("`(?<name>[a-z-]+)(?<rest>[ =][^`]*)?`")]
    private static partial Regex Quoted();
}
