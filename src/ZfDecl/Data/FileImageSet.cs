namespace ZfDecl.Data;

/// <summary>Images that are decoded from files of their own when they are read, and kept as far as memory is allowed for it.</summary>
internal sealed class FileImageSet : ImageSet
{
    private readonly ImageFile[] files;
    private readonly int[] labels;
    private readonly ImageDecoder decoder;
    private readonly PixelBudget budget;
    private readonly byte[]?[] kept;

    /// <param name="files">The images, in order; each of one of the classes.</param>
    /// <param name="classes">The names of the classes, in ordinal order.</param>
    /// <param name="decoder">Decodes them.</param>
    /// <param name="budget">The memory for decoded images; may be shared with another set.</param>
    public FileImageSet(ImageFile[] files, string[] classes, ImageDecoder decoder, PixelBudget budget) : base(decoder.Stored, classes)
    {
        this.files = files;
        this.decoder = decoder;
        this.budget = budget;
        labels = Array.ConvertAll(files, file => Array.BinarySearch(classes, file.Class, StringComparer.Ordinal));
        kept = new byte[files.Length][];
    }

    public override int Count => files.Length;

    protected internal override bool ReadsSlowly => true;

    public override int Label(int index) => labels[index];

    public override string NameOf(int index) => files[index].Name;

    public override void Read(int index, Span<byte> output)
    {
        CheckLength(output);
        if (Volatile.Read(ref kept[index]) is { } pixels)
        {
            pixels.CopyTo(output);
            return;
        }
        decoder.Decode(files[index].Path, output);
        if (budget.TryTake(output.Length) && Interlocked.CompareExchange(ref kept[index], output.ToArray(), null) is not null)
            budget.Return(output.Length);
    }

    public override void Dispose()
    {
        Array.Clear(kept);
        base.Dispose();
    }
}
