using System.Buffers;
using System.Runtime.InteropServices;
using SkiaSharp;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Data.Decoding;

/// <summary>Decodes image files to one target shape. Safe for any number of threads.</summary>
/// <param name="target">The shape that each image is fitted to.</param>
/// <param name="resizing">How it is resized for that.</param>
/// <param name="log">Is told once of each file of which only a part can be decoded.</param>
internal sealed class ImageDecoder(FeatureShape target, Resizing resizing, IRunLog log)
{
    /// <summary>Larger buffers than these are not kept: a few large pictures shall not hold on to memory.</summary>
    private const int LargestKeptBuffer = 1 << 24;

    private readonly ArrayPool<byte> buffers = ArrayPool<byte>.Create(LargestKeptBuffer, 2 * Environment.ProcessorCount);
    private readonly HashSet<string> reported = [];

    /// <summary>The shape that each image is fitted to.</summary>
    public FeatureShape Target => target;

    /// <summary>What is wrong with a file as far as its header tells; null where nothing is.</summary>
    public static ImageProblem? Check(ImageFile file)
    {
        var problem = EncodedPicture.Open(file, out var picture);
        picture?.Dispose();
        return problem;
    }

    /// <summary>The size of a file's picture, held upright.</summary>
    /// <param name="file">A file that <see cref="Check"/> found nothing wrong with.</param>
    public static (int Width, int Height) UprightSize(ImageFile file)
    {
        using var picture = OpenAgain(file);
        return picture.UprightSize;
    }

    /// <summary>Decodes one file. Of a truncated one the part that is there, and a warning.</summary>
    /// <param name="file">A file that <see cref="Check"/> found nothing wrong with.</param>
    /// <param name="output">Filled with [C, H, W] of the target shape.</param>
    /// <exception cref="ZfDeclException">The file has changed or vanished since (ZF1133).</exception>
    public void Decode(ImageFile file, Span<byte> output)
    {
        using var picture = OpenAgain(file);
        var decoded = picture.DecodedSize(target, resizing.Fit);
        var fit = picture.Fit(decoded, target, resizing);
        if (!TryDecodePart(file, picture, decoded, fit, output))
            DecodeWhole(file, picture, decoded, fit, output);
    }

    private static EncodedPicture OpenAgain(ImageFile file)
    {
        var problem = EncodedPicture.Open(file, out var picture);
        return picture ?? throw new ZfDeclException("ZF1133", $"could be read when the data was opened, but no longer: {problem?.Finding}; "
            + "leave the data as it is during a run", file.Place);
    }

    /// <summary>Decodes just the rows that are kept, as JPEG can.</summary>
    /// <returns>Whether this codec can.</returns>
    private bool TryDecodePart(ImageFile file, EncodedPicture picture, SKSizeI decoded, ImageFit fit, Span<byte> output)
    {
        var stride = 4 * decoded.Width;
        var pixels = buffers.Rent(stride * fit.Rows.Needed);
        var rows = pixels.AsSpan(0, stride * fit.Rows.Needed);
        var done = picture.TryDecodeRows(decoded, fit.Rows.First, rows, out var finding);
        if (finding is not null)
        {
            Report(file, finding);
            OverWhite(rows);
        }
        if (done)
            fit.Write(pixels.AsSpan(4 * fit.Columns.First), stride, target, output);
        buffers.Return(pixels);
        return done;
    }

    private void DecodeWhole(ImageFile file, EncodedPicture encoded, SKSizeI decoded, ImageFit fit, Span<byte> output)
    {
        var length = 4 * decoded.Width * decoded.Height;
        var pixels = buffers.Rent(length);
        var picture = pixels.AsSpan(0, length);
        var finding = encoded.Decode(decoded, picture);
        if (finding is not null)
            Report(file, finding);
        if (finding is not null || !encoded.IsOpaque)
            OverWhite(picture);

        var origin = encoded.Origin;
        if (origin == SKEncodedOrigin.TopLeft)
        {
            fit.Write(MemoryMarshal.Cast<byte, uint>(picture), decoded.Width, target, output);
        }
        else
        {
            var upright = buffers.Rent(length);
            var turned = MemoryMarshal.Cast<byte, uint>(upright.AsSpan(0, length));
            origin.Turn(MemoryMarshal.Cast<byte, uint>(picture), decoded.Width, decoded.Height, turned);
            fit.Write(turned, origin.Upright(decoded).Width, target, output);
            buffers.Return(upright);
        }
        buffers.Return(pixels);
    }

    /// <summary>Composes colours that are multiplied by their opacity over white. What was not decoded is transparent, and becomes white.</summary>
    private static void OverWhite(Span<byte> rgba)
    {
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var white = 255 - rgba[i + 3];
            (rgba[i], rgba[i + 1], rgba[i + 2]) = ((byte)(rgba[i] + white), (byte)(rgba[i + 1] + white), (byte)(rgba[i + 2] + white));
        }
    }

    private void Report(ImageFile file, string finding)
    {
        lock (reported)
        {
            if (reported.Add(file.Place))
                log.Warn("ZF1134", $"{(finding == nameof(SKCodecResult.InvalidInput) ? "nothing" : "only a part")} of the image can be decoded ({finding}), the rest is blank: "
                    + "it is truncated or damaged; replace or delete it", file.Place);
        }
    }
}
