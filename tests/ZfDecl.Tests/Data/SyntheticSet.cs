using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Data;

/// <summary>Images that are calculated: pseudo-random bytes of the index, label index % classes.</summary>
internal sealed class SyntheticSet(FeatureShape shape, int count, bool slow = false, int failsAt = -1) : ImageSet(shape, ["even", "odd"])
{
    public override int Count => count;

    protected internal override bool ReadsSlowly => slow;

    public override int Label(int index) => index % 2;

    public override string NameOf(int index) => $"synthetic {index}";

    public override void Read(int index, Span<byte> output)
    {
        CheckLength(output);
        if (index == failsAt)
            throw new ZfDeclException("ZF1133", "is gone", NameOf(index));
        new Random(index).NextBytes(output);
    }

    public byte[] Pixels(int index)
    {
        var pixels = new byte[Shape.Count];
        Read(index, pixels);
        return pixels;
    }
}
