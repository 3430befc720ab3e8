using ZfDecl.Analyses.Occlude;

namespace ZfDecl.Analyses.Trust;

/// <summary>Whether what a network needs of one image is its object.</summary>
/// <param name="Image">The image's index.</param>
/// <param name="Least">The pixel, row and column, where the true class is least probable on average over the squares that cover it; the first of equal ones.</param>
/// <param name="Inside">Whether that pixel is on the object.</param>
/// <param name="Area">The object's share of the pixels: how often a pixel drawn by chance would be on it.</param>
/// <param name="MiddleInside">Whether the middle of the one square behind which the class is least probable is on the object.</param>
/// <param name="MiddleChance">The share of all squares whose middle is on the object.</param>
/// <param name="Probability">The least probability of the true class.</param>
/// <param name="CleanProbability">Its probability where nothing is covered.</param>
public sealed record PointingGame(
    int Image, (int Y, int X) Least, bool Inside, double Area, bool MiddleInside, double MiddleChance, float Probability, float CleanProbability)
{
    /// <summary>Judges an occlusion.</summary>
    /// <param name="image">The image's index.</param>
    /// <param name="maps">The occlusion, of its true class.</param>
    /// <param name="mask">Where its object is.</param>
    public static PointingGame Of(int image, OcclusionMaps maps, ObjectMask mask)
    {
        var pixels = maps.ProbabilityByPixel();
        var least = Array.IndexOf(pixels, pixels.Where(double.IsFinite).Min());
        var middles = Enumerable.Range(0, maps.Grid.Count).Average(position => IsMiddleOn(mask, maps.Grid, position) ? 1.0 : 0);
        return new(
            image,
            (least / maps.Grid.Width, least % maps.Grid.Width),
            mask[least / maps.Grid.Width, least % maps.Grid.Width],
            mask.Area,
            IsMiddleOn(mask, maps.Grid, maps.Least),
            middles,
            maps.Probability.Min(),
            maps.CleanProbability);
    }

    private static bool IsMiddleOn(ObjectMask mask, OccluderGrid grid, int position) =>
        mask[grid.Top + (position / grid.Columns * grid.Stride) + (grid.Size / 2), grid.Left + (position % grid.Columns * grid.Stride) + (grid.Size / 2)];
}
