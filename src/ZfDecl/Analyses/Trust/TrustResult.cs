using ZfDecl.Analyses.Occlude;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Trust;

/// <summary>How far the pictures of a network show what it looks at: the paper's rule beside its relatives, and where the objects' positions are known, both against these.</summary>
/// <param name="Layer">The layer whose projections were judged.</param>
/// <param name="Grid">The occluder's positions.</param>
/// <param name="Hits">The occluded images; none where nobody knows where their objects are.</param>
/// <param name="Units">The strongest units of each map; at least one.</param>
public sealed record TrustResult(LayerInfo Layer, OccluderGrid Grid, IReadOnlyList<PointingGame> Hits, IReadOnlyList<UnitUnderRules> Units)
{
    /// <summary>The share of images whose pixel of least probability is on the object.</summary>
    public double Inside => Hits.Average(hit => hit.Inside ? 1.0 : 0);

    /// <summary>What it would be for a pixel drawn by chance: the mean of the objects' shares of the pixels.</summary>
    public double Chance => Hits.Average(hit => hit.Area);

    /// <summary>Whether it is known where the objects are.</summary>
    public bool KnowsObjects => Units[0].OnObject is not null;

    /// <summary>Differences between the rules, and from chance, tested with one difference per map, the mean over its units; where no map shows one, there is no test.</summary>
    public IReadOnlyList<(string Comparison, SignedRankTest Result)> Tests => [.. Compared().Where(test => test.Result.Count > 0)];

    private IReadOnlyList<(string Comparison, SignedRankTest Result)> Compared() =>
    [
        .. !KnowsObjects ? Array.Empty<(string, SignedRankTest)>() :
        [
            ("energy on the object: deconv - chance", Test(unit => unit.OnObject!.Deconv - unit.OnObject.Chance)),
            ("energy on the object: deconv - mask", Test(unit => unit.OnObject!.Deconv - unit.OnObject.Masked)),
            ("energy on the object: deconv - guided", Test(unit => unit.OnObject!.Deconv - unit.OnObject.Guided)),
            ("energy on the object: mask - chance", Test(unit => unit.OnObject!.Masked - unit.OnObject.Chance)),
        ],
        ("likeness to the pixels: deconv - mask", Test(unit => unit.Likeness.Deconv - unit.Likeness.Masked)),
        ("likeness to the pixels: deconv - guided", Test(unit => unit.Likeness.Deconv - unit.Likeness.Guided)),
    ];

    /// <summary>Whether any projection differs between the rules: where no relu lies below the layer, none does.</summary>
    public bool RulesDiffer => Units.Any(unit => !unit.Deconv.Projection.AsSpan().SequenceEqual(unit.Masked.Projection) || !unit.Deconv.Projection.AsSpan().SequenceEqual(unit.Guided.Projection));

    /// <summary>What was found, in a few sentences.</summary>
    public IEnumerable<string> Sentences()
    {
        if (Hits.Count > 0)
        {
            yield return FormattableString.Invariant(
                $"Occlusion: in {100 * Inside:0.#} % of {Hits.Count} images the occlusion map of the true class (each pixel the mean over the grey squares of {Grid.Size}×{Grid.Size} pixels that cover it, {Grid.Stride} {(Grid.Stride == 1 ? "pixel" : "pixels")} apart) is lowest on the object; by chance it would be {100 * Chance:0.#} %. The middle of the one worst square is on it in {100 * Hits.Average(hit => hit.MiddleInside ? 1.0 : 0):0.#} %, by chance in {100 * Hits.Average(hit => hit.MiddleChance):0.#} %.");
        }
        if (KnowsObjects)
        {
            yield return FormattableString.Invariant(
                $"Projections: of the energy of the {Units.Count} strongest units of {Layer.Name}, {100 * Units.Average(unit => unit.OnObject!.Deconv):0.#} % lies on the object by the paper's rule, {100 * Units.Average(unit => unit.OnObject!.Masked):0.#} % by the gradient, {100 * Units.Average(unit => unit.OnObject!.Guided):0.#} % by both (guided); spread evenly it would be {100 * Units.Average(unit => unit.OnObject!.Chance):0.#} %.");
        }
        if (!RulesDiffer)
            yield return $"The paper's rule, the gradient's and both together project the same from {Layer.Name}, as they do where no relu lies between a layer and the pixels: there is nothing to compare.";
        else
        {
            yield return FormattableString.Invariant(
                $"Footnote 1 of the paper says that the gradient's rule, which passes a relu where the forward pass was positive, gives less clear pictures. Over the {Units.Count} strongest units of {Layer.Name} its projection and the paper's correlate by {Units.Average(unit => unit.Correlation):0.00} (1 would be the same picture); with the pixels that the unit saw the paper's correlates by {Units.Average(unit => unit.Likeness.Deconv):0.00}, the gradient's by {Units.Average(unit => unit.Likeness.Masked):0.00} and both rules together (guided) by {Units.Average(unit => unit.Likeness.Guided):0.00}.");
        }
        if (!KnowsObjects)
            yield return "Nobody knows where the objects of these images are, so how much of the pictures lies on them is not measured; for that train on and look at shapes, which draws its objects.";
    }

    private SignedRankTest Test(Func<UnitUnderRules, double> difference) =>
        SignedRankTest.Of([.. Units.GroupBy(unit => unit.Map).Select(map => map.Average(difference))]);
}
