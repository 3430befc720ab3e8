using SkiaSharp;
using ZfDecl.Networks;

namespace ZfDecl.Data.Decoding;

/// <summary>A picture file whose header has been read: how large it is, how it is to be turned, and at what size it is best decoded.</summary>
internal sealed class EncodedPicture : IDisposable
{
    private const long LargestPixels = 100_000_000;

    private readonly string path;

    private EncodedPicture(string path, SKCodec codec) => (this.path, Codec) = (path, codec);

    /// <summary>Decodes it; owned by this object.</summary>
    public SKCodec Codec { get; }

    /// <summary>How the camera was held. Skia follows EXIF in JPEG and WebP, and not in PNG.</summary>
    public SKEncodedOrigin Origin => field == 0 ? field = Codec.EncodedFormat == SKEncodedImageFormat.Png ? PngOrientation.Of(path) : Codec.EncodedOrigin : field;

    /// <summary>Whether it is a JPEG, which decodes at n eighths of its size, and row by row.</summary>
    public bool IsJpeg => Codec.EncodedFormat == SKEncodedImageFormat.Jpeg;

    /// <summary>Its size, held upright.</summary>
    public (int Width, int Height) UprightSize => Origin.Upright(Codec.Info.Size);

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="picture">The picture, which the caller disposes; null where something is wrong.</param>
    /// <returns>What is wrong with the file as far as its header tells; null where nothing is.</returns>
    public static ImageProblem? Open(string path, out EncodedPicture? picture)
    {
        picture = null;
        if (!File.Exists(path))
            return new("ZF1135", path.Contains('\\', StringComparison.Ordinal) && Path.DirectorySeparatorChar != '\\' ? "there is no such file; use / between folders, not \\" : "there is no such file");
        // A pipe or a device would be waited for, or read without end.
        if (new FileInfo(path).Length == 0)
            return new("ZF1130", "it has no length: it is empty or no file");
        var codec = SKCodec.Create(path, out var result);
        if (codec is null)
        {
            return new("ZF1130", new FileInfo(path).LinkTarget is { } target && !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, target))
                ? $"it is a link that leads nowhere: there is no '{target}'"
                : $"no image header can be read ({result}): it is damaged or no image");
        }
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > LargestPixels)
        {
            codec.Dispose();
            return new("ZF1131", $"it has {width}×{height} pixels, more than {LargestPixels / 1_000_000} megapixels: scale it down");
        }
        picture = new(path, codec);
        return null;
    }

    /// <summary>The size to decode at, in the file's order of sides: smaller than the picture where the codec can, but never smaller than what is target.</summary>
    public SKSizeI DecodedSize(FeatureShape target)
    {
        var full = Codec.Info.Size;
        var scale = ImageFit.Scale(UprightSize.Width, UprightSize.Height, target);
        // JPEG decodes at n eighths and takes the nearest to what is asked.
        var size = Codec.GetScaledDimensions((float)Math.Min(scale + 1 / 16.0, 1));
        return size.Width < scale * full.Width || size.Height < scale * full.Height ? full : size;
    }

    /// <summary>How the picture, decoded and turned upright, becomes what is target.</summary>
    public ImageFit Fit(SKSizeI decoded, FeatureShape target)
    {
        var full = Codec.Info.Size;
        var (across, down) = IsJpeg ? (Eighths(full, decoded), Eighths(full, decoded)) : ((double)decoded.Width / full.Width, (double)decoded.Height / full.Height);
        if (Origin.SwapsSides())
            (across, down) = (down, across);
        var (upright, size) = (UprightSize, Origin.Upright(decoded));
        return ImageFit.Of(new(upright.Width, size.Width, across, Origin.ReversesColumns()), new(upright.Height, size.Height, down, Origin.ReversesRows()), target);
    }

    /// <summary>Frees the codec.</summary>
    public void Dispose() => Codec.Dispose();

    /// <summary>The n eighths that a JPEG is decoded at: of those that give its size, the most, which Skia takes too. What is not whole is rounded up.</summary>
    private static double Eighths(SKSizeI full, SKSizeI decoded)
    {
        for (var n = 8; n > 1; n--)
        {
            if ((full.Width * n + 7) / 8 == decoded.Width && (full.Height * n + 7) / 8 == decoded.Height)
                return n / 8.0;
        }
        return 1 / 8.0;
    }
}
