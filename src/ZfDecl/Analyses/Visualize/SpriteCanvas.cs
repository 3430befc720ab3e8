using SkiaSharp;
using ZfDecl.Imaging;

namespace ZfDecl.Analyses.Visualize;

/// <summary>One sheet of sprites while it is painted. What lies outside of an image is mid grey, the shade of 0.</summary>
/// <param name="layout">Where tiles lie.</param>
/// <param name="channels">1 for grey, 3 for colour.</param>
/// <param name="maps">Rows of tiles.</param>
/// <param name="top">Columns of tiles.</param>
internal sealed class SpriteCanvas(SpriteLayout layout, int channels, int maps, int top) : IDisposable
{
    private const double MostBytesAPixel = 0.25;

    private readonly SKBitmap bitmap = Blank(top * layout.PitchX, maps * layout.PitchY);

    /// <param name="map">The row of the tile.</param>
    /// <param name="rank">The column of the tile.</param>
    /// <param name="inside">[height, width]: whether the pixel lies inside of the image; the others stay as they are.</param>
    /// <param name="shade">The shade of entry i of [C, height, width].</param>
    public void Paint(int map, int rank, bool[] inside, Func<int, byte> shade)
    {
        var pixels = bitmap.GetPixelSpan();
        var plane = layout.TileHeight * layout.TileWidth;
        var (green, blue) = channels == 1 ? (0, 0) : (plane, 2 * plane);
        for (var i = 0; i < plane; i++)
        {
            if (!inside[i])
                continue;
            var (y, x) = (map * layout.PitchY + i / layout.TileWidth, rank * layout.PitchX + i % layout.TileWidth);
            var pixel = pixels.Slice((y * bitmap.Width + x) * 4, 3);
            (pixel[0], pixel[1], pixel[2]) = (shade(i), shade(green + i), shade(blue + i));
        }
    }

    /// <summary>The sheet as a PNG, or as a JPEG whose quality falls until it is small enough: noise would take three times the bytes of a photograph.</summary>
    public byte[] Encode()
    {
        if (layout.Lossless)
            return Encode(SKEncodedImageFormat.Png, 100);
        var most = MostBytesAPixel * bitmap.Width * bitmap.Height;
        var jpeg = Encode(SKEncodedImageFormat.Jpeg, 85);
        for (var quality = 70; quality >= 30 && jpeg.Length > most; quality -= 20)
            jpeg = Encode(SKEncodedImageFormat.Jpeg, quality);
        return jpeg;
    }

    /// <inheritdoc/>
    public void Dispose() => bitmap.Dispose();

    private byte[] Encode(SKEncodedImageFormat format, int quality)
    {
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    private static SKBitmap Blank(int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SheetColors.Zero);
        return bitmap;
    }
}
