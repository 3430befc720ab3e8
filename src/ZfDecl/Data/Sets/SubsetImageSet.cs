namespace ZfDecl.Data.Sets;

/// <summary>Some images of a set, under labels of their own.</summary>
/// <param name="source">The set; owned from here on, so a subset that others use the source beside is not disposed.</param>
/// <param name="images">Indices into the set, in the order in which they are wanted.</param>
/// <param name="label">The new label of an image of the set, by its old one.</param>
/// <param name="classes">The names of the classes.</param>
internal sealed class SubsetImageSet(ImageSet source, int[] images, Func<int, int> label, IReadOnlyList<string> classes) : ImageSet(source.Shape, classes)
{
    private readonly int[] labels = Array.ConvertAll(images, image => label(source.Label(image)));

    public override int Count => images.Length;

    protected internal override bool ReadsSlowly => source.ReadsSlowly;

    public override int Label(int index) => labels[index];

    public override string NameOf(int index) => source.NameOf(images[index]);

    public override void Read(int index, Span<byte> output) => source.Read(images[index], output);

    public override bool[]? Mask(int index) => source.Mask(images[index]);

    public override void Dispose()
    {
        source.Dispose();
        base.Dispose();
    }
}
