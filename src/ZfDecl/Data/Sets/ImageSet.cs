using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Data.Sets;

/// <summary>The images of one split, as bytes and all of one decoded size. Any number of threads may read at once.</summary>
public abstract class ImageSet : IDisposable
{
    /// <summary>The label of an image that is of none of the <see cref="Classes"/>: in a set that is shown to a network which does not know its class.</summary>
    public const int Unknown = -1;

    /// <param name="shape">The shape that every image is read in.</param>
    /// <param name="classes">The names of the classes, in the order of their labels.</param>
    protected ImageSet(FeatureShape shape, IReadOnlyList<string> classes)
    {
        Shape = shape;
        Classes = classes;
    }

    /// <summary>The number of images. It never changes.</summary>
    public abstract int Count { get; }

    /// <summary>The names of the classes; a label is an index into them.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The shape of one decoded image: after <c>resize</c>, before <c>crop</c>.</summary>
    public FeatureShape Shape { get; }

    /// <summary>The class of an image, 0 … <c>Classes.Count − 1</c>, or <see cref="Unknown"/>.</summary>
    public abstract int Label(int index);

    /// <summary>The name of the class of an image; where it is none of the <see cref="Classes"/>, what the data call it.</summary>
    public virtual string ClassOf(int index) => Classes[Label(index)];

    /// <summary>What a person would call the image: its path in the data folder, or its number in the file that holds it.</summary>
    public abstract string NameOf(int index);

    /// <summary>Reads one image.</summary>
    /// <param name="index">0 … <c>Count − 1</c>.</param>
    /// <param name="output">Filled with [C, H, W] of <see cref="Shape"/>, 0 … 255.</param>
    /// <exception cref="ArgumentException"><paramref name="output"/> is not of that size.</exception>
    /// <exception cref="ZfDeclException">The image's file can no longer be read.</exception>
    public abstract void Read(int index, Span<byte> output);

    /// <summary>Reads one image into memory of its own.</summary>
    /// <param name="index">0 … <c>Count − 1</c>.</param>
    /// <returns>[C, H, W] of <see cref="Shape"/>, 0 … 255.</returns>
    /// <exception cref="ZfDeclException">The image's file can no longer be read.</exception>
    public byte[] Read(int index)
    {
        var pixels = new byte[Shape.Count];
        Read(index, pixels);
        return pixels;
    }

    /// <summary>Where the object of an image is, where the data know it.</summary>
    /// <param name="index">0 … <c>Count − 1</c>.</param>
    /// <returns>[H, W] of <see cref="Shape"/>, true on the object; null where it is not known.</returns>
    public virtual bool[]? Mask(int index) => null;

    /// <summary>Whether reading an image takes long enough that several are better read at once.</summary>
    protected internal virtual bool ReadsSlowly => false;

    /// <summary>Frees what is kept in memory. The set is not used afterwards.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Throws where a buffer is not of one image's size.</summary>
    protected void CheckLength(ReadOnlySpan<byte> output)
    {
        if (output.Length != Shape.Count)
            throw new ArgumentException($"an image of {Shape} takes {Shape.Count} bytes, not {output.Length}", nameof(output));
    }
}
