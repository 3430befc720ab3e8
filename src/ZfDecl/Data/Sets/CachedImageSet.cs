using ZfDecl.Data.Decoding;

namespace ZfDecl.Data.Sets;

/// <summary>A set that reads slowly, with its images kept in memory after their first reading as far as memory is allowed for it.</summary>
/// <param name="source">The set; owned from here on.</param>
/// <param name="budget">The memory, which may be shared with another set.</param>
internal sealed class CachedImageSet(ImageSet source, PixelBudget budget) : ImageSet(source.Shape, source.Classes)
{
    private readonly byte[]?[] kept = new byte[source.Count][];

    public override int Count => source.Count;

    protected internal override bool ReadsSlowly => source.ReadsSlowly;

    public override int Label(int index) => source.Label(index);

    public override string NameOf(int index) => source.NameOf(index);

    public override bool[]? Mask(int index) => source.Mask(index);

    public override void Read(int index, Span<byte> output)
    {
        CheckLength(output);
        if (Volatile.Read(ref kept[index]) is { } pixels)
        {
            pixels.CopyTo(output);
            return;
        }
        source.Read(index, output);
        if (budget.TryTake(output.Length) && Interlocked.CompareExchange(ref kept[index], output.ToArray(), null) is not null)
            budget.Return(output.Length);
    }

    public override void Dispose()
    {
        Array.Clear(kept);
        source.Dispose();
        base.Dispose();
    }
}
