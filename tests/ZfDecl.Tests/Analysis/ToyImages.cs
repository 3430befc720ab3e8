using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Tests.Analysis;

/// <summary>Noise, 14×14, of which the network sees the middle 12×12. Image i is of class i mod 3.</summary>
internal sealed class ToyImages(int count, int channels = 1) : ImageSet(new FeatureShape(channels, 14, 14), ["circle", "square, filled", "the \"star\""])
{
    /// <summary>Added to every pixel, modulo 256: other images under the same names.</summary>
    public int Change { get; set; }

    public override int Count => count;

    public override int Label(int index) => index % 3;

    public override string NameOf(int index) => $"toy/{index}.png";

    public override void Read(int index, Span<byte> pixels)
    {
        CheckLength(pixels);
        new Random(index).NextBytes(pixels);
        foreach (ref var pixel in pixels)
            pixel = (byte)(pixel + Change);
    }

    public Preprocessor Preprocessor() => new(
        new(Shape.Maps, 12, 12),
        Shape,
        new() { Resize = null, Subtract = Subtraction.ChannelMean, Divide = 64, Augment = Augmentation.None, Shift = 0 },
        new() { Mean = [], ChannelMean = [.. Enumerable.Repeat(127.5f, Shape.Maps)], ChannelDeviation = [] });
}
