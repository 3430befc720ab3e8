using ZfDecl.Generators.Language;

namespace ZfDecl.Cli.Configuration;

/// <summary>Something the host can do.</summary>
/// <param name="Name">As on the command line, for example <c>snapshot-test</c>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Settings">The settings that it takes, each of another name.</param>
/// <param name="Run">Does it and returns the exit code; null for a verb that is a program of its own, which does it there (<see cref="Host.Programs"/>).</param>
internal sealed record Verb(string Name, string Summary, IReadOnlyList<Key> Settings, Func<RunContext, int>? Run);
