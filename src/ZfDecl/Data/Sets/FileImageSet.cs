using ZfDecl.Data.Decoding;

namespace ZfDecl.Data.Sets;

/// <summary>Images that are decoded from files of their own each time they are read.</summary>
/// <param name="files">The images, in order; each of one of the classes.</param>
/// <param name="classes">The classes of the files, in natural order.</param>
/// <param name="names">The names of the classes.</param>
/// <param name="decoder">Decodes them.</param>
internal sealed class FileImageSet(ImageFile[] files, string[] classes, string[] names, ImageDecoder decoder) : ImageSet(decoder.Target, names)
{
    private readonly int[] labels = Array.ConvertAll(files, file => Array.BinarySearch(classes, file.Class, NaturalOrder.Names));

    public override int Count => files.Length;

    protected internal override bool ReadsSlowly => true;

    public override int Label(int index) => labels[index];

    public override string NameOf(int index) => files[index].Name;

    public override void Read(int index, Span<byte> output)
    {
        CheckLength(output);
        decoder.Decode(files[index], output);
    }
}
