using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ZfDecl.Interchange.Tensors;

/// <summary>What the values of a stored tensor are.</summary>
internal enum ElementType
{
    Float32,
    Float64,
    Float16,
    BFloat16,
    UInt8,
    Int8,
    UInt16,
    Int16,
    Int32,
    Int64,
    UInt32,
    UInt64,
    Boolean,
}

/// <summary>Reads values of any type.</summary>
internal static class ElementTypes
{
    public static bool IsInteger(this ElementType type) => type > ElementType.BFloat16;

    /// <summary>Bytes of a value.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 or ElementType.UInt64 => 8,
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.UInt16 or ElementType.Int16 => 2,
        _ => 1,
    };

    /// <summary>Little-endian values as numbers.</summary>
    public static void Convert(this ElementType type, ReadOnlySpan<byte> bytes, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = type.Number(bytes[(i * type.Size())..]);
    }

    /// <summary>Little-endian values as float32.</summary>
    public static void Convert(this ElementType type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        if (type == ElementType.Float32 && BitConverter.IsLittleEndian)
        {
            MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
            return;
        }
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)type.Number(bytes[(i * type.Size())..]);
    }

    private static double Number(this ElementType type, ReadOnlySpan<byte> bytes) => type switch
    {
        ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ElementType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        ElementType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        ElementType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(bytes) << 16),
        ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        ElementType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        ElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        ElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        ElementType.Int8 => (sbyte)bytes[0],
        ElementType.Boolean => bytes[0] == 0 ? 0 : 1,
        _ => bytes[0],
    };
}
