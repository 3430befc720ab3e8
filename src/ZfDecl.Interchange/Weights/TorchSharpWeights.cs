using System.Text;
using Microsoft.Win32.SafeHandles;
using TorchSharp;
using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Weights;

/// <summary>
/// Weights as TorchSharp's <c>Module.save</c> writes them, <c>.dat</c>: how many there are, then of each its name, type, dimensions, sizes and values. Numbers are in LEB128, seven bits a byte. The format
/// has no mark: a file is one where it can be read as one to its last byte.
/// </summary>
internal static class TorchSharpWeights
{
    private const int MostTensors = 100_000, LongestName = 4096, MostDimensions = 8;

    /// <summary>The weights; null where the file is of another kind, or damaged.</summary>
    public static WeightsContent? TryRead(FileStream stream, SafeFileHandle file)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            var tensors = new List<NamedTensor>();
            for (var count = Number(MostTensors); count > 0; count--)
            {
                var name = Encoding.UTF8.GetString(reader.ReadBytes((int)Number(LongestName)));
                if (SafeTensorsWeights.ElementOf((torch.ScalarType)Number(64)) is not { } type || name.Length == 0 || name.Any(char.IsControl))
                    return null;
                long[] shape = [.. Enumerable.Range(0, (int)Number(MostDimensions)).Select(_ => Number(int.MaxValue))];
                var bytes = checked(TensorSource.Product(shape) * type.Size());
                if (bytes > stream.Length - stream.Position)
                    return null;
                tensors.Add(new(name, new StoredTensor(file, stream.Position, type, shape)));
                stream.Position += bytes;
            }
            return tensors.Count > 0 && stream.Position == stream.Length && tensors.DistinctBy(tensor => tensor.Name).Count() == tensors.Count ? new("TorchSharp", tensors, file) : null;
        }
        catch (Exception other) when (other is EndOfStreamException or OverflowException or InvalidDataException)
        {
            return null;
        }

        long Number(long most)
        {
            var value = 0L;
            for (var shift = 0; shift < 35; shift += 7)
            {
                var next = reader.ReadByte();
                value |= (long)(next & 0x7f) << shift;
                if (next < 0x80)
                    return value <= most ? value : throw new InvalidDataException("too large");
            }
            throw new InvalidDataException("a number does not end");
        }
    }
}
