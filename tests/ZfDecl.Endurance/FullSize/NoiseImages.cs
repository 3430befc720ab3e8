using ZfDecl.Data.Sets;
using ZfDecl.Networks;

namespace ZfDecl.Endurance.FullSize;

/// <summary>Coloured blots, drawn from the index of the image and not kept: what a network with random weights is shown.</summary>
public sealed class NoiseImages(int count, FeatureShape shape) : ImageSet(shape, ["noise"])
{
    private const int Cells = 28;

    public override int Count => count;

    public override int Label(int index) => 0;

    public override string NameOf(int index) => $"noise/{index}";

    public override void Read(int index, Span<byte> output)
    {
        CheckLength(output);
        var cells = new byte[Shape.Maps * Cells * Cells];
        new Random(index).NextBytes(cells);
        for (var i = 0; i < output.Length; i++)
        {
            var (row, x) = Math.DivRem(i, Shape.Width);
            var (c, y) = Math.DivRem(row, Shape.Height);
            output[i] = cells[(((c * Cells) + (y * Cells / Shape.Height)) * Cells) + (x * Cells / Shape.Width)];
        }
    }
}
