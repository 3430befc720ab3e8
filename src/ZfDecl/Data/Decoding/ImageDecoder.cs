using System.Buffers;
using System.Runtime.InteropServices;
using SkiaSharp;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Data.Decoding;

/// <summary>Decodes image files to one target shape. Safe for any number of threads.</summary>
/// <param name="target">The shape that each image is fitted to.</param>
/// <param name="log">Is told once of each file of which only a part can be decoded.</param>
internal sealed class ImageDecoder(FeatureShape target, IRunLog log)
{
    /// <summary>Larger buffers than these are not kept: a few large pictures shall not hold on to memory.</summary>
    private const int LargestKeptBuffer = 1 << 24;

    private readonly ArrayPool<byte> buffers = ArrayPool<byte>.Create(LargestKeptBuffer, 2 * Environment.ProcessorCount);
    private readonly HashSet<string> reported = [];

    /// <summary>The shape that each image is fitted to.</summary>
    public FeatureShape Target => target;

    /// <summary>What is wrong with a file as far as its header tells; null where nothing is.</summary>
    public static ImageProblem? Check(string path)
    {
        var problem = EncodedPicture.Open(path, out var picture);
        picture?.Dispose();
        return problem;
    }

    /// <summary>The size of a file's picture, held upright.</summary>
    /// <param name="path">A file that <see cref="Check"/> found nothing wrong with.</param>
    public static (int Width, int Height) UprightSize(string path)
    {
        using var picture = OpenAgain(path);
        return picture.UprightSize;
    }

    /// <summary>Decodes one file. Of a truncated one the part that is there, and a warning.</summary>
    /// <param name="path">A file that <see cref="Check"/> found nothing wrong with.</param>
    /// <param name="output">Filled with [C, H, W] of the target shape.</param>
    /// <exception cref="ZfDeclException">The file has changed or vanished since (ZF1133).</exception>
    public void Decode(string path, Span<byte> output)
    {
        using var picture = OpenAgain(path);
        var decoded = picture.DecodedSize(target);
        var fit = picture.Fit(decoded, target);
        if (!picture.IsJpeg || picture.Origin != SKEncodedOrigin.TopLeft || !TryDecodePart(path, picture.Codec, decoded, fit, output))
            DecodeWhole(path, picture, decoded, fit, output);
    }

    private static EncodedPicture OpenAgain(string path)
    {
        var problem = EncodedPicture.Open(path, out var picture);
        return picture ?? throw new ZfDeclException("ZF1133", $"could be read when the data was opened, but no longer: {problem?.Finding}; "
            + "leave the data as it is during a run", path);
    }

    /// <summary>Decodes just the rows that are target, as JPEG can.</summary>
    /// <returns>Whether this codec can.</returns>
    /// <remarks>
    /// Whole rows: of columns left out Skia would keep a pointer to the rectangle that SkiaSharp has handed over, which is gone when a truncated file makes it blank the rest.
    /// </remarks>
    private unsafe bool TryDecodePart(string path, SKCodec codec, SKSizeI decoded, ImageFit fit, Span<byte> output)
    {
        var info = new SKImageInfo(decoded.Width, decoded.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        if (codec.StartScanlineDecode(info) != SKCodecResult.Success || (fit.Rows.First > 0 && !codec.SkipScanlines(fit.Rows.First)))
            return false;

        var pixels = buffers.Rent(info.RowBytes * fit.Rows.Needed);
        fixed (byte* memory = pixels)
        {
            if (codec.GetScanlines((nint)memory, fit.Rows.Needed, info.RowBytes) < fit.Rows.Needed)
            {
                Report(path, SKCodecResult.IncompleteInput);
                OverWhite(pixels.AsSpan(0, info.RowBytes * fit.Rows.Needed));
            }
        }
        Resampler.Resample(pixels.AsSpan(4 * fit.Columns.First), info.RowBytes, fit.Columns, fit.Rows, target, output);
        buffers.Return(pixels);
        return true;
    }

    private unsafe void DecodeWhole(string path, EncodedPicture encoded, SKSizeI decoded, ImageFit fit, Span<byte> output)
    {
        var (codec, origin) = (encoded.Codec, encoded.Origin);
        // No colour space: pixel values as they are in the file.
        var alpha = codec.Info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        var info = new SKImageInfo(decoded.Width, decoded.Height, SKColorType.Rgba8888, alpha);
        var pixels = buffers.Rent(info.BytesSize);
        var result = SKCodecResult.Success;
        fixed (byte* memory = pixels)
            result = codec.GetPixels(info, (nint)memory);
        var picture = pixels.AsSpan(0, info.BytesSize);
        if (result != SKCodecResult.Success)
            Report(path, result);
        if (result != SKCodecResult.Success || alpha != SKAlphaType.Opaque)
            OverWhite(picture);

        if (origin == SKEncodedOrigin.TopLeft)
        {
            fit.Write(MemoryMarshal.Cast<byte, uint>(picture), decoded.Width, target, output);
        }
        else
        {
            var upright = buffers.Rent(info.BytesSize);
            var turned = MemoryMarshal.Cast<byte, uint>(upright.AsSpan(0, info.BytesSize));
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

    private void Report(string path, SKCodecResult result)
    {
        lock (reported)
        {
            if (reported.Add(path))
                log.Warn("ZF1134", $"only a part of the image can be decoded ({result}), the rest is blank: "
                    + "it is truncated or damaged; replace or delete it", path);
        }
    }
}
