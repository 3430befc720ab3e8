namespace ZfDecl.Analysis;

/// <summary>Whether what a network needs of one image is its object.</summary>
/// <param name="Image">The image's index.</param>
/// <param name="Least">The middle of the square where the true class is least probable: its row and column.</param>
/// <param name="Inside">Whether that is on the object.</param>
/// <param name="Chance">The share of all positions whose middle is on the object.</param>
/// <param name="Area">The object's share of the pixels.</param>
/// <param name="Probability">The least probability of the true class.</param>
/// <param name="CleanProbability">Its probability where nothing is covered.</param>
public sealed record OcclusionHit(int Image, (int Y, int X) Least, bool Inside, double Chance, double Area, float Probability, float CleanProbability)
{
    /// <summary>Judges an occlusion.</summary>
    /// <param name="image">The image's index.</param>
    /// <param name="maps">The occlusion, of its true class.</param>
    /// <param name="mask">Where its object is.</param>
    public static OcclusionHit Of(int image, OcclusionMaps maps, ObjectMask mask)
    {
        var least = Middle(maps.Grid, maps.LeastProbable);
        var inside = Enumerable.Range(0, maps.Grid.Count).Average(position => Middle(maps.Grid, position) is var (y, x) && mask[y, x] ? 1.0 : 0);
        return new(image, least, mask[least.Y, least.X], inside, mask.Area, maps.Probability.Min(), maps.CleanProbability);
    }

    private static (int Y, int X) Middle(OccluderGrid grid, int position) =>
        (grid.Top + (position / grid.Columns * grid.Stride) + (grid.Size / 2), grid.Left + (position % grid.Columns * grid.Stride) + (grid.Size / 2));
}
