using ZfDecl.Data.Formats;
using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Weights;

/// <summary>The objects of PyTorch that a file of weights consists of: tensors, which are views of storages. Whatever else a pickle would make is refused.</summary>
/// <param name="open">Makes the values of a part of a storage: the storage, where the part begins in it, the shape, and the steps of the axes.</param>
internal sealed class TorchObjects(Func<TorchStorage, long, long[], long[], TensorSource> open) : IPickleObjects
{
    private const int MostDimensions = 8, MostSpread = 64;

    private const long MostValues = 1L << 40;

    private static readonly Dictionary<string, ElementType> Types = new()
    {
        ["torch.FloatStorage"] = ElementType.Float32,
        ["torch.DoubleStorage"] = ElementType.Float64,
        ["torch.HalfStorage"] = ElementType.Float16,
        ["torch.BFloat16Storage"] = ElementType.BFloat16,
        ["torch.LongStorage"] = ElementType.Int64,
        ["torch.IntStorage"] = ElementType.Int32,
        ["torch.ShortStorage"] = ElementType.Int16,
        ["torch.CharStorage"] = ElementType.Int8,
        ["torch.ByteStorage"] = ElementType.UInt8,
        ["torch.BoolStorage"] = ElementType.Boolean,
    };

    /// <summary>The storages that the pickle refers to, by key.</summary>
    public OrderedDictionary<string, TorchStorage> Storages { get; } = [];

    public bool TryMake(string name, object?[] arguments, out object? made)
    {
        (var known, made) = (name, arguments) switch
        {
            ("torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_tensor", [TorchStorage storage, long offset, object?[] size, object?[] stride, ..]) => (true, (object?)Tensor(storage, offset, Numbers(size), Numbers(stride))),
            ("torch._utils._rebuild_parameter" or "torch.nn.parameter.Parameter", [TensorSource tensor, ..]) => (true, tensor),
            ("torch.Size", [object?[] size]) => (true, size),
            ("torch.device", _) => (true, null),
            ("builtins.set" or "__builtin__.set", [var members]) => (true, members),
            // A number of NumPy's, such as the best accuracy so far.
            ("numpy.core.multiarray.scalar" or "numpy._core.multiarray.scalar", [_, string]) => (true, null),
            _ => (false, null),
        };
        return known;
    }

    public object? Stored(object? id)
    {
        if (id is not object?[] and not List<object?> || (id as object?[] ?? [.. (List<object?>)id]) is not ["storage", PickleName type, string key, string, long count, ..] parts)
            throw new InvalidDataException("it refers to something that is no storage of numbers");
        if (!Types.TryGetValue(type.Name, out var element))
            throw new InvalidDataException($"it holds numbers of the kind {type.Name}, which no weights are; convert them to float32");
        if (count is < 0 or > MostValues || parts is [_, _, _, _, _, not null, ..])
            throw new InvalidDataException($"storage '{key}' of {count} values is a view of another one, or damaged");
        if (!Storages.TryGetValue(key, out var storage))
            Storages[key] = storage = new(key, element, count);
        return storage.Type == element && storage.Count == count ? storage : throw new InvalidDataException($"storage '{key}' is {storage.Count} and {count} values at once");
    }

    /// <summary>A tensor that lies in its storage.</summary>
    private TensorSource Tensor(TorchStorage storage, long offset, long[] size, long[] stride)
    {
        if (size.Length != stride.Length || size.Length > MostDimensions || size.Concat(stride).Append(offset).Any(number => number is < 0 or > int.MaxValue))
            throw new InvalidDataException($"a tensor is [{string.Join(", ", size)}] with steps [{string.Join(", ", stride)}]");
        var last = size.Contains(0) ? 0 : checked(offset + 1 + size.Zip(stride, (side, step) => (side - 1) * step).Sum());
        // A tensor that repeats its values takes more memory than the file has: none of a network's is one.
        if (last > storage.Count || TensorSource.Product(size) > storage.Count)
            throw new InvalidDataException($"a tensor [{string.Join(", ", size)}] reaches beyond its storage of {storage.Count} values");
        if (last - offset > MostSpread * Math.Max(TensorSource.Product(size), 1024))
            throw new InvalidDataException($"a tensor [{string.Join(", ", size)}] is spread over {last - offset} values of its storage; save it with 'contiguous()'");
        return open(storage, offset, size, stride);
    }

    private static long[] Numbers(object?[] values) => Array.ConvertAll(values, value => (long)value!);
}
