using Microsoft.Win32.SafeHandles;

namespace ZfDecl.Interchange.Tensors;

/// <summary>A tensor that is a range of a file: it is read from there each time, and takes no memory in between.</summary>
/// <param name="file">The file, open for as long as the tensor is used.</param>
/// <param name="offset">Where its values begin.</param>
/// <param name="type">What they are, little-endian.</param>
/// <param name="shape">Its shape.</param>
internal sealed class StoredTensor(SafeFileHandle file, long offset, ElementType type, IReadOnlyList<long> shape) : TensorSource(shape)
{
    public override void Read(Action<ReadOnlySpan<float>> sink)
    {
        var (bytes, values) = (new byte[(int)Math.Min(Block, Count) * type.Size()], new float[(int)Math.Min(Block, Count)]);
        for (var at = 0L; at < Count; at += values.Length)
        {
            var part = values.AsSpan(0, (int)Math.Min(values.Length, Count - at));
            Fill(at, bytes.AsSpan(0, part.Length * type.Size()));
            type.Convert(bytes.AsSpan(0, part.Length * type.Size()), part);
            sink(part);
        }
    }

    public override double[] ToDoubles()
    {
        var (bytes, values) = (new byte[Count * type.Size()], new double[Count]);
        Fill(0, bytes);
        type.Convert(bytes, values);
        return values;
    }

    private void Fill(long from, Span<byte> bytes)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(file, bytes[done..], offset + from * type.Size() + done);
            done += read > 0 ? read : throw new EndOfStreamException("the file ends before the tensor does");
        }
    }
}
