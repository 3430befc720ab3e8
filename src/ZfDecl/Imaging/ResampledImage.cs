using SkiaSharp;
using ZfDecl.Networks;

namespace ZfDecl.Imaging;

/// <summary>
/// An image moved by an affine map. Between pixels it interpolates by cubic convolution (Keys 1981, a = −½, "Catmull-Rom"), which leaves an image that does not move as it
/// is; where the image has nothing to show, its nearest border pixel goes on.
/// </summary>
internal static class ResampledImage
{
    private static readonly SKSamplingOptions CubicConvolution = new(SKCubicResampler.CatmullRom);

    /// <summary>Makes the moved image.</summary>
    /// <param name="pixels">[C, H, W] of <paramref name="shape"/>, 0 … 255.</param>
    /// <param name="shape">The shape of the image.</param>
    /// <param name="matrix">Where its points go, columns before rows.</param>
    /// <param name="output">Filled with [C, h, w] of <paramref name="target"/>.</param>
    /// <param name="target">The shape of the result, of as many channels; that of the image where omitted.</param>
    /// <exception cref="ArgumentException">A buffer is not of its size.</exception>
    public static unsafe void Write(ReadOnlySpan<byte> pixels, FeatureShape shape, SKMatrix matrix, Span<byte> output, FeatureShape? target = null)
    {
        var to = target ?? shape;
        if (pixels.Length != shape.Count || output.Length != to.Count || to.Maps != shape.Maps)
            throw new ArgumentException($"images of {shape} and {to} take {shape.Count} and {to.Count} bytes, not {pixels.Length} and {output.Length}", nameof(output));
        var (info, targetInfo) = (Plane(shape), Plane(to));
        for (var channel = 0; channel < shape.Maps; channel++)
        {
            fixed (byte* from = pixels.Slice(channel * info.BytesSize, info.BytesSize), into = output.Slice(channel * targetInfo.BytesSize, targetInfo.BytesSize))
            {
                using var picture = new SKPixmap(info, (nint)from);
                using var image = SKImage.FromPixels(picture);
                using var surface = SKSurface.Create(targetInfo, (nint)into, to.Width);
                using var shader = image.ToShader(SKShaderTileMode.Clamp, SKShaderTileMode.Clamp, CubicConvolution, matrix);
                using var paint = new SKPaint { Shader = shader, BlendMode = SKBlendMode.Src };
                surface.Canvas.DrawPaint(paint);
            }
        }
    }

    private static SKImageInfo Plane(FeatureShape shape) => new(shape.Width, shape.Height, SKColorType.Gray8, SKAlphaType.Opaque);
}
