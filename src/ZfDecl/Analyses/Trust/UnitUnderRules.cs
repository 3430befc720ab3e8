using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Trust;

/// <summary>One unit, projected by the paper's rule and by its relatives: how alike the projections are, how like what the unit saw, and how much of them lies on the object.</summary>
/// <param name="Map">Its feature map.</param>
/// <param name="Deconv">The unit as the paper's rule projects it.</param>
/// <param name="Masked">As the gradient does (footnote 1 of the paper).</param>
/// <param name="Guided">As both together do (Springenberg et al. 2015).</param>
/// <param name="Correlation">Pearson's correlation of the paper's projection and the gradient's, over the pixels that the unit sees, −1 … 1.</param>
/// <param name="Likeness">For each rule the correlation of its projection and the pixels themselves.</param>
/// <param name="OnObject">How much of the projections lies on the object; null where nobody knows where that is.</param>
public sealed record UnitUnderRules(
    int Map, VisualizedUnit Deconv, VisualizedUnit Masked, VisualizedUnit Guided, double Correlation, (double Deconv, double Masked, double Guided) Likeness, EnergyPointingGame? OnObject)
{
    /// <summary>Compares the projections of a unit.</summary>
    /// <param name="map">Its feature map.</param>
    /// <param name="deconv">The unit by the paper's rule.</param>
    /// <param name="masked">The same by the gradient.</param>
    /// <param name="guided">The same by both together.</param>
    /// <param name="input">The shape of the network's input.</param>
    /// <param name="mask">Where the object is; null where nobody knows.</param>
    /// <returns>The comparison; null where a rule projects nothing at all.</returns>
    public static UnitUnderRules? Of(int map, VisualizedUnit deconv, VisualizedUnit masked, VisualizedUnit guided, FeatureShape input, ObjectMask? mask)
    {
        VisualizedUnit[] rules = [deconv, masked, guided];
        if (rules.Any(unit => unit.Projection.All(value => value == 0)))
            return null;
        var inside = Inside(deconv.Region, input);
        var projections = rules.Select(unit => inside.Select(i => (double)unit.Projection[i]).ToArray()).ToArray();
        double[] pixels = [.. inside.Select(i => (double)deconv.Patch[i])];
        return new(
            map, deconv, masked, guided, Trust.Correlation.Of(projections[0], projections[1]), (Trust.Correlation.Of(projections[0], pixels), Trust.Correlation.Of(projections[1], pixels), Trust.Correlation.Of(projections[2], pixels)),
            mask is null ? null : new(mask.AreaWithin(deconv.Region), Share(deconv), Share(masked), Share(guided)));

        double Share(VisualizedUnit unit) => mask.EnergyShare(unit.Projection, unit.Region)!.Value;
    }

    /// <summary>The positions in [C, h, w] of a region that lie inside the image.</summary>
    private static int[] Inside(PixelRegion region, FeatureShape input)
    {
        var (part, plane) = (region.ClipTo(input.Height, input.Width), region.Height * region.Width);
        return
        [
            .. from c in Enumerable.Range(0, input.Maps)
               from y in Enumerable.Range(part.Top - region.Top, part.Height)
               from x in Enumerable.Range(part.Left - region.Left, part.Width)
               select (c * plane) + (y * region.Width) + x,
        ];
    }
}
