using System.Buffers.Binary;
using System.Text;

namespace ZfDecl.Data.Formats;

/// <summary>
/// Reads a pickle (protocols 0 … 5) of numbers, texts, bytes, lists, tuples, dictionaries and NumPy arrays, as CIFAR's batches for Python are, and of what else its reader understands, such as PyTorch's
/// tensors. Nothing of it is run: what it would call is one of a few names, which are understood, or an error.
/// </summary>
internal sealed class Pickle
{
    private static readonly object Mark = new();

    private readonly BinaryReader bytes;
    private readonly IPickleObjects? objects;
    private readonly List<object?> stack = [];
    private readonly Dictionary<long, object?> memo = [];

    private Pickle(BinaryReader bytes, IPickleObjects? objects) => (this.bytes, this.objects) = (bytes, objects);

    /// <summary>Reads the value of a file.</summary>
    /// <param name="content">The file, at the begin of the pickle; afterwards behind its end.</param>
    /// <param name="objects">What further objects it may hold; none where null.</param>
    /// <returns>long, double, bool, string (bytes of Python 2 and 3 as Latin-1), null, <c>List</c>, <c>object[]</c>, <c>OrderedDictionary</c> by text, <see cref="NumPyArray"/>, or what <paramref name="objects"/> makes.</returns>
    /// <exception cref="InvalidDataException">It is no such pickle, or damaged, or calls for more.</exception>
    public static object? Read(Stream content, IPickleObjects? objects = null)
    {
        using var reader = new BinaryReader(content, Encoding.UTF8, leaveOpen: true);
        try
        {
            return new Pickle(reader, objects).Run();
        }
        catch (Exception damage) when (damage is EndOfStreamException or ArgumentException or InvalidCastException or FormatException or OverflowException or NullReferenceException or IndexOutOfRangeException or KeyNotFoundException)
        {
            throw new InvalidDataException($"it ends early or is damaged ({damage.Message})", damage);
        }
    }

    private object? Run()
    {
        while (true)
        {
            var code = (char)bytes.ReadByte();
            switch (code)
            {
                case '.': return Pop();
                case '\x80': bytes.ReadByte(); break;                                   // PROTO
                case '\x95': bytes.ReadInt64(); break;                                  // FRAME
                case '(': Push(Mark); break;
                case '0': Pop(); break;
                case '1': PopMark(); break;
                case '2': Push(stack[^1]); break;
                case 'N': Push(null); break;
                case '\x88': Push(true); break;
                case '\x89': Push(false); break;
                case 'K': Push((long)bytes.ReadByte()); break;
                case 'M': Push((long)bytes.ReadUInt16()); break;
                case 'J': Push((long)bytes.ReadInt32()); break;
                case '\x8a': Push(Long(Take(bytes.ReadByte()))); break;                 // LONG1
                case 'I': Push(Line() switch { "00" => false, "01" => true, var text => (object)Whole(text) }); break;
                case 'L': Push(Whole(Line().TrimEnd('L'))); break;
                case 'G': Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8))); break;
                case 'F': Push(double.Parse(Line(), System.Globalization.CultureInfo.InvariantCulture)); break;
                case 'U' or 'C': Push(Encoding.Latin1.GetString(Take(bytes.ReadByte()))); break;
                case 'T' or 'B': Push(Encoding.Latin1.GetString(Take(bytes.ReadInt32()))); break;
                case '\x8e': Push(Encoding.Latin1.GetString(Take(bytes.ReadInt64()))); break;
                case 'X': Push(Encoding.UTF8.GetString(Take(bytes.ReadInt32()))); break;
                case '\x8c': Push(Encoding.UTF8.GetString(Take(bytes.ReadByte()))); break;
                case 'S': Push(PickleText.Unquoted(Line())); break;
                case 'V': Push(PickleText.Unescaped(Line())); break;
                case ']': Push(new List<object?>()); break;
                case '}': Push(new OrderedDictionary<string, object?>()); break;
                case ')': Push(Array.Empty<object?>()); break;
                case 'l': Push(new List<object?>(PopMark())); break;
                case 't': Push(PopMark()); break;
                case 'd': Push(Filled([], PopMark())); break;
                case '\x85' or '\x86' or '\x87': Push(PopMany(code - '\x84')); break;
                case 'a': { var value = Pop(); ((List<object?>)stack[^1]!).Add(value); break; }
                case 'e': { var values = PopMark(); ((List<object?>)stack[^1]!).AddRange(values); break; }
                case 's': { var pair = PopMany(2); Filled((OrderedDictionary<string, object?>)stack[^1]!, pair); break; }
                case 'u': { var pairs = PopMark(); Filled((OrderedDictionary<string, object?>)stack[^1]!, pairs); break; }
                case 'q': memo[bytes.ReadByte()] = stack[^1]; break;
                case 'r': memo[bytes.ReadUInt32()] = stack[^1]; break;
                case 'p': memo[Whole(Line())] = stack[^1]; break;
                case '\x94': memo[memo.Count] = stack[^1]; break;
                case 'h': Push(memo[bytes.ReadByte()]); break;
                case 'j': Push(memo[bytes.ReadUInt32()]); break;
                case 'g': Push(memo[Whole(Line())]); break;
                case 'c': Push(new PickleName($"{Line()}.{Line()}")); break;
                case '\x93': { var name = PopMany(2); Push(new PickleName($"{name[0]}.{name[1]}")); break; }
                case 'R' or '\x81': { var call = PopMany(2); Push(Called((PickleName)call[0]!, (object?[])call[1]!)); break; }
                case 'Q': Push(Stored(Pop())); break;                                   // BINPERSID
                case 'b': { var state = Pop(); stack[^1] = NumPyArray.WithState(stack[^1], state); break; }
                default: throw new InvalidDataException($"it holds the operation 0x{(int)code:X2}, which is none of plain data");
            }
        }
    }

    private static OrderedDictionary<string, object?> Filled(OrderedDictionary<string, object?> values, object?[] pairs)
    {
        for (var i = 0; i + 1 < pairs.Length; i += 2)
            values[pairs[i] as string ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(long)pairs[i]!}")] = pairs[i + 1];
        return values;
    }

    private object? Called(PickleName name, object?[] arguments) => objects is not null && objects.TryMake(name.Name, arguments, out var made) ? made : name.Called(arguments);

    private object? Stored(object? id) => objects is not null ? objects.Stored(id) : throw new InvalidDataException("it refers to what lies elsewhere");

    private static long Whole(string text) => long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static long Long(byte[] little) => little.Length <= 8 ? (long)new System.Numerics.BigInteger(little) : throw new InvalidDataException("it holds a number of more than 64 bits");

    private void Push(object? value) => stack.Add(value);

    private object? Pop() => PopMany(1)[0];

    private object?[] PopMany(int count)
    {
        var values = stack.GetRange(stack.Count - count, count).ToArray();
        stack.RemoveRange(stack.Count - count, count);
        return values;
    }

    private object?[] PopMark()
    {
        var values = PopMany(stack.Count - 1 - stack.LastIndexOf(Mark));
        Pop();
        return values;
    }

    private string Line()
    {
        var text = new StringBuilder();
        for (var character = bytes.ReadByte(); character != '\n'; character = bytes.ReadByte())
            text.Append((char)character);
        return text.ToString().TrimEnd('\r');
    }

    private byte[] Take(long count)
    {
        var left = bytes.BaseStream.Length - bytes.BaseStream.Position;
        return count >= 0 && count <= left ? bytes.ReadBytes((int)count) : throw new EndOfStreamException($"{count} bytes announced, {left} left");
    }
}
