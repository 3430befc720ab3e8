namespace ZfDecl.Cli;

/// <summary>What a verb works with.</summary>
/// <param name="Networks">The declared networks.</param>
/// <param name="Settings">What the user has set for this run.</param>
/// <param name="Log">Where progress and warnings go.</param>
/// <param name="Root">The folder of the repository.</param>
/// <param name="Stop">Asks the verb to save and leave, by an <see cref="OperationCanceledException"/>.</param>
public sealed record RunContext(NetworkCatalog Networks, Settings Settings, ConsoleLog Log, string Root, CancellationToken Stop)
{
    /// <summary>A path inside the repository relative to it, with forward slashes, so that what is kept of a run holds on another machine.</summary>
    public string Portable(string value) =>
        Path.IsPathRooted(value) && Path.GetRelativePath(Root, value) is var relative && !Path.IsPathRooted(relative) && !relative.StartsWith("..", StringComparison.Ordinal)
            ? relative.Replace('\\', '/')
            : value;
}
