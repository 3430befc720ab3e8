using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ZfDecl.Files;

namespace ZfDecl.Data.Formats;

/// <summary>
/// Reads an array of structs from a MATLAB file of version 5, little-endian ("MAT-File Format", MathWorks): texts and single numbers, which is what ImageNet's
/// <c>meta.mat</c> is made of. Fields of any other kind are skipped.
/// </summary>
internal static class MatStructs
{
    private const int HeaderLength = 128, LargestInflated = 1 << 28;
    private const int Matrix = 14, Compressed = 15;                                     // types of elements
    private const int StructClass = 2, CharClass = 4, DoubleClass = 6, LastNumericClass = 15;

    /// <summary>The structs of a variable, in order: the fields by name, each a <see cref="string"/> or a <see cref="double"/>.</summary>
    /// <exception cref="InvalidDataException">The file is none of this kind, damaged, or has no such variable.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, object>> Read(string path, string variable)
    {
        ReadOnlyMemory<byte> file = RegularFile.ReadInputBytes(path, RegularFile.LargestTable);
        if (file.Length < HeaderLength || file.Span[126] != 'I' || file.Span[127] != 'M')
            throw new InvalidDataException("it is no MATLAB file of version 5");
        for (var rest = file[HeaderLength..]; rest.Length > 0;)
        {
            var (type, element) = Next(ref rest, padded: false);
            if (type == Compressed)
            {
                var inflated = Inflate(element);
                (type, element) = Next(ref inflated, padded: false);
            }
            if (type == Matrix && Parts(element) is { Kind: StructClass } parts && parts.Name == variable)
                return Structs(parts.Sizes, parts.Content);
        }
        throw new InvalidDataException($"it holds no structs '{variable}'");
    }

    private static List<IReadOnlyDictionary<string, object>> Structs(int[] sizes, ReadOnlyMemory<byte> content)
    {
        var width = Next(ref content).Data is { Length: 4 } length ? BinaryPrimitives.ReadInt32LittleEndian(length.Span) : 0;
        var letters = Next(ref content).Data;
        if (width <= 0)
            throw new InvalidDataException("the names of a struct's fields have no length");
        string[] names = [.. Enumerable.Range(0, letters.Length / width).Select(i => Encoding.ASCII.GetString(letters.Slice(i * width, width).Span).TrimEnd('\0'))];

        var structs = new List<IReadOnlyDictionary<string, object>>();
        for (var left = names.Length == 0 ? 0 : sizes.Aggregate(1L, (product, size) => product * size); left > 0; left--)
        {
            var fields = new Dictionary<string, object>();
            foreach (var name in names)
            {
                var element = Next(ref content).Data;
                if (element.Length > 0 && Value(element) is { } value)
                    fields[name] = value;
            }
            structs.Add(fields);
        }
        return structs;
    }

    /// <summary>A text, the first number of an array, or null for anything else.</summary>
    private static object? Value(ReadOnlyMemory<byte> matrix)
    {
        var (kind, _, _, content) = Parts(matrix);
        if (kind is not (CharClass or (>= DoubleClass and <= LastNumericClass)))
            return null;
        var (type, values) = Next(ref content);
        return kind != CharClass ? values.Length == 0 ? null : Number(type, values.Span)
            : type is 4 or 17 ? Encoding.Unicode.GetString(values.Span)                 // miUINT16, miUTF16
            : Encoding.UTF8.GetString(values.Span);
    }

    // The types miINT8 … miUINT64: a number is stored as the smallest that holds it.
    private static double? Number(int type, ReadOnlySpan<byte> value) => type switch
    {
        1 => (sbyte)value[0],
        2 => value[0],
        3 => BinaryPrimitives.ReadInt16LittleEndian(value),
        4 => BinaryPrimitives.ReadUInt16LittleEndian(value),
        5 => BinaryPrimitives.ReadInt32LittleEndian(value),
        6 => BinaryPrimitives.ReadUInt32LittleEndian(value),
        7 => BinaryPrimitives.ReadSingleLittleEndian(value),
        9 => BinaryPrimitives.ReadDoubleLittleEndian(value),
        12 => BinaryPrimitives.ReadInt64LittleEndian(value),
        13 => BinaryPrimitives.ReadUInt64LittleEndian(value),
        _ => null,
    };

    private static (int Kind, string Name, int[] Sizes, ReadOnlyMemory<byte> Content) Parts(ReadOnlyMemory<byte> matrix)
    {
        var flags = Next(ref matrix).Data;
        var sizes = Next(ref matrix).Data;
        var name = Next(ref matrix).Data;
        return (flags.Length > 0 ? flags.Span[0] : 0, Encoding.ASCII.GetString(name.Span),
            [.. Enumerable.Range(0, sizes.Length / 4).Select(i => BinaryPrimitives.ReadInt32LittleEndian(sizes.Span[(4 * i)..]))], matrix);
    }

    /// <summary>Takes the next element off: a tag of type and length and then the data, or both in 8 bytes where these are 4 at most.</summary>
    private static (int Type, ReadOnlyMemory<byte> Data) Next(ref ReadOnlyMemory<byte> rest, bool padded = true)
    {
        if (rest.Length < 8)
            throw new InvalidDataException("it ends within an element: it is truncated");
        var word = BinaryPrimitives.ReadUInt32LittleEndian(rest.Span);
        var isSmall = word >> 16 != 0;
        var (type, length, start) = isSmall ? ((int)(word & 0xFFFF), word >> 16, 4) : ((int)word, BinaryPrimitives.ReadUInt32LittleEndian(rest.Span[4..]), 8);
        if (length > (isSmall ? 4 : rest.Length - 8))
            throw new InvalidDataException("it ends within an element: it is truncated");
        var data = rest.Slice(start, (int)length);
        var whole = isSmall ? 8 : 8 + (padded ? (length + 7L) / 8 * 8 : length);
        rest = rest[(int)Math.Min(whole, rest.Length)..];
        return (type, data);
    }

    private static ReadOnlyMemory<byte> Inflate(ReadOnlyMemory<byte> packed)
    {
        using var source = new MemoryStream(packed.ToArray());
        using var inflated = new ZLibStream(source, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var chunk = new byte[1 << 16];
        for (int read; (read = inflated.Read(chunk)) > 0;)
        {
            plain.Write(chunk, 0, read);
            if (plain.Length > LargestInflated)
                throw new InvalidDataException("it inflates beyond all bounds");
        }
        return plain.ToArray();
    }
}
