namespace ZfDecl.Cli;

/// <summary>Something the host can do.</summary>
/// <param name="Name">As on the command line, for example <c>snapshot-test</c>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Run">Does it and returns the exit code.</param>
public sealed record Verb(string Name, string Summary, Func<RunContext, int> Run);
