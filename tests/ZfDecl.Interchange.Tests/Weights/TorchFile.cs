using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace ZfDecl.Interchange.Tests.Weights;

/// <summary>Files as <c>torch.save</c> writes them, byte by byte: pickles of protocol 2 that call what PyTorch's call.</summary>
internal sealed class TorchFile
{
    private readonly List<byte> pickle = [];
    private readonly List<(string Key, byte[] Bytes, long Count)> storages = [];

    /// <summary>A dictionary of tensors.</summary>
    public static TorchFile Of(params IEnumerable<(string Name, float[] Values, long[] Shape)> tensors)
    {
        var file = new TorchFile();
        file.Begin().Dictionary(() =>
        {
            foreach (var (name, values, shape) in tensors)
                file.Text(name).Tensor("Float", MemoryMarshal.AsBytes<float>(values).ToArray(), values.Length, shape);
        }).Op('.');
        return file;
    }

    public TorchFile Begin() => Bytes(0x80, 2);

    public TorchFile Op(params char[] codes) => Bytes([.. codes.Select(code => (byte)code)]);

    /// <summary>A dictionary whose names and values are written within.</summary>
    public TorchFile Dictionary(Action entries)
    {
        Global("collections", "OrderedDict").Op(')', 'R', '(');
        entries();
        return Op('u');
    }

    public TorchFile Text(string text)
    {
        var length = new byte[4];
        var utf8 = Encoding.UTF8.GetBytes(text);
        BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
        return Op('X').Bytes(length).Bytes(utf8);
    }

    public TorchFile Number(long number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, checked((int)number));
        return Op('J').Bytes(bytes);
    }

    public TorchFile Global(string module, string name) => Op('c').Bytes(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));

    /// <summary>A tensor with a storage of its own.</summary>
    /// <param name="kind">What its numbers are: <c>Float</c>, <c>Half</c>.</param>
    /// <param name="bytes">The storage.</param>
    /// <param name="count">How many numbers it has.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="stride">The steps of its axes; those of a dense tensor where null.</param>
    /// <param name="offset">Where it begins in the storage.</param>
    public TorchFile Tensor(string kind, byte[] bytes, long count, long[] shape, long[]? stride = null, long offset = 0)
    {
        var key = $"{storages.Count}";
        storages.Add((key, bytes, count));
        stride ??= [.. shape.Select((_, axis) => shape.Skip(axis + 1).Aggregate(1L, (product, side) => product * side))];
        Global("torch._utils", "_rebuild_tensor_v2").Op('(');
        Op('(').Text("storage").Global("torch", $"{kind}Storage").Text(key).Text("cpu").Number(count).Op('t', 'Q');
        Number(offset).Tuple(shape).Tuple(stride).Op('\x89').Global("collections", "OrderedDict").Op(')', 'R', 't', 'R');
        return this;
    }

    /// <summary>The file of PyTorch 1.6 and newer.</summary>
    public byte[] ToZip(CompressionLevel level = CompressionLevel.NoCompression)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Entry("archive/data.pkl", [.. pickle]);
            Entry("archive/byteorder", Encoding.ASCII.GetBytes("little"));
            foreach (var (key, content, _) in storages)
                Entry($"archive/data/{key}", content);
            Entry("archive/version", Encoding.ASCII.GetBytes("3\n"));

            void Entry(string name, byte[] content)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>The file of PyTorch before that.</summary>
    public byte[] ToLegacy()
    {
        var bytes = new MemoryStream();
        bytes.Write([0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.']);
        bytes.Write([0x80, 2, (byte)'M', 0xe9, 3, (byte)'.']);
        bytes.Write([.. new TorchFile().Begin().Op('}', '(').Text("little_endian").Op('\x88').Text("protocol_version").Number(1001).Op('u', '.').pickle]);
        bytes.Write([.. pickle]);
        var keys = new TorchFile().Begin().Op(']', '(');
        foreach (var (key, _, _) in storages)
            keys.Text(key);
        bytes.Write([.. keys.Op('e', '.').pickle]);
        foreach (var (_, content, count) in storages)
        {
            bytes.Write(BitConverter.GetBytes(count));
            bytes.Write(content);
        }
        return bytes.ToArray();
    }

    private TorchFile Tuple(long[] numbers)
    {
        Op('(');
        foreach (var number in numbers)
            Number(number);
        return Op('t');
    }

    private TorchFile Bytes(params byte[] bytes)
    {
        pickle.AddRange(bytes);
        return this;
    }
}
