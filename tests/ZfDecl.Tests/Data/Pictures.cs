using SkiaSharp;

namespace ZfDecl.Tests.Data;

/// <summary>Draws and encodes small pictures.</summary>
internal static class Pictures
{
    public static byte[] Png(int width, int height, Func<int, int, SKColor> colour) => Encode(width, height, colour, SKEncodedImageFormat.Png);

    public static byte[] Jpeg(int width, int height, Func<int, int, SKColor> colour) => Encode(width, height, colour, SKEncodedImageFormat.Jpeg);

    public static byte[] Encode(int width, int height, Func<int, int, SKColor> colour, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                bitmap.SetPixel(x, y, colour(x, y));
        using var data = bitmap.Encode(format, 100);
        return data.ToArray();
    }

    /// <summary>A noisy picture, so that its file is long enough to be cut.</summary>
    public static SKColor Noise(int x, int y) => new((byte)(x * 71 + y * 113), (byte)(x * y * 37), (byte)(x * 7 ^ y * 11));

    /// <summary>Four quarters: red and green above, blue and black below.</summary>
    public static Func<int, int, SKColor> Quarters(int width, int height) =>
        (x, y) => (x < width / 2, y < height / 2) switch
        {
            (true, true) => new(255, 0, 0),
            (false, true) => new(0, 255, 0),
            (true, false) => new(0, 0, 255),
            _ => new(0, 0, 0),
        };
}
