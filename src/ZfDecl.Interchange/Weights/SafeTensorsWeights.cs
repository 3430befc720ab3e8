using Microsoft.Win32.SafeHandles;
using TorchSharp;
using ZfDecl.Files;
using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Weights;

/// <summary>Weights in a safetensors file.</summary>
internal static class SafeTensorsWeights
{
    private static readonly Dictionary<torch.ScalarType, ElementType> Types = new()
    {
        [torch.ScalarType.Float32] = ElementType.Float32,
        [torch.ScalarType.Float64] = ElementType.Float64,
        [torch.ScalarType.Float16] = ElementType.Float16,
        [torch.ScalarType.BFloat16] = ElementType.BFloat16,
        [torch.ScalarType.Int64] = ElementType.Int64,
        [torch.ScalarType.Int32] = ElementType.Int32,
        [torch.ScalarType.Int16] = ElementType.Int16,
        [torch.ScalarType.Int8] = ElementType.Int8,
        [torch.ScalarType.Byte] = ElementType.UInt8,
        [torch.ScalarType.Bool] = ElementType.Boolean,
    };

    /// <summary>What a type of torch is.</summary>
    /// <returns>Null for complex and quantised numbers.</returns>
    public static ElementType? ElementOf(torch.ScalarType type) => Types.TryGetValue(type, out var element) ? element : null;

    /// <summary>Whether a file begins as one.</summary>
    public static bool Is(ReadOnlySpan<byte> start) => start is [_, _, _, _, _, 0, 0, 0, (byte)'{', ..];

    /// <summary>Reads its table of contents.</summary>
    /// <exception cref="ZfDecl.Messages.ZfDeclException">ZF1201: it is damaged.</exception>
    public static WeightsContent Read(string path, SafeFileHandle file)
    {
        var header = SafeTensorsHeader.Parse((start, count) => Bytes(file, start, count), RandomAccess.GetLength(file), path);
        return new("safetensors", [.. header.Entries.OrderBy(entry => entry.Begin).Select(entry => new NamedTensor(entry.Name, new StoredTensor(file, header.DataStart + entry.Begin, Types[entry.Type], entry.Shape)))], file);
    }

    private static byte[] Bytes(SafeFileHandle file, long start, int count)
    {
        var bytes = new byte[count];
        for (var done = 0; done < count;)
            done += RandomAccess.Read(file, bytes.AsSpan(done), start + done) is > 0 and var read ? read : throw new EndOfStreamException("the file ends early");
        return bytes;
    }
}
