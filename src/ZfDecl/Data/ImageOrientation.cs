using SkiaSharp;

namespace ZfDecl.Data;

/// <summary>The eight ways in which a camera may have been held, as EXIF tells them.</summary>
internal static class ImageOrientation
{
    /// <summary>Whether the picture as seen is as wide as the one in the file is high.</summary>
    public static bool SwapsSides(this SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>Turns a picture so that it is upright.</summary>
    /// <param name="origin">How the camera was held.</param>
    /// <param name="pixels">The picture in the file, [height, width].</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="upright">Filled with the picture as seen, [height, width] or, where the sides are swapped, [width, height].</param>
    public static void Turn(this SKEncodedOrigin origin, ReadOnlySpan<uint> pixels, int width, int height, Span<uint> upright)
    {
        // Where the first pixel goes, and how far on the next one goes along a row and down a column.
        var (first, along, down) = origin switch
        {
            SKEncodedOrigin.TopRight => (width - 1, -1, width),
            SKEncodedOrigin.BottomRight => (width * height - 1, -1, -width),
            SKEncodedOrigin.BottomLeft => (width * (height - 1), 1, -width),
            SKEncodedOrigin.LeftTop => (0, height, 1),
            SKEncodedOrigin.RightTop => (height - 1, height, -1),
            SKEncodedOrigin.RightBottom => (width * height - 1, -height, -1),
            SKEncodedOrigin.LeftBottom => (height * (width - 1), -height, 1),
            _ => (0, 1, width),
        };
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                upright[first + y * down + x * along] = pixels[y * width + x];
    }
}
