using SkiaSharp;
using ZfDecl.Imaging;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Invariance;

/// <summary>
/// Transforms a decoded image, before it is cropped and preprocessed. Between pixels it interpolates by cubic convolution (Keys 1981, a = −½, "Catmull-Rom"), which
/// leaves an image that does not move as it is; where the image has nothing to show, its nearest border pixel goes on.
/// </summary>
public static class TransformedImage
{
    /// <summary>Makes the transformed image.</summary>
    /// <param name="decoded">[C, H, W] of <paramref name="shape"/>, 0 … 255.</param>
    /// <param name="shape">The shape of the image.</param>
    /// <param name="transformation">What is done to it.</param>
    /// <param name="amount">By how much: pixels, a factor above 0, or degrees.</param>
    /// <param name="output">Filled with [C, H, W] of <paramref name="shape"/>.</param>
    /// <exception cref="ArgumentException">A buffer is not of the image's size.</exception>
    public static void Write(ReadOnlySpan<byte> decoded, FeatureShape shape, ImageTransformation transformation, double amount, Span<byte> output) =>
        ResampledImage.Write(decoded, shape, Matrix(shape, transformation, amount), output);

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
