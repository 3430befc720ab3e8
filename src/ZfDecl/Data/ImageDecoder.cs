using System.Buffers;
using System.Runtime.InteropServices;
using SkiaSharp;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Data;

/// <summary>Decodes image files to one stored shape. Safe for any number of threads.</summary>
/// <param name="stored">The shape that each image is fitted to.</param>
/// <param name="log">Is told once of each file of which only a part can be decoded.</param>
internal sealed class ImageDecoder(FeatureShape stored, IRunLog log)
{
    private const long LargestPixels = 100_000_000;

    /// <summary>Larger buffers than these are not kept: a few large pictures shall not hold on to memory.</summary>
    private const int LargestKeptBuffer = 1 << 24;

    private readonly ArrayPool<byte> buffers = ArrayPool<byte>.Create(LargestKeptBuffer, 2 * Environment.ProcessorCount);
    private readonly HashSet<string> reported = [];

    /// <summary>The shape that each image is fitted to.</summary>
    public FeatureShape Stored => stored;

    /// <summary>What is wrong with a file as far as its header tells; null where nothing is.</summary>
    public static ImageProblem? Check(string path)
    {
        var problem = Open(path, out var codec);
        codec?.Dispose();
        return problem;
    }

    /// <summary>The size of a file's picture, held upright.</summary>
    /// <param name="path">A file that <see cref="Check"/> found nothing wrong with.</param>
    public static (int Width, int Height) UprightSize(string path)
    {
        using var codec = SKCodec.Create(path);
        return codec.EncodedOrigin.SwapsSides() ? (codec.Info.Height, codec.Info.Width) : (codec.Info.Width, codec.Info.Height);
    }

    /// <summary>Decodes one file. Of a truncated one the part that is there, and a warning.</summary>
    /// <param name="path">A file that <see cref="Check"/> found nothing wrong with.</param>
    /// <param name="output">Filled with [C, H, W] of the stored shape.</param>
    /// <exception cref="ZfDeclException">The file has changed or vanished since (ZF1133).</exception>
    public void Decode(string path, Span<byte> output)
    {
        var problem = Open(path, out var opened);
        using var codec = opened;
        if (codec is null || problem is not null)
            throw new ZfDeclException("ZF1133", $"could be read when the data was opened, but no longer: {problem?.Finding}; "
                + "leave the data as it is during a run", path);

        var decoded = DecodedSize(codec);
        if (codec.EncodedFormat != SKEncodedImageFormat.Jpeg || codec.EncodedOrigin != SKEncodedOrigin.TopLeft || !TryDecodePart(path, codec, decoded, output))
            DecodeWhole(path, codec, decoded, output);
    }

    /// <summary>Decodes just the rows that are stored, as JPEG can.</summary>
    /// <returns>Whether this codec can.</returns>
    /// <remarks>
    /// Whole rows: of columns left out Skia would keep a pointer to the rectangle that SkiaSharp has handed over, which is gone when a truncated file makes it blank the rest.
    /// </remarks>
    private unsafe bool TryDecodePart(string path, SKCodec codec, SKSizeI decoded, Span<byte> output)
    {
        var fit = Fit(codec, decoded);
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
        Resampler.Resample(pixels.AsSpan(4 * fit.Columns.First), info.RowBytes, fit.Columns, fit.Rows, stored, output);
        buffers.Return(pixels);
        return true;
    }

    private unsafe void DecodeWhole(string path, SKCodec codec, SKSizeI decoded, Span<byte> output)
    {
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

        var origin = codec.EncodedOrigin;
        if (origin == SKEncodedOrigin.TopLeft)
        {
            Fit(codec, decoded).Write(MemoryMarshal.Cast<byte, uint>(picture), decoded.Width, stored, output);
        }
        else
        {
            var upright = buffers.Rent(info.BytesSize);
            var turned = MemoryMarshal.Cast<byte, uint>(upright.AsSpan(0, info.BytesSize));
            origin.Turn(MemoryMarshal.Cast<byte, uint>(picture), decoded.Width, decoded.Height, turned);
            Fit(codec, decoded).Write(turned, origin.SwapsSides() ? decoded.Height : decoded.Width, stored, output);
            buffers.Return(upright);
        }
        buffers.Return(pixels);
    }

    /// <summary>The size to decode at: smaller than the picture where the codec can, but never smaller than what is stored.</summary>
    private SKSizeI DecodedSize(SKCodec codec)
    {
        var full = codec.Info.Size;
        var scale = ImageFit.Scale(Seen(codec, full).Width, Seen(codec, full).Height, stored);
        // JPEG decodes at n eighths and takes the nearest to what is asked.
        var size = codec.GetScaledDimensions((float)Math.Min(scale + 1 / 16.0, 1));
        return size.Width < scale * full.Width || size.Height < scale * full.Height ? full : size;
    }

    private ImageFit Fit(SKCodec codec, SKSizeI decoded)
    {
        var full = codec.Info.Size;
        var (across, down) = (Shrunk(full.Width, decoded.Width), Shrunk(full.Height, decoded.Height));
        return ImageFit.Of(Seen(codec, full), Seen(codec, decoded), codec.EncodedOrigin.SwapsSides() ? (down, across) : (across, down), stored);

        // Of n eighths of a length, JPEG rounds up what it decodes.
        double Shrunk(int length, int shorter) => shorter == length || codec.EncodedFormat != SKEncodedImageFormat.Jpeg || length < 8
            ? (double)shorter / length
            : Math.Floor(8.0 * shorter / length) / 8;
    }

    private static (int Width, int Height) Seen(SKCodec codec, SKSizeI size) =>
        codec.EncodedOrigin.SwapsSides() ? (size.Height, size.Width) : (size.Width, size.Height);

    /// <summary>Composes colours that are multiplied by their opacity over white. What was not decoded is transparent, and becomes white.</summary>
    private static void OverWhite(Span<byte> rgba)
    {
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var white = 255 - rgba[i + 3];
            (rgba[i], rgba[i + 1], rgba[i + 2]) = ((byte)(rgba[i] + white), (byte)(rgba[i + 1] + white), (byte)(rgba[i + 2] + white));
        }
    }

    private static ImageProblem? Open(string path, out SKCodec? codec)
    {
        codec = null;
        if (!File.Exists(path))
            return new("ZF1135", "there is no such file");
        // A pipe or a device would be waited for, or read without end.
        if (new FileInfo(path).Length == 0)
            return new("ZF1130", "it has no length: it is empty or no file");
        codec = SKCodec.Create(path, out var result);
        if (codec is null)
        {
            return new("ZF1130", new FileInfo(path).LinkTarget is { } target && !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, target))
                ? $"it is a link that leads nowhere: there is no '{target}'"
                : $"no image header can be read ({result}): it is damaged or no image");
        }
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        return (long)width * height > LargestPixels
            ? new("ZF1131", $"it has {width}×{height} pixels, more than {LargestPixels / 1_000_000} megapixels: scale it down")
            : null;
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
