using SkiaSharp;

namespace ZfDecl.Imaging;

/// <summary>Compares the decoded pixels of two PNGs, never their bytes: another encoder may write the same picture otherwise.</summary>
public static class PictureComparison
{
    /// <summary>Compares a picture with the approved one.</summary>
    /// <param name="approved">A PNG.</param>
    /// <param name="received">A PNG.</param>
    /// <param name="tolerance">What is accepted; the default where null.</param>
    /// <returns>The finding; a file that is no picture is a finding too.</returns>
    public static PictureDifference Compare(byte[] approved, byte[] received, PictureTolerance? tolerance = null)
    {
        tolerance ??= new();
        if (approved.AsSpan().SequenceEqual(received))
            return new(true, "the files are the same", 0, 0, null);
        using var a = Decode(approved);
        using var b = Decode(received);
        if (a is null || b is null)
            return Incomparable($"the {(a is null ? "approved" : "received")} file is no picture that can be decoded");
        if (a.Width != b.Width || a.Height != b.Height)
            return Incomparable($"the size was {a.Width}×{a.Height} and became {b.Width}×{b.Height}");

        var (beyond, largest, first) = (0L, 0, -1);
        ReadOnlySpan<byte> before = a.GetPixelSpan(), after = b.GetPixelSpan();
        for (var pixel = 0; pixel < before.Length / 4; pixel++)
        {
            var difference = Largest(before, after, pixel * 4);
            largest = Math.Max(largest, difference);
            if (difference <= tolerance.Channel)
                continue;
            if (beyond++ == 0)
                first = pixel;
        }

        var share = (double)beyond / (before.Length / 4);
        (int X, int Y)? at = first < 0 ? null : (first % a.Width, first / a.Width);
        var where = at is { } position ? $", the first at column {position.X}, row {position.Y}: {a.GetPixel(position.X, position.Y)} became {b.GetPixel(position.X, position.Y)}" : "";
        var finding = FormattableString.Invariant(
            $"{beyond} of {before.Length / 4} pixels ({share * 100:0.###} %) differ by more than {tolerance.Channel}/255, {tolerance.Share * 100:0.###} % may; the largest difference is {largest}{where}");
        return new(share <= tolerance.Share, finding, share, largest, at);
    }

    /// <summary>Draws where two pictures differ: the received one, faded, with each differing pixel and its neighbours in red.</summary>
    /// <param name="approved">A PNG.</param>
    /// <param name="received">A PNG.</param>
    /// <param name="tolerance">What is accepted; the default where null.</param>
    /// <returns>A PNG as large as both together: what only one of them covers is red too; null where either is no picture.</returns>
    public static byte[]? Render(byte[] approved, byte[] received, PictureTolerance? tolerance = null)
    {
        var accepted = (tolerance ?? new()).Channel;
        using var a = Decode(approved);
        using var b = Decode(received);
        if (a is null || b is null)
            return null;
        var (width, height) = (Math.Max(a.Width, b.Width), Math.Max(a.Height, b.Height));
        using var picture = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(picture))
        {
            canvas.Clear(SKColors.White);
            canvas.DrawBitmap(b, 0, 0);
            canvas.DrawColor(SKColors.White.WithAlpha(200));
            using var red = new SKPaint { Color = new(0xE0, 0x1B, 0x24) };
            ReadOnlySpan<byte> before = a.GetPixelSpan(), after = b.GetPixelSpan();
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var inBoth = x < a.Width && y < a.Height && x < b.Width && y < b.Height;
                    var same = inBoth
                        ? Largest(before.Slice((y * a.Width + x) * 4, 4), after.Slice((y * b.Width + x) * 4, 4), 0) <= accepted
                        : x >= a.Width && y >= b.Height || x >= b.Width && y >= a.Height;      // covered by neither
                    if (!same)
                        canvas.DrawRect(x - 1, y - 1, 3, 3, red);
                }
            }
        }
        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static int Largest(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, int at)
    {
        var largest = 0;
        for (var channel = at; channel < at + 4; channel++)
            largest = Math.Max(largest, Math.Abs(before[channel] - after[channel]));
        return largest;
    }

    private static SKBitmap? Decode(byte[] png)
    {
        using var data = SKData.CreateCopy(png);
        using var codec = SKCodec.Create(data);
        if (codec is null)
            return null;
        var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
            return bitmap;
        bitmap.Dispose();       // a truncated file decodes in part
        return null;
    }

    private static PictureDifference Incomparable(string finding) => new(false, finding, 1, 255, null);
}
