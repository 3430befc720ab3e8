using System.Runtime.InteropServices;
using SkiaSharp;
using ZfDecl.Networks;

namespace ZfDecl.Imaging;

/// <summary>Pixels of an image as something to draw.</summary>
internal static class PixelImage
{
    /// <summary>Makes an image of planes.</summary>
    /// <param name="pixels">[C, H, W], 0 … 255, of 1 channel (grey) or 3 (red, green, blue).</param>
    /// <param name="shape">Its shape.</param>
    /// <returns>The image; the caller disposes it.</returns>
    public static SKImage Of(ReadOnlySpan<byte> pixels, FeatureShape shape)
    {
        using var bitmap = Bitmap(pixels, shape);
        return SKImage.FromBitmap(bitmap);
    }

    /// <summary>The same, no larger than it is shown: what is drawn into an SVG file is embedded as it is.</summary>
    /// <param name="pixels">[C, H, W].</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="width">The columns that it is shown in.</param>
    /// <param name="height">The rows.</param>
    public static SKImage AtMost(ReadOnlySpan<byte> pixels, FeatureShape shape, int width, int height)
    {
        using var bitmap = Bitmap(pixels, shape);
        if (bitmap.Width <= width && bitmap.Height <= height)
            return SKImage.FromBitmap(bitmap);
        using var smaller = bitmap.Resize(bitmap.Info.WithSize(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        return SKImage.FromBitmap(smaller);
    }

    private static SKBitmap Bitmap(ReadOnlySpan<byte> pixels, FeatureShape shape)
    {
        var plane = shape.Height * shape.Width;
        var (green, blue) = shape.Maps == 1 ? (0, 0) : (plane, 2 * plane);
        var colors = new SKColor[plane];
        for (var i = 0; i < plane; i++)
            colors[i] = new(pixels[i], pixels[green + i], pixels[blue + i]);
        var bitmap = new SKBitmap(new SKImageInfo(shape.Width, shape.Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        MemoryMarshal.AsBytes(colors.AsSpan()).CopyTo(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(bitmap.GetPixelSpan()), 4 * plane));
        return bitmap;
    }
}
