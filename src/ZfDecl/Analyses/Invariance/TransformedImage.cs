using SkiaSharp;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Invariance;

/// <summary>
/// Transforms a decoded image, before it is cropped and preprocessed. Between pixels it interpolates by cubic convolution (Keys 1981, a = −½, "Catmull-Rom"), which
/// leaves an image that does not move as it is; where the image has nothing to show, its nearest border pixel goes on.
/// </summary>
public static class TransformedImage
{
    private static readonly SKSamplingOptions CubicConvolution = new(SKCubicResampler.CatmullRom);

    /// <summary>Makes the transformed image.</summary>
    /// <param name="decoded">[C, H, W] of <paramref name="shape"/>, 0 … 255.</param>
    /// <param name="shape">The shape of the image.</param>
    /// <param name="transformation">What is done to it.</param>
    /// <param name="amount">By how much: pixels, a factor above 0, or degrees.</param>
    /// <param name="output">Filled with [C, H, W] of <paramref name="shape"/>.</param>
    /// <exception cref="ArgumentException">A buffer is not of the image's size.</exception>
    public static unsafe void Write(ReadOnlySpan<byte> decoded, FeatureShape shape, ImageTransformation transformation, double amount, Span<byte> output)
    {
        if (decoded.Length != shape.Count || output.Length != shape.Count)
            throw new ArgumentException($"an image of {shape} takes {shape.Count} bytes, not {decoded.Length} and {output.Length}", nameof(output));
        var matrix = Matrix(shape, transformation, amount);
        var info = new SKImageInfo(shape.Width, shape.Height, SKColorType.Gray8, SKAlphaType.Opaque);
        var plane = shape.Height * shape.Width;
        for (var channel = 0; channel < shape.Maps; channel++)
        {
            fixed (byte* from = decoded.Slice(channel * plane, plane), to = output.Slice(channel * plane, plane))
            {
                using var picture = new SKPixmap(info, (nint)from);
                using var image = SKImage.FromPixels(picture);
                using var surface = SKSurface.Create(info, (nint)to, shape.Width);
                using var shader = image.ToShader(SKShaderTileMode.Clamp, SKShaderTileMode.Clamp, CubicConvolution, matrix);
                using var paint = new SKPaint { Shader = shader, BlendMode = SKBlendMode.Src };
                surface.Canvas.DrawPaint(paint);
            }
        }
    }

    private static SKMatrix Matrix(FeatureShape shape, ImageTransformation transformation, double amount)
    {
        var (x, y) = (shape.Width / 2f, shape.Height / 2f);
        return transformation switch
        {
            ImageTransformation.Translation => SKMatrix.CreateTranslation(0, (float)amount),
            ImageTransformation.Scale => SKMatrix.CreateScale((float)amount, (float)amount, x, y),
            ImageTransformation.Rotation => SKMatrix.CreateRotationDegrees((float)amount, x, y),
            _ => throw new ArgumentOutOfRangeException(nameof(transformation)),
        };
    }
}
