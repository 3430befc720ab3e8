namespace ZfDecl.Analysis;

/// <summary>One unit, projected by the paper's rule and by its relatives: how much of each projection lies on the object.</summary>
/// <param name="Map">Its feature map.</param>
/// <param name="Deconv">The unit as the paper's rule projects it.</param>
/// <param name="Masked">As the gradient does (footnote 1 of the paper).</param>
/// <param name="Guided">As both together do (Springenberg et al. 2015).</param>
/// <param name="Chance">The object's share of the pixels that the unit sees.</param>
/// <param name="DeconvShare">The share of the energy on the object, 0 … 1, by the paper's rule.</param>
/// <param name="MaskedShare">By the gradient.</param>
/// <param name="GuidedShare">By both together.</param>
/// <param name="Correlation">Pearson's correlation of the paper's projection and the gradient's, over the pixels that the unit sees, −1 … 1.</param>
public sealed record UnitUnderRules(
    int Map, VisualizedUnit Deconv, VisualizedUnit Masked, VisualizedUnit Guided, double Chance, double DeconvShare, double MaskedShare, double GuidedShare, double Correlation)
{
    /// <summary>Compares the projections of a unit.</summary>
    /// <returns>The comparison; null where a rule projects nothing at all.</returns>
    public static UnitUnderRules? Of(int map, VisualizedUnit deconv, VisualizedUnit masked, VisualizedUnit guided, ObjectMask mask)
    {
        return Share(deconv) is { } first && Share(masked) is { } second && Share(guided) is { } third
            ? new(map, deconv, masked, guided, mask.AreaWithin(deconv.Region), first, second, third, Correlate(deconv.Projection, masked.Projection))
            : null;

        double? Share(VisualizedUnit unit) => mask.EnergyShare(unit.Projection, unit.Region);
    }

    private static double Correlate(float[] one, float[] other)
    {
        var (meanOne, meanOther) = (one.Average(), other.Average());
        var (product, squareOne, squareOther) = (0.0, 0.0, 0.0);
        for (var i = 0; i < one.Length; i++)
        {
            var (a, b) = (one[i] - meanOne, other[i] - meanOther);
            product += a * b;
            squareOne += a * a;
            squareOther += b * b;
        }
        return squareOne == 0 || squareOther == 0 ? 0 : product / Math.Sqrt(squareOne * squareOther);
    }
}
