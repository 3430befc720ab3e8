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

        using var picture = new SKBitmap(DecodedInfo(codec));
        picture.Erase(SKColors.White);
        var result = codec.GetPixels(picture.Info, picture.GetPixels());
        if (result != SKCodecResult.Success)
            Report(path, result);
        using var pixels = picture.PeekPixels();
        ImageFit.Fit(pixels, codec.EncodedOrigin, stored, output);
    }

    /// <summary>The size to decode at: smaller than the picture where the codec can, but never smaller than what is stored.</summary>
    private SKImageInfo DecodedInfo(SKCodec codec)
    {
        // No colour space: pixel values as they are in the file.
        var alpha = codec.Info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        var full = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, alpha);
        var (width, height) = codec.EncodedOrigin.SwapsSides() ? (full.Height, full.Width) : (full.Width, full.Height);
        var scale = ImageFit.Scale(width, height, stored);
        // JPEG decodes at n eighths and takes the nearest to what is asked.
        var size = codec.GetScaledDimensions((float)Math.Min(scale + 1 / 16.0, 1));
        return size.Width < scale * full.Width || size.Height < scale * full.Height ? full : full.WithSize(size.Width, size.Height);
    }

    private static ImageProblem? Open(string path, out SKCodec? codec)
    {
        codec = SKCodec.Create(path, out var result);
        if (codec is null)
            return new("ZF1130", $"no image header can be read ({result}): it is damaged or no image");
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
