namespace ZfDecl.Fuzz;

/// <summary>What a run has seen.</summary>
/// <param name="Specs">Mutated specs.</param>
/// <param name="Accepted">Those without an error.</param>
/// <param name="Compiled">Different networks that were compiled.</param>
/// <param name="Ran">Those that were run too, because they are small.</param>
/// <param name="Slowest">The longest that one file took, in milliseconds.</param>
/// <param name="SlowestSeed">The seed of that file.</param>
/// <param name="Codes">How often each diagnostic was reported.</param>
/// <param name="Findings">What must not be; empty where all is well.</param>
public sealed record FuzzSummary(
    int Specs, int Accepted, int Compiled, int Ran, double Slowest, int SlowestSeed, IReadOnlyDictionary<string, int> Codes, IReadOnlyList<Finding> Findings);
