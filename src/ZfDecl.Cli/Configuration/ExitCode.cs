namespace ZfDecl.Cli.Configuration;

/// <summary>What the host ends with, besides 0 for success, 1 for an error that the user can mend and 2 for an internal one.</summary>
public static class ExitCode
{
    /// <summary>After Ctrl+C or SIGTERM, as shells have it.</summary>
    public const int Interrupted = 130;
}
