using SkiaSharp;

namespace ZfDecl.Data.Decoding;

/// <summary>The eight ways in which a camera may have been held, as EXIF tells them: each is named by the sides, as seen, of the first row and the first column in the file.</summary>
internal static class ImageOrientation
{
    /// <summary>Whether the picture as seen is as wide as the one in the file is high.</summary>
    public static bool SwapsSides(this SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>Whether what is seen from left to right is in the file the other way round, along a row or, where the sides are swapped, a column.</summary>
    public static bool ReversesColumns(this SKEncodedOrigin origin) =>
        origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;

    /// <summary>Whether what is seen from top to bottom is in the file the other way round.</summary>
    public static bool ReversesRows(this SKEncodedOrigin origin) =>
        origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>The size of a picture as seen, of the size in the file.</summary>
    public static (int Width, int Height) Upright(this SKEncodedOrigin origin, SKSizeI size) =>
        origin.SwapsSides() ? (size.Height, size.Width) : (size.Width, size.Height);

    /// <summary>Turns a picture so that it is upright.</summary>
    /// <param name="origin">How the camera was held.</param>
    /// <param name="pixels">The picture in the file, [height, width].</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="upright">Filled with the picture as seen, [height, width] or, where the sides are swapped, [width, height].</param>
    public static void Turn(this SKEncodedOrigin origin, ReadOnlySpan<uint> pixels, int width, int height, Span<uint> upright)
    {
        // As seen: where the first pixel of the file is, and how far on the next column and the next row are.
        var across = origin.Upright(new(width, height)).Width;
        var first = (origin.ReversesColumns() ? across - 1 : 0) + (origin.ReversesRows() ? width * height - across : 0);
        var (right, down) = (origin.ReversesColumns() ? -1 : 1, origin.ReversesRows() ? -across : across);
        if (origin.SwapsSides())
            (right, down) = (down, right);      // along a row of the file one goes down
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                upright[first + y * down + x * right] = pixels[y * width + x];
    }
}
