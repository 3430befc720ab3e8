using System.Buffers.Binary;
using SkiaSharp;

namespace ZfDecl.Data.Decoding;

/// <summary>The first page of a TIFF file as its directory describes it (TIFF 6.0, §2 and §8), checked against the file's length before anything is decoded.</summary>
/// <param name="Size">Its size in the file.</param>
/// <param name="Origin">How it is to be turned.</param>
/// <param name="HasAlpha">Whether it has a channel of opacity.</param>
/// <param name="NextDirectory">Where in the file the place of the next page stands, 4 bytes.</param>
internal sealed record TiffHeader(SKSizeI Size, SKEncodedOrigin Origin, bool HasAlpha, long NextDirectory)
{
    private const int EntryLength = 12, MostEntries = 4096, MostValues = 1 << 22;

    private const ushort Width = 256, Height = 257, Bits = 258, Compression = 259, Photometric = 262, Offsets = 273, Orientation = 274, Samples = 277,
        Counts = 279, TileWidth = 322, ExtraSamples = 338, SampleFormat = 339;

    // Bytes of a value of each type, from 1 on.
    private static readonly int[] TypeLengths = [1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

    /// <summary>Reads the directory of the first page.</summary>
    /// <param name="file">The file, which can seek.</param>
    /// <param name="header">What it says; null where something is wrong.</param>
    /// <returns>What is wrong, which may be that the page is of a kind that is not decoded; null where nothing is.</returns>
    public static ImageProblem? Read(Stream file, out TiffHeader? header)
    {
        header = null;
        var start = new byte[8];
        if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
            return Damage("it ends in its header");
        var reader = new Reader(file, start[0] == 'I');
        var at = reader.UInt32(start.AsSpan(4));
        var count = reader.ReadUInt16(at);
        if (count is null or 0 or > MostEntries || at + 2L + EntryLength * count.Value + 4 > file.Length)
            return Damage("its directory lies outside of it");

        var tags = new Dictionary<ushort, long[]>();
        for (var i = 0; i < count; i++)
        {
            if (reader.ReadEntry(at + 2L + EntryLength * i) is not var (tag, values))
                return Damage("an entry of its directory lies outside of it");
            tags[tag] = values;
        }
        if (One(tags, Width) is not (> 0 and <= int.MaxValue and var width) || One(tags, Height) is not (> 0 and <= int.MaxValue and var height))
            return Damage("its directory says no size");
        if (Unsupported(tags) is { } kind)
            return ImageProblem.OfKind(kind);
        if (!IsWhole(tags, file.Length))
            return Damage("its pixels lie outside of it");
        var origin = One(tags, Orientation) is >= 1 and <= 8 and var turned ? (SKEncodedOrigin)turned : SKEncodedOrigin.TopLeft;
        header = new(new((int)width, (int)height), origin, tags.ContainsKey(ExtraSamples), at + 2L + EntryLength * count.Value);
        return null;
    }

    private static ImageProblem Damage(string what) => new("ZF1130", $"its header cannot be read ({what}): it is damaged or no image");

    /// <summary>The kind of page, in words, where it is not decoded; null where it is.</summary>
    private static string? Unsupported(Dictionary<ushort, long[]> tags)
    {
        var (bits, samples, photometric) = (tags.GetValueOrDefault(Bits) ?? [], One(tags, Samples) ?? 1, One(tags, Photometric));
        return (photometric, One(tags, Compression) ?? 1) switch
        {
            _ when tags.ContainsKey(TileWidth) => "TIFF in tiles",
            (5, _) => "CMYK TIFF",
            (8 or 9 or 10, _) => "CIELAB TIFF",
            (32803 or 34892, _) => "camera raw",
            (not (0 or 1 or 2 or 3 or 6), _) => $"TIFF of the colours {photometric}",
            (_, 2 or 3 or 4) => "TIFF compressed as fax",
            (_, 6) => "TIFF with JPEG of the old style",
            (_, not (1 or 5 or 7 or 8 or 32773 or 32946)) => $"TIFF compressed by the method {One(tags, Compression)}",
            (6, not 7) => "TIFF of luma and chroma without JPEG",
            _ when tags.GetValueOrDefault(SampleFormat) is { } format && format.Any(one => one != 1) => "TIFF of signed or floating-point values",
            _ when bits.Length == 0 => "TIFF that does not say its bits",
            _ when bits.Distinct().Count() > 1 || bits[0] is not (1 or 2 or 4 or 8 or 16) => $"TIFF of {string.Join('+', bits.Take(8))} bits",
            (0 or 1 or 3, _) when samples != 1 => "grey TIFF with further channels",
            (2 or 6, _) when samples is not (3 or 4) => $"TIFF of {samples} channels",
            _ => null,
        };
    }

    /// <summary>Whether all strips lie in the file.</summary>
    private static bool IsWhole(Dictionary<ushort, long[]> tags, long length) =>
        tags.GetValueOrDefault(Offsets) is { Length: > 0 } offsets && tags.GetValueOrDefault(Counts) is { } counts && counts.Length == offsets.Length
        && offsets.Zip(counts).All(strip => strip.First > 0 && strip.First + strip.Second <= length);

    private static long? One(Dictionary<ushort, long[]> tags, ushort tag) => tags.GetValueOrDefault(tag) is [var value, ..] ? value : null;

    /// <summary>Numbers in the file's own order of bytes.</summary>
    private sealed class Reader(Stream file, bool isLittle)
    {
        public uint UInt32(ReadOnlySpan<byte> bytes) => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

        public ushort? ReadUInt16(long at) => ReadAt(at, 2) is { } bytes ? UInt16(bytes) : null;

        /// <summary>A tag with its values, which are none where they are no whole numbers; null where they lie outside of the file, or are more than any picture has.</summary>
        public (ushort Tag, long[] Values)? ReadEntry(long at)
        {
            if (ReadAt(at, EntryLength) is not { } entry)
                return null;
            var (tag, type, count) = (UInt16(entry), UInt16(entry.AsSpan(2)), UInt32(entry.AsSpan(4)));
            if (type is 0 || type > TypeLengths.Length)
                return (tag, []);
            var length = count * (long)TypeLengths[type - 1];
            var place = length <= 4 ? at + 8 : UInt32(entry.AsSpan(8));
            if (place + length > file.Length)
                return null;
            var size = type switch { 1 => 1, 3 => 2, 4 => 4, _ => 0 };
            if (size == 0)
                return (tag, []);
            if (count > MostValues || ReadAt(place, (int)length) is not { } bytes)
                return null;
            return (tag, [.. Enumerable.Range(0, (int)count).Select(i => size switch { 1 => bytes[i], 2 => UInt16(bytes.AsSpan(2 * i)), _ => (long)UInt32(bytes.AsSpan(4 * i)) })]);
        }

        private ushort UInt16(ReadOnlySpan<byte> bytes) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

        private byte[]? ReadAt(long at, int count)
        {
            if (at + count > file.Length)
                return null;
            var bytes = new byte[count];
            file.Position = at;
            file.ReadExactly(bytes);
            return bytes;
        }
    }
}
