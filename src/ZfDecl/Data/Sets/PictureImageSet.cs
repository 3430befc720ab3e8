using ZfDecl.Data.Decoding;

namespace ZfDecl.Data.Sets;

/// <summary>Picture files that belong to no data set, decoded each time they are read: nobody knows their classes.</summary>
/// <param name="files">The pictures, in order.</param>
/// <param name="decoder">Decodes them.</param>
internal sealed class PictureImageSet(ImageFile[] files, ImageDecoder decoder) : ImageSet(decoder.Target, [])
{
    public override int Count => files.Length;

    protected internal override bool ReadsSlowly => true;

    public override int Label(int index) => Unknown;

    public override string ClassOf(int index) => "";

    public override string NameOf(int index) => files[index].Name;

    public override void Read(int index, Span<byte> output)
    {
        CheckLength(output);
        decoder.Decode(files[index], output);
    }
}
