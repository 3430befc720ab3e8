using ZfDecl.Data.Decoding;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Data.Sets;

/// <summary>Images that lie in memory as they were in their file; fitted to the target shape when read, where it is another.</summary>
/// <param name="pixels">[N, C, H, W] of <paramref name="source"/>.</param>
/// <param name="source">The shape of an image in the file.</param>
/// <param name="labels">[N], each below the number of classes.</param>
/// <param name="classes">The names of the classes.</param>
/// <param name="target">The shape that is read.</param>
/// <param name="nameOf">The name of an image, from its index.</param>
internal sealed class MemoryImageSet(byte[] pixels, FeatureShape source, byte[] labels, string[] classes, FeatureShape target, Func<int, string> nameOf)
    : ImageSet(target, classes)
{
    /// <summary>The shape of an image in the file.</summary>
    public FeatureShape Source => source;

    /// <summary>How an image of another shape is brought to the target's.</summary>
    public Resizing Resizing { get; init; }

    public override int Count => labels.Length;

    protected internal override bool ReadsSlowly => source != Shape;

    public override int Label(int index) => labels[index];

    public override string NameOf(int index) => nameOf(index);

    public override void Read(int index, Span<byte> output)
    {
        CheckLength(output);
        var image = pixels.AsSpan(index * (int)source.Count, (int)source.Count);
        if (source == Shape)
            image.CopyTo(output);
        else
            ImageFit.Fit(image, source, Shape, Resizing, output);
    }
}
