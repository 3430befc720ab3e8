using System.Buffers.Binary;
using SkiaSharp;

namespace ZfDecl.Data.Decoding;

/// <summary>The orientation in a block of EXIF, which is laid out as a TIFF file (EXIF 2.32, §4.6.4; TIFF 6.0, §2).</summary>
internal static class ExifOrientation
{
    private const ushort Tag = 0x0112, Short = 3;
    private const int EntryLength = 12;

    /// <summary>Finds the orientation among the entries of the first directory.</summary>
    /// <param name="exif">From the mark of the byte order on: "II" or "MM", 42, and where the first directory begins.</param>
    /// <returns>The orientation; <see cref="SKEncodedOrigin.TopLeft"/> where there is none, or none that EXIF knows.</returns>
    public static SKEncodedOrigin Of(ReadOnlySpan<byte> exif)
    {
        var isLittle = exif.StartsWith("II*\0"u8);
        if (exif.Length < 8 || (!isLittle && !exif.StartsWith("MM\0*"u8)))
            return SKEncodedOrigin.TopLeft;
        var start = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]) : BinaryPrimitives.ReadUInt32BigEndian(exif[4..]);
        if (start > exif.Length - 2)
            return SKEncodedOrigin.TopLeft;
        var directory = exif[(int)start..];
        int entries = Number(directory, isLittle);
        for (directory = directory[2..]; entries > 0 && directory.Length >= EntryLength; entries--, directory = directory[EntryLength..])
        {
            // An entry is a tag, the type of its values, how many there are (4 bytes), and the value.
            if (Number(directory, isLittle) == Tag && Number(directory[2..], isLittle) == Short && Number(directory[8..], isLittle) is >= 1 and <= 8 and var origin)
                return (SKEncodedOrigin)origin;
        }
        return SKEncodedOrigin.TopLeft;
    }

    private static ushort Number(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
