using ZfDecl.Networks;

namespace ZfDecl.Analysis;

/// <summary>How far the pictures of a network show what it looks at, on images whose objects' places are known.</summary>
/// <param name="Layer">The layer whose projections were judged.</param>
/// <param name="Grid">The occluder's positions.</param>
/// <param name="Hits">The occluded images.</param>
/// <param name="Units">The strongest units of each map.</param>
public sealed record Trust(LayerInfo Layer, OccluderGrid Grid, IReadOnlyList<OcclusionHit> Hits, IReadOnlyList<UnitUnderRules> Units)
{
    /// <summary>The share of images whose pixel of least probability is on the object.</summary>
    public double Inside => Hits.Average(hit => hit.Inside ? 1.0 : 0);

    /// <summary>What it would be for a pixel drawn by chance: the mean of the objects' shares of the pixels.</summary>
    public double Chance => Hits.Average(hit => hit.Area);

    /// <summary>The paper's rule against the gradient, guided backpropagation and an even spread: a difference a map, the mean over its units.</summary>
    public IReadOnlyList<(string Comparison, SignedRankTest Result)> Tests =>
    [
        ("deconv - chance", Test(unit => unit.DeconvShare - unit.Chance)),
        ("deconv - mask", Test(unit => unit.DeconvShare - unit.MaskedShare)),
        ("deconv - guided", Test(unit => unit.DeconvShare - unit.GuidedShare)),
        ("mask - chance", Test(unit => unit.MaskedShare - unit.Chance)),
    ];

    /// <summary>What was found, in a few sentences.</summary>
    public IEnumerable<string> Sentences()
    {
        yield return FormattableString.Invariant(
            $"Occlusion: in {100 * Inside:0.#} % of {Hits.Count} images the occlusion map of the true class (each pixel the mean over the grey squares of {Grid.Size}×{Grid.Size} pixels that cover it, {Grid.Stride} pixels apart) is lowest on the object; by chance it would be {100 * Chance:0.#} %. The middle of the one worst square is on it in {100 * Hits.Average(hit => hit.MiddleInside ? 1.0 : 0):0.#} %, by chance in {100 * Hits.Average(hit => hit.MiddleChance):0.#} %.");
        yield return FormattableString.Invariant(
            $"Projections: of the energy of the {Units.Count} strongest units of {Layer.Name}, {100 * Units.Average(unit => unit.DeconvShare):0.#} % lies on the object by the paper's rule, {100 * Units.Average(unit => unit.MaskedShare):0.#} % by the gradient, {100 * Units.Average(unit => unit.GuidedShare):0.#} % by both (guided); spread evenly it would be {100 * Units.Average(unit => unit.Chance):0.#} %.");
        yield return FormattableString.Invariant(
            $"Footnote 1: the gradient's projection and the paper's correlate by {Units.Average(unit => unit.Correlation):0.00} on average (1 would be the same picture).");
    }

    private SignedRankTest Test(Func<UnitUnderRules, double> difference) =>
        SignedRankTest.Of([.. Units.GroupBy(unit => unit.Map).Select(map => map.Average(difference))]);
}
