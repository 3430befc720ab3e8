using System.Buffers.Binary;
using SkiaSharp;

namespace ZfDecl.Data.Decoding;

/// <summary>
/// How the camera was held, as a PNG file tells it: in its <c>eXIf</c> chunk (PNG, third edition, §11.3.3.4), anywhere before the end. Of a chunk that is damaged, or that
/// says nothing of it, the picture is as it is in the file.
/// </summary>
internal static class PngOrientation
{
    private const int SignatureLength = 8, HeaderLength = 8, ChecksumLength = 4;

    /// <summary>Longer chunks are not read: EXIF in a JPEG has 64 KiB at most.</summary>
    private const int LongestExif = 1 << 20;

    /// <summary>Reads the orientation of a PNG file; of its pixels nothing is read.</summary>
    public static SKEncodedOrigin Of(ImageFile picture)
    {
        try
        {
            using var file = picture.OpenRead();
            return Of(file);
        }
        catch (IOException)
        {
            return SKEncodedOrigin.TopLeft;
        }
    }

    /// <summary>Goes from chunk to chunk: each is a length, four letters, as many bytes, and the checksum of letters and bytes. Lengths are big-endian.</summary>
    private static SKEncodedOrigin Of(Stream file)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        for (long next = SignatureLength; next <= file.Length - HeaderLength - ChecksumLength;)
        {
            file.Position = next;
            file.ReadExactly(header);
            var length = BinaryPrimitives.ReadUInt32BigEndian(header);
            next += HeaderLength + length + ChecksumLength;
            var type = header[4..];
            if (type.SequenceEqual("IEND"u8))
                break;
            if (!type.SequenceEqual("eXIf"u8) || length > LongestExif || next > file.Length)
                continue;
            var chunk = new byte[type.Length + length + ChecksumLength];
            type.CopyTo(chunk);
            file.ReadExactly(chunk.AsSpan(type.Length));
            var content = chunk.AsSpan(0, chunk.Length - ChecksumLength);
            if (Checksum(content) == BinaryPrimitives.ReadUInt32BigEndian(chunk.AsSpan(content.Length)))
                return ExifOrientation.Of(content[type.Length..]);
        }
        return SKEncodedOrigin.TopLeft;
    }

    /// <summary>CRC-32 as PNG defines it (Annex D), bit by bit.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ ((sum & 1) * 0xEDB88320);
        }
        return ~sum;
    }
}
