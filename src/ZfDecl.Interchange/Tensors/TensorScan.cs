using Google.Protobuf;

namespace ZfDecl.Interchange.Tensors;

/// <summary>
/// Reads the structure of a file of protocol buffers and leaves the data of large tensors in it: a parser would copy it into memory. Each such tensor gets
/// three fields of our own that say where in the file its data is, and which field it was. Everything else is passed on byte by byte.
/// </summary>
internal sealed class TensorScan
{
    private const int LeastLeft = 1 << 12;             // bytes of data that are worth leaving
    private const int LargestCopied = 1 << 26;         // a text or a list of numbers
    private const int Deepest = 32;                    // messages in messages

    private readonly Stream file;
    private readonly BinaryReader reader;

    private TensorScan(Stream file) => (this.file, reader) = (file, new(file));

    /// <summary>What a message may hold, as far as tensors are in it.</summary>
    /// <param name="Data">Of a tensor, the fields of its values; none for another message.</param>
    /// <param name="Fields">The fields whose messages are of interest, by number.</param>
    internal sealed record Kind(IReadOnlyList<int> Data, Dictionary<int, Kind> Fields)
    {
        /// <summary>Fields that nobody asks for, such as gradients beside weights.</summary>
        public IReadOnlyList<int> Unused { get; init; } = [];
    }

    /// <summary>The file without the data of large tensors.</summary>
    /// <param name="file">A file that can be sought, at its begin.</param>
    /// <param name="root">What it consists of.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static byte[] Read(Stream file, Kind root) => new TensorScan(file).Message(file.Length, root, 0);

    private byte[] Message(long end, Kind kind, int depth)
    {
        if (depth > Deepest)
            throw new InvalidDataException($"messages lie more than {Deepest} deep in each other");
        var copy = new MemoryStream();
        var output = new CodedOutputStream(copy);
        while (file.Position < end)
            Field(end, kind, depth, output);
        output.Flush();
        return copy.ToArray();
    }

    private void Field(long end, Kind kind, int depth, CodedOutputStream output)
    {
        var tag = Varint(end);
        var (field, wire) = (tag >> 3, (int)(tag & 7));
        if (field is 0 or > int.MaxValue >> 3)
            throw new InvalidDataException($"there is no field {field}");
        var length = wire == 2 ? Length(end) : 0;
        if (wire == 2 && kind.Unused.Contains((int)field))
        {
            file.Position += length;
        }
        else if (wire == 2 && length >= LeastLeft && kind.Data.Contains((int)field))
        {
            Number(50001, (ulong)file.Position);
            Number(50002, (ulong)length);
            Number(50003, field);
            file.Position += length;
        }
        else if (wire == 2 && kind.Fields.TryGetValue((int)field, out var inner))
        {
            output.WriteTag((uint)tag);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(Message(file.Position + length, inner, depth + 1)));
        }
        else if (wire == 2)
        {
            output.WriteTag((uint)tag);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(Bytes(length)));
        }
        else
        {
            output.WriteTag((uint)tag);
            Plain(wire, end, output);
        }

        void Number(int number, ulong value)
        {
            output.WriteTag(number, WireFormat.WireType.Varint);
            output.WriteUInt64(value);
        }
    }

    private void Plain(int wire, long end, CodedOutputStream output)
    {
        if (wire == 0)
            output.WriteUInt64(Varint(end));
        else if (wire == 1 && end - file.Position >= 8)
            output.WriteFixed64(reader.ReadUInt64());
        else if (wire == 5 && end - file.Position >= 4)
            output.WriteFixed32(reader.ReadUInt32());
        else
            throw new InvalidDataException($"a field of the unknown form {wire}, or one that is cut off, lies at byte {file.Position}");
    }

    private long Length(long end)
    {
        var length = Varint(end);
        return length <= (ulong)(end - file.Position) ? (long)length : throw new InvalidDataException($"{length} bytes are announced at byte {file.Position}, and {end - file.Position} are left");
    }

    private byte[] Bytes(long length) => length <= LargestCopied ? reader.ReadBytes((int)length) : throw new InvalidDataException($"a field at byte {file.Position} has {length} bytes, and is no tensor");

    private ulong Varint(long end)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (file.Position >= end)
                throw new InvalidDataException($"the file is cut off at byte {file.Position}");
            var next = reader.ReadByte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
        throw new InvalidDataException($"a number at byte {file.Position} does not end");
    }
}
