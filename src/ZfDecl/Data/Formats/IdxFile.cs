using System.Buffers.Binary;
using System.IO.Compression;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Data.Formats;

/// <summary>One file in the IDX form of MNIST: a magic number, the sizes as big-endian int32, then the values; gzip-compressed or not.</summary>
/// <param name="Sizes">The sizes, the slowest first.</param>
/// <param name="Values">Unsigned bytes, as many as the sizes multiplied.</param>
internal sealed record IdxFile(int[] Sizes, byte[] Values)
{
    // Deflate spends at least one bit on a pair of 258 bytes: nothing expands further.
    private const long LargestExpansion = 1032;
    private const int UnsignedBytes = 0x08;
    private const int FirstBlock = 64 << 20;

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="ranks">How many sizes it may have.</param>
    /// <exception cref="ZfDeclException">The file is no such file, or damaged (ZF1111 … ZF1115).</exception>
    public static IdxFile Read(string path, params int[] ranks)
    {
        using var file = RegularFile.OpenInput(path, RegularFile.LargestArray);
        return Read(file, path, ranks);
    }

    /// <summary>Reads a whole file that is open.</summary>
    /// <param name="file">Its bytes; it can seek, and stands at its begin. It is closed.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="ranks">How many sizes it may have.</param>
    /// <exception cref="ZfDeclException">The file is no such file, or damaged (ZF1111 … ZF1115).</exception>
    public static IdxFile Read(Stream file, string path, params int[] ranks)
    {
        var zipped = IsZipped(file, path);
        using var content = zipped ? (Stream)new GZipStream(file, CompressionMode.Decompress) : file;
        var rank = ReadMagic(content, path, ranks);
        var sizes = ReadSizes(content, path, rank);

        var count = CheckedCount(sizes, path, zipped ? file.Length * LargestExpansion : Array.MaxLength);
        if (!zipped && count > file.Length - file.Position)
            throw Truncated(file.Length - file.Position, count, ValuesOf(sizes), path);
        // Before anything is decompressed: what a header claims is worth no memory.
        if (zipped && count > FirstBlock)
            CheckZippedLength(file, path, 4 + 4 * rank + (long)count);
        var values = ReadValues(content, count, path, ValuesOf(sizes));
        CheckEnd(content, path);
        if (zipped)
            CheckZippedLength(file, path, 4 + 4 * rank + (long)count);
        return new(sizes, values);
    }

    private static bool IsZipped(Stream file, string path)
    {
        Span<byte> start = stackalloc byte[2];
        var found = file.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        file.Position = 0;
        if (found == 2 && start is [0x1F, 0x8B])
            return true;
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            throw new ZfDeclException("ZF1111", "is not gzip-compressed although its name says so: "
                + $"it begins with 0x{Convert.ToHexString(start[..found])}, gzip with 0x1F8B; "
                + "download it again, or take .gz off its name if it was decompressed", path);
        return false;
    }

    private static int ReadMagic(Stream content, string path, int[] ranks)
    {
        Span<byte> magic = stackalloc byte[4];
        Fill(content, magic, path, "of its magic number");
        if (magic is [0, 0, UnsignedBytes, var rank] && ranks.Contains(rank))
            return rank;
        var allowed = string.Join(" or ", ranks.Select(rank => $"0x0000{UnsignedBytes:X2}{rank:X2}"));
        throw new ZfDeclException("ZF1113", $"begins with the magic number 0x{Convert.ToHexString(magic)}, expected {allowed} "
            + "(unsigned bytes in IDX form); check that images and labels are not mixed up", path);
    }

    private static int[] ReadSizes(Stream content, string path, int rank)
    {
        Span<byte> header = stackalloc byte[4 * rank];
        Fill(content, header, path, "of its sizes");
        var sizes = new int[rank];
        for (var i = 0; i < rank; i++)
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header[(4 * i)..]);
        return sizes;
    }

    /// <summary>The number of values, where the file can hold them at all: a damaged header must not make us ask for the memory.</summary>
    private static int CheckedCount(int[] sizes, string path, long capacity)
    {
        Int128 count = 1;
        foreach (var size in sizes)
            count *= size;
        if (sizes.Any(size => size < 1) || count > Array.MaxLength || count > capacity)
            throw new ZfDeclException("ZF1114", $"says in its header that it holds {string.Join("×", sizes)} = {count} bytes of values, "
                + $"but a file of its length holds 1 … {Math.Min(capacity, Array.MaxLength)}: the header is damaged or the file truncated; "
                + "download or copy it again", path);
        return (int)count;
    }

    /// <summary>The values, in an array that grows with what is found.</summary>
    private static byte[] ReadValues(Stream content, int count, string path, string what)
    {
        var values = new byte[Math.Min(count, FirstBlock)];
        Fill(content, values, path, what, count);
        while (values.Length < count)
        {
            var found = values.Length;
            Array.Resize(ref values, (int)Math.Min(count, 2L * found));
            Fill(content, values.AsSpan(found), path, what, count, found);
        }
        return values;
    }

    /// <param name="content">Where they come from.</param>
    /// <param name="bytes">Filled.</param>
    /// <param name="path">The file.</param>
    /// <param name="what">What they are a part of, in words.</param>
    /// <param name="all">How many bytes that has; as many as are filled where omitted.</param>
    /// <param name="before">How many of them were read before.</param>
    private static void Fill(Stream content, Span<byte> bytes, string path, string what, int? all = null, int before = 0)
    {
        var found = 0;
        try
        {
            while (found < bytes.Length && content.Read(bytes[found..]) is > 0 and var read)
                found += read;
        }
        catch (InvalidDataException damage)
        {
            throw new ZfDeclException("ZF1112", $"cannot be decompressed after {before + found} of {all ?? bytes.Length} bytes {what}: it is truncated or damaged; "
                + "download or copy it again", path, damage);
        }
        if (found < bytes.Length)
            throw Truncated(before + found, all ?? bytes.Length, what, path);
    }

    /// <summary>The last four bytes of a gzip file are the length of its content: without them it was cut just after the last value.</summary>
    private static void CheckZippedLength(Stream file, string path, long expected)
    {
        Span<byte> length = stackalloc byte[4];
        var position = file.Position;
        file.Seek(-4, SeekOrigin.End);
        file.ReadExactly(length);
        file.Position = position;
        if (BinaryPrimitives.ReadUInt32LittleEndian(length) != (uint)expected)
            throw new ZfDeclException("ZF1112", $"is truncated: it does not end with the length of its content, {expected} bytes; "
                + "download or copy it again", path);
    }

    private static string ValuesOf(int[] sizes) => $"of its {string.Join("×", sizes)} values";

    private static ZfDeclException Truncated(long found, long expected, string what, string path) =>
        new("ZF1112", $"is truncated: it ends after {found} of {expected} bytes {what}; download or copy it again", path);

    private static void CheckEnd(Stream content, string path)
    {
        try
        {
            if (content.ReadByte() < 0)
                return;
        }
        catch (InvalidDataException damage)
        {
            throw new ZfDeclException("ZF1112", "decompresses to other bytes than were compressed (its checksum differs): it is damaged; "
                + "download or copy it again", path, damage);
        }
        throw new ZfDeclException("ZF1115", "goes on after the values that its header announces: "
            + "the header or the file is damaged; download it again", path);
    }
}
