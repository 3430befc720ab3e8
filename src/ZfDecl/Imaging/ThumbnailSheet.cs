using SkiaSharp;
using ZfDecl.Networks;

namespace ZfDecl.Imaging;

/// <summary>Small pictures of whole images, packed row by row into one sheet.</summary>
internal sealed class ThumbnailSheet : IDisposable
{
    private const int MostLossless = 500_000, Block = 16, Quality = 80, LosslessEffort = 20;        // colours are coded in blocks of 16×16: neighbours must not share one

    private readonly FeatureShape shape;
    private readonly int columns, pitchY, pitchX;
    private readonly bool isLossless;
    private readonly SKBitmap bitmap;

    /// <param name="shape">Of each image, 1 or 3 channels.</param>
    /// <param name="count">How many images there will be; at least 1.</param>
    /// <param name="longest">The longer side of a picture at most, in pixels; a smaller image keeps its size.</param>
    public ThumbnailSheet(FeatureShape shape, int count, int longest)
    {
        this.shape = shape;
        var scale = Math.Min(1.0, (double)longest / Math.Max(shape.Height, shape.Width));
        (Height, Width) = (Math.Max(1, (int)(shape.Height * scale)), Math.Max(1, (int)(shape.Width * scale)));
        isLossless = (long)count * Height * Width <= MostLossless;
        (pitchY, pitchX) = isLossless ? (Height, Width) : (Whole(Height), Whole(Width));
        columns = (int)Math.Ceiling(Math.Sqrt(count));
        bitmap = new(new SKImageInfo(columns * pitchX, (count + columns - 1) / columns * pitchY, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SheetColors.Zero);
    }

    /// <summary>Rows of a picture.</summary>
    public int Height { get; }

    /// <summary>Columns of a picture.</summary>
    public int Width { get; }

    /// <summary>Whether images of so many channels can be shown.</summary>
    public static bool CanShow(FeatureShape shape) => shape.Maps is 1 or 3;

    /// <summary>Where a picture lies in the sheet.</summary>
    public (int X, int Y) PlaceOf(int number) => (number % columns * pitchX, number / columns * pitchY);

    /// <summary>Paints a picture; several at once may be painted by as many threads.</summary>
    /// <param name="number">Which, from 0.</param>
    /// <param name="image">[C, H, W], 0 … 255.</param>
    public void Paint(int number, ReadOnlySpan<byte> image)
    {
        var (left, top) = PlaceOf(number);
        var plane = shape.Height * shape.Width;
        var target = bitmap.GetPixelSpan();
        var values = new float[plane];
        for (var channel = 0; channel < 3; channel++)
        {
            if (channel < shape.Maps)
            {
                for (var i = 0; i < plane; i++)
                    values[i] = image[channel * plane + i];
            }
            var reduced = AreaAverage.Reduce(values, shape.Height, shape.Width, Height, Width);      // a grey image has one plane for all three
            for (var i = 0; i < reduced.Length; i++)
                target[((top + i / Width) * bitmap.Width + left + i % Width) * 4 + channel] = (byte)Math.Clamp(MathF.Round(reduced[i]), 0, 255);
        }
    }

    /// <summary>The sheet as WebP: exact where it is small, else at a quality for photographs.</summary>
    public byte[] Encode()
    {
        using var pixels = bitmap.PeekPixels();
        using var data = pixels!.Encode(isLossless ? new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, LosslessEffort) : new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, Quality));
        return data!.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => bitmap.Dispose();

    private static int Whole(int side) => (side + Block - 1) / Block * Block;
}
