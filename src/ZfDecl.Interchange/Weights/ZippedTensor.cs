using System.IO.Compression;
using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Weights;

/// <summary>A tensor that is a range of an entry of a zip archive.</summary>
/// <param name="entry">The entry, of an archive that is open for as long as the tensor is used.</param>
/// <param name="type">What its values are, little-endian.</param>
/// <param name="shape">Its shape.</param>
/// <param name="from">The values of the entry that lie before it.</param>
internal sealed class ZippedTensor(ZipArchiveEntry entry, ElementType type, long[] shape, long from = 0) : TensorSource(shape)
{
    public override void Read(Action<ReadOnlySpan<float>> sink)
    {
        using var content = entry.Open();
        var size = type.Size();
        var (bytes, values) = (new byte[(int)Math.Min(Block, Math.Max(Count, 1)) * size], new float[(int)Math.Min(Block, Math.Max(Count, 1))]);
        for (var left = from * size; left > 0;)
        {
            var skipped = content.Read(bytes, 0, (int)Math.Min(bytes.Length, left));
            left -= skipped > 0 ? skipped : throw new EndOfStreamException("the archive ends before the tensor does");
        }
        for (var at = 0L; at < Count; at += values.Length)
        {
            var part = values.AsSpan(0, (int)Math.Min(values.Length, Count - at));
            content.ReadExactly(bytes.AsSpan(0, part.Length * size));
            type.Convert(bytes.AsSpan(0, part.Length * size), part);
            sink(part);
        }
    }
}
