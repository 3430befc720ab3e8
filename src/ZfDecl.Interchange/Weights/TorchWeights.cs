using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.Win32.SafeHandles;
using ZfDecl.Data.Formats;
using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Weights;

/// <summary>Weights as <c>torch.save</c> writes them: since 1.6 a zip archive of a pickle and its storages, before that pickles with the storages behind them.</summary>
internal static class TorchWeights
{
    /// <summary>What an older file begins with: a pickle of the number 0x1950a86a20f9469cfc6c.</summary>
    private static readonly byte[] Legacy = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, (byte)'.'];

    private const long MostPickle = 64 << 20;

    public static bool IsZip(ReadOnlySpan<byte> start) => start is [(byte)'P', (byte)'K', 3, 4, ..];

    public static bool IsLegacy(ReadOnlySpan<byte> start) => start.StartsWith(Legacy);

    /// <summary>Reads a zip archive.</summary>
    /// <exception cref="InvalidDataException">It is damaged, holds no weights, or asks for more than data.</exception>
    public static WeightsContent ReadZip(FileStream stream)
    {
        var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        var pickle = archive.Entries.FirstOrDefault(entry => entry.Name == "data.pkl") ?? throw new InvalidDataException("it is a zip archive without 'data.pkl', so not one of PyTorch's; one of Keras (.keras) is not read: export an ONNX model");
        var folder = pickle.FullName[..^pickle.Name.Length];
        if (pickle.Length > MostPickle)
            throw new InvalidDataException($"its pickle has {pickle.Length} bytes");
        if (archive.GetEntry(folder + "byteorder") is { Length: < 16 } order && Text(order) != "little")
            throw new InvalidDataException("its numbers are big-endian; save it again on another machine");
        if (archive.Entries.Any(entry => entry.FullName.StartsWith(folder + "code/", StringComparison.Ordinal)))
            throw new InvalidDataException("it is a TorchScript program, which is not run");
        var objects = new TorchObjects((storage, offset, shape, strides) =>
        {
            var entry = archive.GetEntry($"{folder}data/{storage.Key}") ?? throw new InvalidDataException($"storage '{storage.Key}' is missing");
            if (entry.Length != storage.Count * storage.Type.Size())
                throw new InvalidDataException($"storage '{storage.Key}' has {entry.Length} bytes, and should have {storage.Count} values");
            return View(offset, shape, strides, (from, count) => new ZippedTensor(entry, storage.Type, [count], from));
        });
        using var content = pickle.Open();
        using var whole = new MemoryStream(new byte[pickle.Length], 0, (int)pickle.Length, writable: false, publiclyVisible: true);        // what goes on behind its length is not read
        content.ReadExactly(whole.GetBuffer());
        return new("PyTorch", StateDict.Of(Pickle.Read(whole, objects)), archive);
    }

    /// <summary>Reads an older file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, holds no weights, or asks for more than data.</exception>
    public static WeightsContent ReadLegacy(FileStream stream, SafeFileHandle file)
    {
        var places = new Dictionary<string, long>();
        var views = new List<LateTensor>();
        var objects = new TorchObjects((storage, offset, shape, strides) =>
        {
            var late = new LateTensor(shape, () => View(offset, shape, strides, (from, count) => At(storage, from, count)));
            views.Add(late);
            return late;
        });
        stream.Position = Legacy.Length;
        if (Pickle.Read(stream) is not 1001L || Pickle.Read(stream) is not OrderedDictionary<string, object?> system || system.GetValueOrDefault("little_endian") is not true)
            throw new InvalidDataException("it is of another version, or big-endian; save it again with a newer PyTorch");
        var saved = Pickle.Read(stream, objects);
        if (Pickle.Read(stream) is not List<object?> keys)
            throw new InvalidDataException("it does not name its storages");
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (var key in keys)
        {
            if (key is not string name || !objects.Storages.TryGetValue(name, out var storage) || !places.TryAdd(name, stream.Position + sizeof(long)))
                throw new InvalidDataException("it names a storage twice, or one that no tensor is a view of");
            stream.ReadExactly(length);
            var bytes = storage.Count * storage.Type.Size();
            if (BinaryPrimitives.ReadInt64LittleEndian(length) != storage.Count || bytes > stream.Length - stream.Position)
                throw new InvalidDataException($"storage '{name}' has another length than its tensors say, or is cut off");
            stream.Position += bytes;
        }
        if (objects.Storages.Keys.FirstOrDefault(key => !places.ContainsKey(key)) is { } missing)
            throw new InvalidDataException($"storage '{missing}' is missing");
        views.ForEach(view => view.Resolve());
        return new("PyTorch before 1.6", StateDict.Of(saved), file);

        StoredTensor At(TorchStorage storage, long from, long count) => new(file, places[storage.Key] + from * storage.Type.Size(), storage.Type, [count]);
    }

    private static TensorSource View(long offset, long[] shape, long[] strides, Func<long, long, TensorSource> part)
    {
        if (StridedTensor.IsDense(shape, strides))
            return part(offset, TensorSource.Product(shape)).Reshaped(shape);
        return new StridedTensor(part(offset, shape.Contains(0) ? 0 : 1 + shape.Zip(strides, (side, step) => (side - 1) * step).Sum()), shape, strides);
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd().Trim();
    }

    /// <summary>A tensor whose storage lies behind the pickle: where, is known at the end.</summary>
    private sealed class LateTensor(long[] shape, Func<TensorSource> find) : TensorSource(shape)
    {
        private TensorSource? found;

        public void Resolve() => found = find();

        public override void Read(Action<ReadOnlySpan<float>> sink) => found!.Read(sink);

        public override double[] ToDoubles() => found!.ToDoubles();
    }
}
