using System.Text;

namespace ZfDecl.Data.Formats;

/// <summary>What a pickle calls: a name, which is never looked up, but understood where it makes plain data.</summary>
/// <param name="Name">With its module, such as <c>numpy.core.multiarray._reconstruct</c>.</param>
internal sealed record PickleName(string Name)
{
    /// <summary>What the call makes.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidDataException">It is not one of those that make plain data.</exception>
    public object? Called(object?[] arguments) => (Name, arguments) switch
    {
        ("numpy.core.multiarray._reconstruct" or "numpy._core.multiarray._reconstruct", _) => new NumPyArray([], []),
        ("numpy.dtype", [string type, ..]) => type,
        // Bytes of Python 3 in a pickle for Python 2: a text and its encoding.
        ("_codecs.encode", [string text, string]) => text,
        ("collections.OrderedDict", []) => new OrderedDictionary<string, object?>(),
        ("builtins.bytearray" or "__builtin__.bytearray", [string content, ..]) => content,
        ("numpy.core.numeric._frombuffer" or "numpy._core.numeric._frombuffer", [string content, string, object?[] shape, ..]) => new NumPyArray([.. shape.Select(size => (long)size!)], Encoding.Latin1.GetBytes(content)),
        _ => throw new InvalidDataException($"it would call {Name}, which no plain data needs; nothing was run"),
    };
}
