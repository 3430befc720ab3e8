using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;
using System.Text;
using ZfDecl.Messages;
using static TorchSharp.torch;

namespace ZfDecl.Files;

/// <summary>
/// Tensors in a file of the safetensors format, which PyTorch, JAX and others read too. Reading one maps it into memory and checks all of its header
/// first; nothing in a file is ever executed.
/// </summary>
public static class SafeTensorsFile
{
    private const int Block = 1 << 20;

    /// <summary>Writes tensors. The same tensors yield the same bytes, whatever their order.</summary>
    /// <param name="path">The file; an older one is replaced only when the new one is complete.</param>
    /// <param name="tensors">Dense tensors of any device and layout, by name; they are written contiguously. Not kept.</param>
    /// <param name="metadata">Strings to go with them.</param>
    /// <exception cref="ArgumentException">A name comes twice, or the format has no name for a tensor's type.</exception>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var byName = Checked(tensors);
        AtomicFile.Write(path, stream => WriteTo(stream, byName, metadata));
    }

    /// <summary>Writes tensors to a stream as such a file has them.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="tensors">The tensors with their names; of any device, neither kept nor freed.</param>
    /// <param name="metadata">Strings to go with them.</param>
    /// <exception cref="ArgumentException">A name comes twice, or the format has no name for a tensor's type.</exception>
    public static void WriteTo(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var byName = Checked(tensors);
        var header = LayOut(byName);
        stream.Write(header.ToBytes(metadata));
        foreach (var entry in header.Entries)
            Use(entry, byName, stream.Write);
    }

    /// <summary>Writes tensors that come one after the other, piece by piece.</summary>
    /// <param name="path">The file; an older one is replaced only when the new one is complete.</param>
    /// <param name="tensors">The tensors, each of which is read once.</param>
    /// <param name="metadata">Strings to go with them.</param>
    /// <exception cref="ArgumentException">A name comes twice, or a tensor hands over more or fewer bytes than its shape takes.</exception>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    internal static void WriteStreamed(string path, IReadOnlyList<StreamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var byName = tensors.ToDictionary(tensor => tensor.Name);
        var header = SafeTensorsHeader.LayOut(tensors.Select(tensor => (tensor.Name, tensor.Type, tensor.Shape)));
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header.ToBytes(metadata));
            foreach (var entry in header.Entries)
            {
                var end = stream.Position + entry.End - entry.Begin;
                byName[entry.Name].Read(stream.Write);
                if (stream.Position != end)
                    throw new ArgumentException($"tensor '{entry.Name}' of [{string.Join(", ", entry.Shape)}] has another number of values", nameof(tensors));
            }
        });
    }

    /// <summary>Writes tensors of float32 row by row, a row of each at a time: no more than one row of each needs to be in memory.</summary>
    /// <param name="path">The file; an older one is replaced only when the new one is complete.</param>
    /// <param name="tensors">The tensors, each with as many rows.</param>
    /// <param name="rows">A row of each of them, in their order, of any device; neither kept nor freed.</param>
    /// <param name="metadata">Strings to go with them.</param>
    /// <exception cref="ArgumentException">A row has another number of values than its tensor's shape, or there are more or fewer rows.</exception>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    internal static void WriteByRow(string path, IReadOnlyList<(string Name, long[] Shape)> tensors, IEnumerable<IReadOnlyList<Tensor>> rows, IReadOnlyDictionary<string, string> metadata)
    {
        var header = SafeTensorsHeader.LayOut(tensors.Select(tensor => (tensor.Name, ScalarType.Float32, tensor.Shape)));
        var entries = tensors.Select(tensor => header.Entries.Single(entry => entry.Name == tensor.Name)).ToArray();
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header.ToBytes(metadata));
            var (start, row) = (stream.Position, 0);
            foreach (var values in rows)
            {
                foreach (var (value, entry) in values.Zip(entries))
                {
                    using var dense = value.detach().cpu().contiguous();
                    var bytes = dense.bytes;
                    var length = (entry.End - entry.Begin) / entry.Shape[0];
                    if (bytes.Length != length || row >= entry.Shape[0])
                        throw new ArgumentException($"row {row} of '{entry.Name}' has {bytes.Length} bytes; there are {entry.Shape[0]} rows of {length}", nameof(rows));
                    stream.Position = start + entry.Begin + (row * length);
                    stream.Write(bytes);
                    GC.KeepAlive(dense);
                }
                row++;
            }
            if (entries.Any(entry => entry.Shape[0] != row))
                throw new ArgumentException($"there are {row} rows, and tensors of {entries.Max(entry => entry.Shape[0])}", nameof(rows));
        });
    }

    /// <summary>Writes tensors with a <see cref="Seal"/> in the metadata: for what a run reads back.</summary>
    /// <inheritdoc cref="Write"/>
    internal static void WriteSealed(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var byName = Checked(tensors);
        var header = LayOut(byName);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header.ToBytes(Sealed(Seal.Blank)));
        foreach (var entry in header.Entries)
            Use(entry, byName, hash.AppendData);
        Write(path, byName, Sealed(Convert.ToHexStringLower(hash.GetHashAndReset())));

        static Dictionary<string, string> Sealed(string seal) => new() { [Seal.Name] = seal };
    }

    /// <summary>Reads every tensor of a file.</summary>
    /// <returns>Contiguous tensors on the CPU, by name; the caller disposes them.</returns>
    /// <exception cref="ZfDeclException">ZF1201: the file is malformed, or its seal does not hold; ZF1202: it is not there or cannot be read.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path) => Map(path, (header, view) =>
    {
        if (!Holds(header, view, header.DataStart + header.Entries.Max(entry => (long?)entry.End) ?? 0))
            throw SafeTensorsHeader.Malformed(path, $"it {Seal.Broken}");
        var tensors = new Dictionary<string, Tensor>();
        foreach (var entry in header.Entries)
        {
            var tensor = empty(entry.Shape, entry.Type);
            if (entry.End > entry.Begin)
                view.SafeMemoryMappedViewHandle.ReadSpan((ulong)(header.DataStart + entry.Begin), tensor.bytes);
            tensors.Add(entry.Name, tensor);
        }
        return tensors;
    });

    /// <summary>The shapes of a file's tensors, by name, without reading their data.</summary>
    /// <exception cref="ZfDeclException">ZF1201: the file is malformed; ZF1202: it is not there or cannot be read.</exception>
    public static IReadOnlyDictionary<string, long[]> TensorShapes(string path) =>
        Map(path, (header, _) => header.Entries.ToDictionary(entry => entry.Name, entry => entry.Shape));

    /// <summary>Whether a file carries a seal.</summary>
    /// <exception cref="ZfDeclException">ZF1201: the file is malformed; ZF1202: it is not there or cannot be read.</exception>
    internal static bool IsSealed(string path) => Map(path, (header, _) => header.Seal is not null);

    private static Dictionary<string, Tensor> Checked(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var byName = tensors.ToDictionary();
        return byName.FirstOrDefault(tensor => !SafeTensorsHeader.Knows(tensor.Value.dtype)) is { Value: not null } strange
            ? throw new ArgumentException($"tensor '{strange.Key}' is of type {strange.Value.dtype}, which safetensors has no name for", nameof(tensors))
            : byName;
    }

    private static SafeTensorsHeader LayOut(Dictionary<string, Tensor> tensors) =>
        SafeTensorsHeader.LayOut(tensors.Select(tensor => (tensor.Key, tensor.Value.dtype, tensor.Value.shape)));

    private static void Use(SafeTensorsHeader.Entry entry, Dictionary<string, Tensor> tensors, Action<ReadOnlySpan<byte>> use)
    {
        if (entry.End == entry.Begin)
            return;
        using var scope = NewDisposeScope();
        var dense = tensors[entry.Name].detach().cpu().contiguous();
        use(dense.bytes);
        GC.KeepAlive(dense);
    }

    /// <summary>Whether a file is what its seal says; one without a seal is.</summary>
    private static bool Holds(SafeTensorsHeader header, MemoryMappedViewAccessor view, long length)
    {
        if (header.Seal is not { } seal)
            return true;
        var start = Bytes(view, 0, (int)header.DataStart);
        if (seal.Length != Seal.Blank.Length || start.AsSpan().IndexOf(Encoding.ASCII.GetBytes(seal)) is not (> 0 and var at))
            return false;
        Encoding.ASCII.GetBytes(Seal.Blank, start.AsSpan(at));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(start);
        for (var place = header.DataStart; place < length; place += Block)
            hash.AppendData(Bytes(view, place, (int)Math.Min(Block, length - place)));
        return Convert.ToHexStringLower(hash.GetHashAndReset()) == seal;
    }

    private static T Map<T>(string path, Func<SafeTensorsHeader, MemoryMappedViewAccessor, T> read)
    {
        try
        {
            using var stream = RegularFile.Open(path, long.MaxValue);
            using var map = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            using var view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            var header = SafeTensorsHeader.Parse((start, count) => Bytes(view, start, count), stream.Length, path);
            return read(header, view);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotRead(path, cause, "train again");
        }
    }

    private static byte[] Bytes(MemoryMappedViewAccessor view, long start, int count)
    {
        var bytes = new byte[count];
        view.SafeMemoryMappedViewHandle.ReadSpan((ulong)start, bytes.AsSpan());
        return bytes;
    }
}
