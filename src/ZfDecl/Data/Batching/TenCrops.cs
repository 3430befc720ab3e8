using ZfDecl.Networks;

namespace ZfDecl.Data.Batching;

/// <summary>Where the ten crops of an image lie: its four corners and its centre, then each of them mirrored (Krizhevsky et al. 2012, §4.1).</summary>
internal static class TenCrops
{
    /// <summary>How many there are.</summary>
    public const int Count = 10;

    /// <summary>How many there are without the mirror images.</summary>
    public const int Unmirrored = Count / 2;

    /// <summary>The first row and column of a crop.</summary>
    /// <param name="crop">0 … 9: the corners from the top left on, the centre, then the mirror images of these.</param>
    /// <param name="decoded">The image.</param>
    /// <param name="centre">The crop in its middle, as large as all of them.</param>
    public static (int Top, int Left) At(int crop, FeatureShape decoded, PixelRegion centre) =>
        crop % Unmirrored is var corner && corner == Unmirrored - 1
            ? (centre.Top, centre.Left)
            : ((corner >> 1) * (decoded.Height - centre.Height), (corner & 1) * (decoded.Width - centre.Width));
}
