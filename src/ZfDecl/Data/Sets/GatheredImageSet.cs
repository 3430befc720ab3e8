using ZfDecl.Networks;

namespace ZfDecl.Data.Sets;

/// <summary>Images of several sets, in any order, each under the label that its own set gives it.</summary>
/// <param name="shape">The shape of them all.</param>
/// <param name="classes">The names of the classes that the labels stand for.</param>
/// <param name="images">Each image: its set, which stays the caller's, and its index there.</param>
internal sealed class GatheredImageSet(FeatureShape shape, IReadOnlyList<string> classes, IReadOnlyList<(ImageSet Set, int Index)> images) : ImageSet(shape, classes)
{
    public override int Count => images.Count;

    protected internal override bool ReadsSlowly => images.Any(image => image.Set.ReadsSlowly);

    public override int Label(int index) => images[index].Set.Label(images[index].Index);

    public override string ClassOf(int index) => images[index].Set.ClassOf(images[index].Index);

    public override string NameOf(int index) => images[index].Set.NameOf(images[index].Index);

    public override void Read(int index, Span<byte> output) => images[index].Set.Read(images[index].Index, output);

    public override bool[]? Mask(int index) => images[index].Set.Mask(images[index].Index);
}
