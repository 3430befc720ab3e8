using System.Buffers.Binary;
using SkiaSharp;

namespace ZfDecl.Tests.Data;

/// <summary>Puts EXIF with an orientation into files that have none.</summary>
internal static class ExifPictures
{
    /// <summary>A file that tells how the camera was held.</summary>
    /// <param name="image">A JPEG, PNG or WebP file without EXIF.</param>
    /// <param name="orientation">1 … 8, or what a damaged file may say.</param>
    public static byte[] WithOrientation(byte[] image, int orientation) => image[0] switch
    {
        0xFF => InJpeg(image, orientation),
        (byte)'R' => InWebp(image, orientation),
        _ => InPng(image, Chunk("eXIf", Exif(orientation))),
    };

    /// <summary>A TIFF header and a directory with another entry before the orientation's.</summary>
    public static byte[] Exif(int orientation, bool isLittle = false)
    {
        // 42, the first directory at 8; 2 entries of tag, type, count and value: 0x0103 compression SHORT 6, and 0x0112 orientation SHORT; no other directory.
        (int Value, int Bytes)[] numbers = [(42, 2), (8, 4), (2, 2), (0x0103, 2), (3, 2), (1, 4), (6, 2), (0, 2), (0x0112, 2), (3, 2), (1, 4), (orientation, 2), (0, 2), (0, 4)];
        var bytes = numbers.SelectMany(number => Enumerable.Range(0, number.Bytes).Select(i => (byte)(number.Value >> (8 * (isLittle ? i : number.Bytes - 1 - i)))));
        return [.. isLittle ? "II"u8 : "MM"u8, .. bytes];
    }

    /// <summary>A chunk of a PNG file: its length, name, content and checksum.</summary>
    public static byte[] Chunk(string name, byte[] content)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        System.Text.Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), PngChecksum.Of(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }

    /// <summary>A PNG file with a chunk put in: behind the header, which takes 33 bytes, or before the end, which takes 12.</summary>
    public static byte[] InPng(byte[] png, byte[] chunk, bool isLast = false)
    {
        var place = isLast ? png.Length - 12 : 33;
        return [.. png[..place], .. chunk, .. png[place..]];
    }

    private static byte[] InJpeg(byte[] jpeg, int orientation)
    {
        // APP1 behind the start: its length with that of the length itself, and a name.
        byte[] exif = [.. "Exif\0\0"u8, .. Exif(orientation)];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    private static byte[] InWebp(byte[] webp, int orientation)
    {
        // RIFF: a chunk that says that there is EXIF (0x08) and how large the picture is, the picture's own, and EXIF. All lengths are little-endian and even.
        using var codec = SKCodec.Create(new MemoryStream(webp));
        var (width, height, exif) = (codec.Info.Width - 1, codec.Info.Height - 1, Exif(orientation));
        byte[] content =
        [
            .. "WEBPVP8X"u8, 10, 0, 0, 0, 0x08, 0, 0, 0, (byte)width, (byte)(width >> 8), 0, (byte)height, (byte)(height >> 8), 0,
            .. webp[12..], .. "EXIF"u8, (byte)exif.Length, 0, 0, 0, .. exif,
        ];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        return [.. "RIFF"u8, .. length, .. content];
    }
}
