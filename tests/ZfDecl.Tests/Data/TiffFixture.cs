using System.Buffers.Binary;

namespace ZfDecl.Tests.Data;

/// <summary>Writes small TIFF files, entry by entry (TIFF 6.0, §2): one strip, no compression where nothing else is said.</summary>
internal sealed class TiffFixture(int width, int height)
{
    private readonly SortedDictionary<ushort, (ushort Type, uint[] Values)> entries = new()
    {
        [256] = (4, [(uint)width]),
        [257] = (4, [(uint)height]),
        [259] = (3, [1]),
        [278] = (4, [(uint)height]),
    };

    /// <summary>Sets an entry of short (2 byte) values.</summary>
    public TiffFixture With(ushort tag, params uint[] values)
    {
        entries[tag] = (3, values);
        return this;
    }

    /// <summary>Grey of so many bits.</summary>
    public static TiffFixture Grey(int width, int height, uint bits = 8) => new TiffFixture(width, height).With(258, bits).With(262, 1).With(277, 1);

    /// <summary>Red, green and blue of so many bits.</summary>
    public static TiffFixture Rgb(int width, int height, uint bits = 8) => new TiffFixture(width, height).With(258, bits, bits, bits).With(262, 2).With(277, 3);

    /// <summary>The file.</summary>
    /// <param name="pixels">The strip.</param>
    /// <param name="next">Where the next page's directory is.</param>
    public byte[] Bytes(byte[] pixels, uint next = 0)
    {
        entries[273] = (4, [8]);
        entries[279] = (4, [(uint)pixels.Length]);
        var file = new MemoryStream();
        file.Write("II*\0"u8);
        var extra = 8 + (uint)pixels.Length + (uint)(pixels.Length & 1);
        var outside = entries.Values.Where(entry => Size(entry) > 4).ToArray();
        Write(file, extra + (uint)outside.Sum(Size));
        file.Write(pixels);
        if ((pixels.Length & 1) == 1)
            file.WriteByte(0);
        foreach (var entry in outside)
            WriteValues(file, entry);
        Write(file, (ushort)entries.Count);
        foreach (var (tag, entry) in entries)
        {
            Write(file, tag);
            Write(file, entry.Type);
            Write(file, (uint)entry.Values.Length);
            if (Size(entry) > 4)
            {
                Write(file, extra);
                extra += (uint)Size(entry);
                continue;
            }
            WriteValues(file, entry);
            file.Write(new byte[4 - Size(entry)]);
        }
        Write(file, next);
        return file.ToArray();
    }

    private static int Size((ushort Type, uint[] Values) entry) => entry.Values.Length * (entry.Type == 3 ? 2 : 4);

    private static void WriteValues(Stream file, (ushort Type, uint[] Values) entry)
    {
        foreach (var value in entry.Values)
        {
            if (entry.Type == 3)
                Write(file, (ushort)value);
            else
                Write(file, value);
        }
    }

    private static void Write(Stream file, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        file.Write(bytes);
    }

    private static void Write(Stream file, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        file.Write(bytes);
    }
}
