using SkiaSharp;

namespace ZfDecl.Imaging;

/// <summary>
/// The filters of a layer that sees pixels, side by side on one scale: a weight of 0 is mid grey, the largest absolute weight of them all black or white.
/// </summary>
/// <param name="Width">Columns of the picture.</param>
/// <param name="Height">Rows of the picture.</param>
/// <param name="Png">The picture.</param>
internal sealed record FilterPicture(int Width, int Height, byte[] Png)
{
    private const int LeastSide = 40, Gap = 4;

    /// <summary>Draws filters, enlarged by a whole factor.</summary>
    /// <param name="weights">[maps, channels, height, width].</param>
    /// <param name="maps">At least 1.</param>
    /// <param name="channels">1 (grey) or 3 (colour).</param>
    /// <param name="height">Of a filter.</param>
    /// <param name="width">Of a filter.</param>
    public static FilterPicture Of(float[] weights, int maps, int channels, int height, int width)
    {
        var scale = ProjectionScale.Of([weights], quantile: 1);
        var zoom = (LeastSide + width - 1) / width;
        var columns = (int)Math.Ceiling(Math.Sqrt(maps));
        var rows = (maps + columns - 1) / columns;
        using var bitmap = new SKBitmap(new SKImageInfo(columns * (width * zoom + Gap) + Gap, rows * (height * zoom + Gap) + Gap, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            using var paint = new SKPaint();
            canvas.Clear(SheetColors.Paper);
            for (var map = 0; map < maps; map++)
            {
                var (left, top) = (Gap + map % columns * (width * zoom + Gap), Gap + map / columns * (height * zoom + Gap));
                for (var y = 0; y < height; y++)
                {
                    for (var x = 0; x < width; x++)
                    {
                        paint.Color = new(Shade(map, 0, y, x), Shade(map, channels / 2, y, x), Shade(map, channels - 1, y, x));
                        canvas.DrawRect(left + x * zoom, top + y * zoom, zoom, zoom, paint);
                    }
                }
            }
        }
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return new(bitmap.Width, bitmap.Height, png.ToArray());

        byte Shade(int map, int channel, int y, int x) => scale.Shade(weights[((map * channels + channel) * height + y) * width + x]);
    }
}
