using System.Buffers.Binary;
using SkiaSharp;

namespace ZfDecl.Data.Decoding;

/// <summary>The header of a TGA file (Truevision TGA 2.0), checked before anything is decoded.</summary>
/// <param name="Size">The size of the picture.</param>
/// <param name="HasAlpha">Whether it has a channel of opacity.</param>
internal sealed record TgaHeader(SKSizeI Size, bool HasAlpha)
{
    private const int Length = 18, FirstPacked = 9;

    /// <summary>Reads the header.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">What it says; null where something is wrong.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static ImageProblem? Read(Stream file, out TgaHeader? header)
    {
        header = null;
        var bytes = new byte[Length];
        if (file.ReadAtLeast(bytes, Length, throwOnEndOfStream: false) < Length)
            return Damage("it ends in its header");
        var (type, depth, alphaBits) = (bytes[2], bytes[16], bytes[17] & 0x0F);
        var (colours, colourBits) = (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(5)), bytes[7]);
        var (width, height) = (BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(12)), BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(14)));
        var isMapped = type is 1 or FirstPacked;
        if (width == 0 || height == 0 || (isMapped ? colours == 0 || depth is not (8 or 16) || colourBits is not (15 or 16 or 24 or 32) : depth is not (8 or 15 or 16 or 24 or 32)))
            return Damage($"{width}×{height} pixels of {depth} bits");
        var data = Length + bytes[0] + (bytes[1] == 1 ? colours * ((colourBits + 7L) / 8) : 0);
        if (data + (type < FirstPacked ? (long)width * height * ((depth + 7) / 8) : 1) > file.Length)
            return Damage($"it is shorter than {width}×{height} pixels of {depth} bits");
        header = new(new(width, height), alphaBits > 0);
        return null;
    }

    private static ImageProblem Damage(string what) => new("ZF1130", $"its header cannot be read ({what}): it is damaged or no image");
}
