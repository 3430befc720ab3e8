using SkiaSharp;

namespace ZfDecl.Data;

/// <summary>The eight ways in which a camera may have been held, as EXIF tells them.</summary>
internal static class ImageOrientation
{
    /// <summary>Whether the picture as seen is as wide as the one in the file is high.</summary>
    public static bool SwapsSides(this SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>Takes a point of the picture in the file, of the given size, to its place in the picture as seen.</summary>
    public static SKMatrix ToMatrix(this SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => Matrix(-1, 0, width, 0, 1, 0),
        SKEncodedOrigin.BottomRight => Matrix(-1, 0, width, 0, -1, height),
        SKEncodedOrigin.BottomLeft => Matrix(1, 0, 0, 0, -1, height),
        SKEncodedOrigin.LeftTop => Matrix(0, 1, 0, 1, 0, 0),
        SKEncodedOrigin.RightTop => Matrix(0, -1, height, 1, 0, 0),
        SKEncodedOrigin.RightBottom => Matrix(0, -1, height, -1, 0, width),
        SKEncodedOrigin.LeftBottom => Matrix(0, 1, 0, -1, 0, width),
        _ => SKMatrix.Identity,
    };

    // x' = xx·x + xy·y + x0, y' = yx·x + yy·y + y0
    private static SKMatrix Matrix(float xx, float xy, float x0, float yx, float yy, float y0) => new(xx, xy, x0, yx, yy, y0, 0, 0, 1);
}
