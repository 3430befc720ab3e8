using SkiaSharp;
using ZfDecl.Networks;

namespace ZfDecl.Data;

/// <summary>
/// Fits a picture of any size to a stored shape: scaled, antialiased, so that it just covers it, then the middle of it, over white. Colour becomes
/// grey by its luma (Rec. 601), grey becomes three equal channels.
/// </summary>
internal static class ImageFit
{
    private static readonly SKSamplingOptions Antialiased = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>By how much a picture is scaled, so that it just covers a stored image.</summary>
    public static double Scale(int width, int height, FeatureShape stored) => Math.Max((double)stored.Width / width, (double)stored.Height / height);

    /// <summary>Where the pixels of an upright picture come to lie in the stored image: it is scaled so that it just covers that, its middle on the middle.</summary>
    public static SKMatrix Place(int width, int height, FeatureShape stored)
    {
        var scale = Scale(width, height, stored);
        var scaledWidth = Math.Max(stored.Width, (int)Math.Round(width * scale));
        var scaledHeight = Math.Max(stored.Height, (int)Math.Round(height * scale));
        return SKMatrix.CreateScaleTranslation(
            (float)scaledWidth / width, (float)scaledHeight / height, -((scaledWidth - stored.Width) / 2), -((scaledHeight - stored.Height) / 2));
    }

    /// <summary>Fits decoded pixels.</summary>
    /// <param name="picture">The pixels as they lie in the file.</param>
    /// <param name="origin">How the camera was held.</param>
    /// <param name="stored">The shape that is wanted, of 1 or 3 channels.</param>
    /// <param name="output">Filled with [C, H, W] of <paramref name="stored"/>.</param>
    public static void Fit(SKPixmap picture, SKEncodedOrigin origin, FeatureShape stored, Span<byte> output)
    {
        var (width, height) = origin.SwapsSides() ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        var place = Place(width, height, stored);
        using var fitted = new SKBitmap(new SKImageInfo(stored.Width, stored.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(fitted);
        using var image = SKImage.FromPixels(picture);
        canvas.Clear(SKColors.White);
        canvas.SetMatrix(place.PreConcat(origin.ToMatrix(picture.Width, picture.Height)));
        canvas.DrawImage(image, 0, 0, Antialiased);
        ToPlanes(fitted.GetPixelSpan(), fitted.RowBytes, stored, output);
    }

    /// <summary>Fits an image given as [C, H, W] of <paramref name="source"/>.</summary>
    public static unsafe void Fit(ReadOnlySpan<byte> planes, FeatureShape source, FeatureShape stored, Span<byte> output)
    {
        var plane = source.Height * source.Width;
        var green = source.Maps == 1 ? 0 : plane;
        var pixels = new byte[4 * plane];
        for (var i = 0; i < plane; i++)
            (pixels[4 * i], pixels[4 * i + 1], pixels[4 * i + 2], pixels[4 * i + 3]) = (planes[i], planes[green + i], planes[2 * green + i], 255);
        fixed (byte* memory = pixels)
        {
            using var picture = new SKPixmap(new(source.Width, source.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), (nint)memory);
            Fit(picture, SKEncodedOrigin.TopLeft, stored, output);
        }
    }

    private static void ToPlanes(ReadOnlySpan<byte> rgba, int rowBytes, FeatureShape stored, Span<byte> output)
    {
        var plane = stored.Height * stored.Width;
        for (var y = 0; y < stored.Height; y++)
        {
            var row = rgba.Slice(y * rowBytes, 4 * stored.Width);
            for (var x = 0; x < stored.Width; x++)
            {
                var (to, red, green, blue) = (y * stored.Width + x, row[4 * x], row[4 * x + 1], row[4 * x + 2]);
                if (stored.Maps == 1)
                    output[to] = (byte)((299 * red + 587 * green + 114 * blue + 500) / 1000);
                else
                    (output[to], output[plane + to], output[2 * plane + to]) = (red, green, blue);
            }
        }
    }
}
