using System.Text;

namespace ZfDecl.Data.Formats;

/// <summary>A NumPy array of bytes.</summary>
/// <param name="Sizes">Its sizes, the slowest first.</param>
/// <param name="Values">As many as the sizes multiplied.</param>
internal sealed record NumPyArray(long[] Sizes, byte[] Values)
{
    /// <summary>The array, or type, with the state that a pickle sets: version, sizes, type, whether columns come first, bytes.</summary>
    /// <exception cref="InvalidDataException">It is of another type, or in Fortran's order.</exception>
    public static object? WithState(object? made, object? state)
    {
        if (made is not NumPyArray)
            return made;
        if (state is not object?[] { Length: 5 } parts || parts[1] is not object?[] sizes || parts[2] is not ("u1" or "|u1" or "B" or "uint8") || parts[3] is true or 1L || parts[4] is not string values)
            throw new InvalidDataException("it holds an array of another type than uint8");
        var shape = Array.ConvertAll(sizes, size => (long)size!);
        return shape.Aggregate(1L, (product, size) => product * size) == values.Length ? new NumPyArray(shape, Encoding.Latin1.GetBytes(values)) : throw new InvalidDataException("it holds an array whose sizes are not those of its values");
    }
}
