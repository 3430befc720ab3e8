using ZfDecl.Networks;

namespace ZfDecl.Analyses.Explain;

/// <summary>Where in an image something is, in words.</summary>
internal static class PlaceWords
{
    private static readonly string[,] Words =
    {
        { "in the upper left", "at the top", "in the upper right" },
        { "on the left", "in the middle", "on the right" },
        { "in the lower left", "at the bottom", "in the lower right" },
    };

    /// <summary>The ninth of the image that the middle of a region lies in.</summary>
    /// <param name="region">The region, within the image.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    public static string Of(PixelRegion region, int height, int width) =>
        Words[Third((2 * region.Top) + region.Height, height), Third((2 * region.Left) + region.Width, width)];

    /// <param name="middle">Twice the middle.</param>
    /// <param name="side">The side.</param>
    private static int Third(int middle, int side) => Math.Clamp(3 * middle / (2 * side), 0, 2);
}
