namespace ZfDecl.Data.Sets;

/// <summary>The images of a set under the labels that a network knows their classes by; those of a class that it does not know are <see cref="ImageSet.Unknown"/>.</summary>
/// <param name="source">The set; owned from here on.</param>
/// <param name="mapping">Says which class of the network each class of the set is.</param>
internal sealed class RelabelledImageSet(ImageSet source, ClassMapping mapping) : ImageSet(source.Shape, mapping.Known)
{
    private readonly int[] labels = [.. source.Classes.Select((_, label) => mapping[label])];

    public override int Count => source.Count;

    protected internal override bool ReadsSlowly => source.ReadsSlowly;

    public override int Label(int index) => labels[source.Label(index)];

    public override string ClassOf(int index) => Label(index) is >= 0 and var label ? Classes[label] : source.ClassOf(index);

    public override string NameOf(int index) => source.NameOf(index);

    public override bool[]? Mask(int index) => source.Mask(index);

    public override void Read(int index, Span<byte> output) => source.Read(index, output);

    public override void Dispose()
    {
        source.Dispose();
        base.Dispose();
    }
}
