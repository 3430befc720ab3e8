using ZfDecl.Findings;

namespace ZfDecl.Analyses.Trust;

/// <summary>Whether covering what projections mark takes more from their units than an equal area elsewhere.</summary>
/// <param name="Units">The covered units; at least one.</param>
public sealed record CoveringResult(IReadOnlyList<CoveredUnit> Units)
{
    /// <summary>The probability below which a difference is said to be one.</summary>
    public const double Level = 0.05;

    /// <summary>The difference of the shares that are gone, marked minus elsewhere, one a map.</summary>
    public SignedRankTest Test { get; } = SignedRankTest.Of([.. Units.GroupBy(unit => unit.Map).Select(map => map.Average(unit => unit.Marked - unit.Elsewhere))]);

    /// <summary>What was found.</summary>
    public string Sentence
    {
        get
        {
            var (marked, elsewhere) = (Units.Average(unit => unit.Marked), Units.Average(unit => unit.Elsewhere));
            var found = Test.P > Level ? "these units cannot tell whether that is more" : Test.Mean > 0 ? "so they need more of what is marked" : "so they need less of what is marked";
            return FormattableString.Invariant(
                $"Covering the fifth of the pixels that a projection marks most takes {100 * marked:0} % of the unit's activation on average, an equal area elsewhere in what it sees {100 * elsewhere:0} %; it takes more in {100 * Test.Positive:0} % of {Test.Count} maps (signed-rank test: p {ProbabilityText.WithSign(Test.P)}): {found}.");
        }
    }
}
