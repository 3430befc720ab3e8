using Google.Protobuf;
using Microsoft.Win32.SafeHandles;
using ZfDecl.Files;
using ZfDecl.Interchange.Onnx.Proto;
using ZfDecl.Interchange.Problems;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Onnx;

/// <summary>An ONNX model: its structure in memory, its large tensors in the file, or in files beside it, until they are read.</summary>
internal sealed class OnnxFile : IDisposable
{
    private const int Float = 1, External = 1;

    private static readonly Dictionary<int, ElementType> Types = new()
    {
        [Float] = ElementType.Float32,
        [2] = ElementType.UInt8,
        [3] = ElementType.Int8,
        [4] = ElementType.UInt16,
        [5] = ElementType.Int16,
        [6] = ElementType.Int32,
        [7] = ElementType.Int64,
        [9] = ElementType.Boolean,
        [10] = ElementType.Float16,
        [11] = ElementType.Float64,
        [12] = ElementType.UInt32,
        [13] = ElementType.UInt64,
        [16] = ElementType.BFloat16,
    };

    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly Dictionary<string, SafeFileHandle> beside = [];

    private OnnxFile(string path, SafeFileHandle file, ModelProto model) => (this.path, this.file, Model) = (path, file, model);

    /// <summary>The structure.</summary>
    public ModelProto Model { get; }

    /// <summary>Opens a model.</summary>
    /// <exception cref="ZfDeclException">ZF1602: it is damaged, or no ONNX model; ZF1202: it cannot be read.</exception>
    public static OnnxFile Open(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            using var stream = RegularFile.Open(path, long.MaxValue, Path.GetPathRoot(path));
            var model = ModelProto.Parser.ParseFrom(TensorScan.Read(stream, ModelParts.Model));
            if (model.Graph is null || model.Graph.Node.Count == 0 || model.OpsetImport.Count == 0)
                throw Damaged(path, "it holds no graph of operators");
            return new(path, File.OpenHandle(path), model);
        }
        catch (Exception cause) when (cause is InvalidDataException or InvalidProtocolBufferException or EndOfStreamException)
        {
            throw Damaged(path, cause.Message, cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotRead(path, cause, "name another file");
        }
    }

    public static ZfDeclException Damaged(string path, string finding, Exception? cause = null) =>
        new("ZF1602", $"'{path}' is not a whole ONNX model: {finding}. Export it again, or copy it again from where it came from", path, cause);

    /// <summary>The values of a tensor.</summary>
    /// <exception cref="ZfDeclException">ZF1602: its data does not fit its shape; ZF1604: the file beside the model that it should be in is not there, too short, or elsewhere.</exception>
    /// <exception cref="NotDeclarableException">It holds texts, or numbers of a kind that no weights have.</exception>
    public (TensorSource Values, bool IsInteger) Read(TensorProto tensor)
    {
        if (!Types.TryGetValue(tensor.DataType, out var type))
            throw new NotDeclarableException($"tensor '{tensor.Name}' holds values of type {tensor.DataType}", "quantised and text values have no counterpart: export with float weights");
        long[] shape = [.. tensor.Dims];
        if (shape.Any(side => side < 0) || shape.Where(side => side > 0).Aggregate(1.0, (count, side) => count * side) > Array.MaxLength)
            throw Damaged(path, $"tensor '{tensor.Name}' has shape [{string.Join(", ", shape)}]");
        var count = TensorSource.Product(shape);
        if (tensor.DataLocation == External)
            return (Beside(tensor, type, shape, count * type.Size()), type.IsInteger());
        if (tensor.HasFileOffset)
            return (Length(tensor.FileLength, count * type.Size(), () => new StoredTensor(file, tensor.FileOffset, type, shape)), type.IsInteger());
        if (tensor.RawData.Length > 0 || count == 0)
            return (Length(tensor.RawData.Length, count * type.Size(), () => Converted(tensor.RawData.Span, type, shape)), type.IsInteger());
        double[] listed = type switch
        {
            ElementType.Float32 => [.. tensor.FloatData.Select(value => (double)value)],
            ElementType.Float64 => [.. tensor.DoubleData],
            ElementType.Int64 => [.. tensor.Int64Data.Select(value => (double)value)],
            ElementType.UInt32 or ElementType.UInt64 => [.. tensor.Uint64Data.Select(value => (double)value)],
            ElementType.Float16 => [.. tensor.Int32Data.Select(value => (double)BitConverter.UInt16BitsToHalf((ushort)value))],
            ElementType.BFloat16 => [.. tensor.Int32Data.Select(value => (double)BitConverter.Int32BitsToSingle(value << 16))],
            _ => [.. tensor.Int32Data.Select(value => (double)value)],
        };
        return (Length(listed.Length, count, () => new ArrayTensor(listed, shape)), type.IsInteger());

        TensorSource Length(long found, long wanted, Func<TensorSource> read) => found == wanted ? read()
            : throw Damaged(path, $"tensor '{tensor.Name}' of shape [{string.Join(", ", shape)}] needs {wanted}, but has {found} values or bytes");
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        file.Dispose();
        foreach (var other in beside.Values)
            other.Dispose();
    }

    private static ArrayTensor Converted(ReadOnlySpan<byte> bytes, ElementType type, long[] shape)
    {
        var values = new double[bytes.Length / type.Size()];
        type.Convert(bytes, values);
        return new(values, shape);
    }

    private StoredTensor Beside(TensorProto tensor, ElementType type, long[] shape, long length)
    {
        var entries = tensor.ExternalData.GroupBy(entry => entry.Key).ToDictionary(same => same.Key, same => same.Last().Value);
        var location = entries.GetValueOrDefault("location", "");
        var folder = Path.GetDirectoryName(path)!;
        var other = Path.GetFullPath(Path.Combine(folder, location));
        if (location.Length == 0 || Path.IsPathRooted(location) || Path.GetRelativePath(folder, other).Split(Path.DirectorySeparatorChar)[0] is ".." or "." || RegularFile.LeadsOut(other, folder))
            throw Missing(tensor, $"they should lie in '{location}', which is not below the model's folder. Weights beside a model are read from its own folder alone");
        if (!File.Exists(other))
            throw Missing(tensor, $"they should lie in '{other}', which is not there. Put it beside the model");
        var (offset, stated) = (Number("offset", 0), Number("length", length));
        if (stated != length || offset < 0 || offset > new FileInfo(other).Length - length)
            throw Missing(tensor, $"{length} bytes of '{other}' from byte {offset} on are not there: it has {new FileInfo(other).Length}. Copy both files again, from one export");
        if (!beside.TryGetValue(other, out var handle))
            beside[other] = handle = File.OpenHandle(other);
        return new(handle, offset, type, shape);

        long Number(string key, long none) => !entries.TryGetValue(key, out var text) ? none : long.TryParse(text, out var number) ? number : throw Damaged(path, $"tensor '{tensor.Name}' has the {key} '{text}'");
    }

    private ZfDeclException Missing(TensorProto tensor, string finding) => new("ZF1604", $"the values of tensor '{tensor.Name}' are not in '{path}': {finding}", path);
}
