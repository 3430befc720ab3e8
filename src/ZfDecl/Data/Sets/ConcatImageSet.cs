namespace ZfDecl.Data.Sets;

/// <summary>The training images of a data folder, then its validation images, as one set.</summary>
/// <param name="data">The data; stays the caller's.</param>
public sealed class ConcatImageSet(ImageData data) : ImageSet(data.Train.Shape, data.Train.Classes)
{
    /// <inheritdoc/>
    public override int Count => data.Train.Count + data.Validation.Count;

    /// <inheritdoc/>
    protected internal override bool ReadsSlowly => data.Train.ReadsSlowly || data.Validation.ReadsSlowly;

    /// <inheritdoc/>
    public override int Label(int index)
    {
        var (set, position) = Of(index);
        return set.Label(position);
    }

    /// <inheritdoc/>
    public override string NameOf(int index)
    {
        var (set, position) = Of(index);
        return set.NameOf(position);
    }

    /// <inheritdoc/>
    public override void Read(int index, Span<byte> output)
    {
        var (set, position) = Of(index);
        set.Read(position, output);
    }

    private (ImageSet Set, int Place) Of(int index) => index < data.Train.Count ? (data.Train, index) : (data.Validation, index - data.Train.Count);
}
