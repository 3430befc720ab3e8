using System.IO.MemoryMappedFiles;
using ZfDecl.Messages;
using static TorchSharp.torch;

namespace ZfDecl.Files;

/// <summary>
/// Tensors in a file of the safetensors format, which PyTorch, JAX and others read too. Reading one maps it into memory and checks all of its header
/// first; nothing in a file is ever executed.
/// </summary>
public static class SafeTensorsFile
{
    /// <summary>Writes tensors. The same tensors yield the same bytes, whatever their order.</summary>
    /// <param name="path">The file; an older one is replaced only when the new one is complete.</param>
    /// <param name="tensors">Dense tensors of any device and layout, by name; they are written contiguously. Not kept.</param>
    /// <param name="metadata">Strings to go with them.</param>
    /// <exception cref="ArgumentException">A name comes twice, or the format has no name for a tensor's type.</exception>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var byName = tensors.ToDictionary();
        if (byName.FirstOrDefault(tensor => !SafeTensorsHeader.Knows(tensor.Value.dtype)) is { Value: not null } strange)
            throw new ArgumentException($"tensor '{strange.Key}' is of type {strange.Value.dtype}, which safetensors has no name for", nameof(tensors));
        var header = SafeTensorsHeader.LayOut(byName.Select(tensor => (tensor.Key, tensor.Value.dtype, tensor.Value.shape)));
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header.ToBytes(metadata));
            foreach (var entry in header.Entries.Where(entry => entry.End > entry.Begin))
            {
                using var scope = NewDisposeScope();
                var dense = byName[entry.Name].detach().cpu().contiguous();
                stream.Write(dense.bytes);
                GC.KeepAlive(dense);
            }
        });
    }

    /// <summary>Reads every tensor of a file.</summary>
    /// <returns>Contiguous tensors on the CPU, by name; the caller disposes them.</returns>
    /// <exception cref="ZfDeclException">ZF1201: the file is malformed; ZF1202: it is not there or cannot be read.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path) => Map(path, (header, view) =>
    {
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
            throw new ZfDeclException("ZF1202", $"cannot read '{path}': {cause.Message}", path, cause);
        }
    }

    private static byte[] Bytes(MemoryMappedViewAccessor view, long start, int count)
    {
        var bytes = new byte[count];
        view.SafeMemoryMappedViewHandle.ReadSpan((ulong)start, bytes.AsSpan());
        return bytes;
    }
}
