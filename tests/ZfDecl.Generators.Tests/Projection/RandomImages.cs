using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>Images with many equal activations: a few grey levels, the lower half of one of them, and every fifth image is the one two before.</summary>
internal sealed class RandomImages(FeatureShape shape, int count) : ImageSet(shape, ["some"])
{
    public override int Count => count;

    public override int Label(int index) => 0;

    public override string NameOf(int index) => $"random/{index}";

    public override void Read(int index, Span<byte> output)
    {
        var random = new Random(index % 5 == 4 ? index - 2 : index);
        for (var i = 0; i < output.Length; i++)
            output[i] = i / Shape.Width % Shape.Height < Shape.Height / 2 ? (byte)(64 * random.Next(4)) : (byte)128;
    }

    public Preprocessor Preprocessor() => new(
        Shape,
        Shape,
        new() { Resize = null, Subtract = Subtraction.ChannelMean, Divide = 64, Augment = Augmentation.None, Shift = 0 },
        new() { Mean = [], ChannelMean = [.. Enumerable.Repeat(100f, Shape.Maps)], ChannelDeviation = [] });
}
