using SkiaSharp;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Data.Decoding;

/// <summary>A picture that Skia decodes.</summary>
internal sealed class SkiaPicture : EncodedPicture
{
    private readonly ImageFile file;
    private readonly SKCodec codec;

    private SkiaPicture(ImageFile file, SKCodec codec) => (this.file, this.codec) = (file, codec);

    /// <inheritdoc/>
    public override SKSizeI Size => codec.Info.Size;

    // Skia follows EXIF in JPEG and WebP, and not in PNG.
    /// <inheritdoc/>
    public override SKEncodedOrigin Origin => field == 0 ? field = codec.EncodedFormat == SKEncodedImageFormat.Png ? PngOrientation.Of(file) : codec.EncodedOrigin : field;

    /// <inheritdoc/>
    public override bool IsOpaque => codec.Info.IsOpaque;

    // A JPEG decodes at n eighths of its size, and row by row.
    private bool IsJpeg => codec.EncodedFormat == SKEncodedImageFormat.Jpeg;

    /// <inheritdoc cref="EncodedPicture.Open"/>
    public static ImageProblem? OpenSkia(ImageFile file, out EncodedPicture? picture)
    {
        picture = null;
        var (codec, result) = Codec(file);
        if (codec is null)
            return new("ZF1130", Dangling(file) ?? $"no image header can be read ({result}): it is damaged or no image");
        picture = new SkiaPicture(file, codec);
        return null;
    }

    /// <inheritdoc/>
    public override SKSizeI DecodedSize(FeatureShape target, Fitting fitting)
    {
        var (across, down) = ImageFit.Scale(UprightSize.Width, UprightSize.Height, target, fitting);
        var scale = Math.Max(across, down);
        // JPEG decodes at n eighths and takes the nearest to what is asked.
        var size = codec.GetScaledDimensions((float)Math.Min(scale + 1 / 16.0, 1));
        return size.Width < scale * Size.Width || size.Height < scale * Size.Height ? Size : size;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Whole rows: of columns left out Skia would keep a pointer to the rectangle that SkiaSharp has handed over, which is gone when a truncated file makes it blank the rest.
    /// </remarks>
    public override unsafe bool TryDecodeRows(SKSizeI size, int first, Span<byte> rgba, out string? finding)
    {
        finding = null;
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        if (!IsJpeg || Origin != SKEncodedOrigin.TopLeft || codec.StartScanlineDecode(info) != SKCodecResult.Success || (first > 0 && !codec.SkipScanlines(first)))
            return false;
        var rows = rgba.Length / info.RowBytes;
        rgba.Clear();                   // what it leaves out, it leaves as it was
        fixed (byte* memory = rgba)
        {
            if (codec.GetScanlines((nint)memory, rows, info.RowBytes) < rows)
                finding = $"{SKCodecResult.IncompleteInput}";
        }
        return true;
    }

    /// <inheritdoc/>
    public override unsafe string? Decode(SKSizeI size, Span<byte> rgba)
    {
        rgba.Clear();                   // of a progressive JPEG that is cut off it writes nothing
        // No colour space: pixel values as they are in the file.
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul);
        fixed (byte* memory = rgba)
            return codec.GetPixels(info, (nint)memory) is var result && result == SKCodecResult.Success ? null : $"{result}";
    }

    /// <inheritdoc/>
    public override void Dispose() => codec.Dispose();

    /// <inheritdoc/>
    protected override (double Across, double Down) Shrunk(SKSizeI decoded) => IsJpeg ? (Eighths(Size, decoded), Eighths(Size, decoded)) : base.Shrunk(decoded);

    private static (SKCodec? Codec, SKCodecResult Result) Codec(ImageFile file)
    {
        SKCodecResult result;
        if (file.Offset is null && file.Content is null)
            return (SKCodec.Create(file.Path, out result), result);
        using var content = file.OpenRead();
        using var data = SKData.Create(content);
        var codec = SKCodec.Create(data);
        return (codec, codec is null ? SKCodecResult.InvalidInput : SKCodecResult.Success);
    }

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
