using System.Buffers.Binary;
using System.Numerics;
using System.Text.Json;
using ZfDecl.Messages;
using static TorchSharp.torch;

namespace ZfDecl.Files;

/// <summary>
/// The table of contents of a safetensors file: 8 bytes length, little-endian, then that many bytes of JSON, then the data. Entries lie in the
/// order of their data, without gaps, to the end of the file. A seal stands in the metadata.
/// </summary>
internal sealed record SafeTensorsHeader(long DataStart, IReadOnlyList<SafeTensorsHeader.Entry> Entries, string? Seal = null)
{
    private const string Metadata = "__metadata__";
    private const int LongestHeader = 100_000_000;
    private const int MostDimensions = 8;

    private static readonly (string Name, ScalarType Type, int Size)[] Types =
    [
        ("F64", ScalarType.Float64, 8), ("I64", ScalarType.Int64, 8), ("F32", ScalarType.Float32, 4), ("I32", ScalarType.Int32, 4),
        ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>A tensor of the file; its data is bytes <paramref name="Begin"/> … <paramref name="End"/> from the start of the data.</summary>
    internal sealed record Entry(string Name, ScalarType Type, long[] Shape, long Begin, long End);

    /// <summary>Lays out tensors one after the other: wide types first, so that each begins at a multiple of its size, then by name.</summary>
    internal static SafeTensorsHeader LayOut(IEnumerable<(string Name, ScalarType Type, long[] Shape)> tensors)
    {
        var entries = new List<Entry>();
        var end = 0L;
        foreach (var (name, type, shape) in tensors.OrderByDescending(tensor => SizeOf(tensor.Type)).ThenBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            var begin = end;
            end += shape.Aggregate(1L, (count, side) => count * side) * SizeOf(type);
            entries.Add(new(name, type, shape, begin, end));
        }
        return new(0, entries);
    }

    /// <summary>The length and the JSON, padded with spaces so that the data begins at a multiple of 8.</summary>
    internal byte[] ToBytes(IReadOnlyDictionary<string, string>? metadata)
    {
        using var bytes = new MemoryStream();
        bytes.Write(stackalloc byte[8]);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (metadata is not null)
            {
                json.WriteStartObject(Metadata);
                foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            foreach (var entry in Entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", Array.Find(Types, type => type.Type == entry.Type).Name);
                WriteNumbers(json, "shape", entry.Shape);
                WriteNumbers(json, "data_offsets", [entry.Begin, entry.End]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        while (bytes.Length % 8 != 0)
            bytes.WriteByte((byte)' ');
        var header = bytes.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - 8);
        return header;
    }

    /// <summary>Reads and checks the table of contents.</summary>
    /// <param name="file">The file, of <paramref name="length"/> bytes, from its start on.</param>
    /// <param name="length">The length of the whole file.</param>
    /// <param name="path">The file's name, for errors.</param>
    /// <exception cref="ZfDeclException">ZF1201: the file is no well-formed safetensors file.</exception>
    internal static SafeTensorsHeader Parse(Func<long, int, byte[]> file, long length, string path)
    {
        if (length < 8)
            throw Malformed(path, $"it has {length} bytes, too few for the 8 bytes of the header's length");
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(file(0, 8));
        if (headerLength < 2 || headerLength > Math.Min(LongestHeader, length - 8))
            throw Malformed(path, $"its header claims {(ulong)headerLength} bytes, in a file of {length}");
        try
        {
            using var json = JsonDocument.Parse(file(8, (int)headerLength));
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw Malformed(path, $"its header is a JSON {json.RootElement.ValueKind}, not an object");
            var seal = json.RootElement.TryGetProperty(Metadata, out var metadata) && metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty(Files.Seal.Name, out var text) ? text : default;
            var entries = json.RootElement.EnumerateObject().Where(entry => !IsMetadata(entry, path)).Select(entry => ParseEntry(entry, path)).ToList();
            CheckPlaces(entries, length - 8 - headerLength, path);
            return new(8 + headerLength, entries, seal.ValueKind == JsonValueKind.String ? seal.GetString() : null);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string of the header is no valid UTF-8 or has half a surrogate pair.
            throw Malformed(path, $"its header is no valid JSON ({cause.Message})", cause);
        }
    }

    internal static bool Knows(ScalarType type) => Array.Exists(Types, known => known.Type == type);

    internal static ZfDeclException Malformed(string path, string finding, Exception? cause = null) =>
        new("ZF1201", $"'{path}' is not a well-formed safetensors file: {finding}. Make it again, or copy it again from where it came from", path, cause);

    private static int SizeOf(ScalarType type) => Array.Find(Types, known => known.Type == type).Size;

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static bool IsMetadata(JsonProperty entry, string path)
    {
        if (entry.Name != Metadata)
            return false;
        if (entry.Value.ValueKind != JsonValueKind.Object || entry.Value.EnumerateObject().Any(pair => pair.Value.ValueKind != JsonValueKind.String))
            throw Malformed(path, "its '__metadata__' is not an object of strings");
        return true;
    }

    private static Entry ParseEntry(JsonProperty property, string path)
    {
        var name = property.Name;
        if (property.Value.ValueKind != JsonValueKind.Object)
            throw Malformed(path, $"entry '{name}' is a JSON {property.Value.ValueKind}, not an object");
        if (!property.Value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String)
            throw Malformed(path, $"entry '{name}' has no 'dtype'");
        if (!Array.Exists(Types, known => known.Name == dtype.GetString()))
            throw Malformed(path, $"entry '{name}' has dtype '{dtype.GetString()}'; known are {string.Join(", ", Types.Select(known => known.Name))}");
        var type = Array.Find(Types, known => known.Name == dtype.GetString());
        var shape = Numbers(property, "shape", path);
        var offsets = Numbers(property, "data_offsets", path);
        if (shape.Length > MostDimensions)
            throw Malformed(path, $"entry '{name}' has {shape.Length} dimensions; at most {MostDimensions} are allowed");
        if (offsets.Length != 2 || offsets[1] < offsets[0])
            throw Malformed(path, $"entry '{name}' has data_offsets [{string.Join(", ", offsets)}]; wanted are its begin and its end");
        if (shape.Aggregate(new BigInteger(type.Size), (count, side) => count * Math.Max(side, 1)) > Array.MaxLength)
            throw Malformed(path, $"entry '{name}' has shape [{string.Join(", ", shape)}]; a tensor of at most {Array.MaxLength} bytes is read");
        var bytes = shape.Aggregate((long)type.Size, (count, side) => count * side);
        if (offsets[1] - offsets[0] != bytes)
            throw Malformed(path, $"entry '{name}' of shape [{string.Join(", ", shape)}] and dtype {type.Name} takes {bytes} bytes, but has {offsets[1] - offsets[0]}");
        return new(name, type.Type, shape, offsets[0], offsets[1]);
    }

    private static long[] Numbers(JsonProperty property, string key, string path)
    {
        if (!property.Value.TryGetProperty(key, out var array) || array.ValueKind != JsonValueKind.Array)
            throw Malformed(path, $"entry '{property.Name}' has no '{key}'");
        var numbers = new List<long>();
        foreach (var element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out var number) || number < 0)
                throw Malformed(path, $"entry '{property.Name}' has '{key}' {array.GetRawText()}; wanted are whole numbers from 0 on");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    private static void CheckPlaces(List<Entry> entries, long available, string path)
    {
        if (entries.GroupBy(entry => entry.Name).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Malformed(path, $"entry '{twice.Key}' is there {twice.Count()} times");
        var end = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.End > available)
                throw Malformed(path, $"entry '{entry.Name}' ends at byte {entry.End} of the data, of which the file has {available}");
            if (entry.Begin != end)
                throw Malformed(path, $"entry '{entry.Name}' begins at byte {entry.Begin} of the data, where the one before it ends at {end}");
            end = entry.End;
        }
        if (end != available)
            throw Malformed(path, $"its entries end at byte {end} of the data, of which the file has {available}");
    }
}
