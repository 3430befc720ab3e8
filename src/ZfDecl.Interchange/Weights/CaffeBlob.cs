using Microsoft.Win32.SafeHandles;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Interchange.Weights.Proto;

namespace ZfDecl.Interchange.Weights;

/// <summary>A blob of Caffe: numbers with a shape, of four dimensions in older files.</summary>
internal static class CaffeBlob
{
    private const int Doubles = 8, MostDimensions = 8;

    /// <summary>Where blobs lie in a file of one, such as a mean image.</summary>
    public static TensorScan.Kind Alone { get; } = new([5, Doubles], []) { Unused = [6, 9] };

    /// <summary>The values of a blob.</summary>
    /// <exception cref="InvalidDataException">Its values are not as many as its shape asks for.</exception>
    public static TensorSource Values(BlobProto blob, SafeFileHandle file)
    {
        long[] shape = blob.Shape is { } named ? [.. named.Dim] : [blob.Num, blob.Channels, blob.Height, blob.Width];
        if (shape.Length > MostDimensions || shape.Any(side => side < 0) || shape.Where(side => side > 0).Aggregate(1.0, (count, side) => count * side) > Array.MaxLength)
            throw new InvalidDataException($"a blob has shape [{string.Join(", ", shape)}]");
        var count = TensorSource.Product(shape);
        if (blob.HasFileOffset && blob.FileField is 5 or Doubles)
        {
            var type = blob.FileField == Doubles ? ElementType.Float64 : ElementType.Float32;
            return count * type.Size() == blob.FileLength ? new StoredTensor(file, blob.FileOffset, type, shape) : throw Wrong(blob.FileLength / type.Size());
        }
        double[] listed = blob.DoubleData.Count > 0 ? [.. blob.DoubleData] : [.. blob.Data.Select(value => (double)value)];
        return listed.Length == count ? new ArrayTensor(listed, shape) : throw Wrong(listed.Length);

        InvalidDataException Wrong(long found) => new($"a blob of shape [{string.Join(", ", shape)}] has {found} values");
    }
}
