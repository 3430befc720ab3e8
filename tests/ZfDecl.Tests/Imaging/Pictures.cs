using SkiaSharp;

namespace ZfDecl.Tests.Imaging;

/// <summary>Hand-made pictures.</summary>
internal static class Pictures
{
    /// <summary>A PNG of one colour, with some pixels painted over.</summary>
    public static byte[] Flat(int width, int height, SKColor color, params (int X, int Y, SKColor Color)[] pixels)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(color);
        foreach (var (x, y, painted) in pixels)
            bitmap.SetPixel(x, y, painted);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
