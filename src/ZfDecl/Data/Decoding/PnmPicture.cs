using System.Buffers.Binary;
using System.Globalization;
using SkiaSharp;

namespace ZfDecl.Data.Decoding;

/// <summary>
/// A picture of the Netpbm kinds PBM, PGM and PPM, as text (P1 … P3) or as bytes (P4 … P6), of which the first is read; a value v of at most m becomes 255 · v / m.
/// It is not ImageSharp's decoder, which takes 16 bits in the wrong order and does not scale all m.
/// </summary>
internal sealed class PnmPicture : EncodedPicture
{
    private const int LargestValue = 65535, LongestNumber = 10;

    private readonly ImageFile file;
    private readonly int kind;
    private readonly int largest;

    private PnmPicture(ImageFile file, int kind, SKSizeI size, int largest) => (this.file, this.kind, Size, this.largest) = (file, kind, size, largest);

    /// <inheritdoc/>
    public override SKSizeI Size { get; }

    /// <inheritdoc/>
    public override SKEncodedOrigin Origin => SKEncodedOrigin.TopLeft;

    /// <inheritdoc/>
    public override bool IsOpaque => true;

    private bool IsBits => kind is 1 or 4;

    private int Channels => kind is 3 or 6 ? 3 : 1;

    /// <inheritdoc cref="EncodedPicture.Open"/>
    public static ImageProblem? OpenPnm(ImageFile file, out EncodedPicture? picture)
    {
        picture = null;
        using var content = new BufferedStream(file.OpenRead());
        var problem = Header(file, content, out var found);
        if (found is null)
            return problem;
        // Of a picture as text, a value takes a digit at least.
        var row = found.kind switch { 4 => (found.Size.Width + 7L) / 8, 5 or 6 => (long)found.Size.Width * found.Channels * (found.largest > 255 ? 2 : 1), _ => (long)found.Size.Width * found.Channels };
        if (content.Position + row * found.Size.Height > content.Length)
            return Damage($"it is shorter than {found.Size.Width}×{found.Size.Height} pixels");
        picture = found;
        return null;
    }

    /// <inheritdoc/>
    public override string? Decode(SKSizeI size, Span<byte> rgba)
    {
        rgba.Clear();
        using var content = new BufferedStream(file.OpenRead(), 1 << 16);
        Header(file, content, out _);
        var values = new byte[Size.Width * Channels];
        for (var y = 0; y < Size.Height; y++)
        {
            if (!ReadRow(content, values))
                return $"it ends in row {y} of {Size.Height}";
            var row = rgba[(4 * y * Size.Width)..];
            for (var x = 0; x < Size.Width; x++)
            {
                var pixel = values.AsSpan(x * Channels, Channels);
                (row[4 * x], row[4 * x + 1], row[4 * x + 2], row[4 * x + 3]) = (pixel[0], pixel[Channels / 2], pixel[^1], 255);
            }
        }
        return null;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private static ImageProblem Damage(string what) => new("ZF1130", $"its header cannot be read ({what}): it is damaged or no image");

    private static ImageProblem? Header(ImageFile file, Stream content, out PnmPicture? picture)
    {
        picture = null;
        content.ReadByte();
        var kind = content.ReadByte() - '0';
        if (Number(content) is not (> 0 and var width) || Number(content) is not (> 0 and var height))
            return Damage("it says no size");
        var largest = kind is 1 or 4 ? 1 : Number(content);
        if (kind is < 1 or > 6 || largest is not (> 0 and <= LargestValue))
            return Damage($"values go up to 1 … {LargestValue}");
        picture = new(file, kind, new(width, height), largest.Value);
        return null;
    }

    /// <summary>Reads a row of values, 0 … 255.</summary>
    /// <returns>Whether it is whole.</returns>
    private bool ReadRow(Stream content, byte[] values)
    {
        if (kind <= 3)
        {
            for (var i = 0; i < values.Length; i++)
            {
                if ((IsBits ? Bit(content) : Number(content)) is not { } value)
                    return false;
                values[i] = Scaled(value);
            }
            return true;
        }
        var bytes = new byte[IsBits ? (values.Length + 7) / 8 : largest > 255 ? 2 * values.Length : values.Length];
        if (content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            return false;
        for (var i = 0; i < values.Length; i++)
            values[i] = Scaled(IsBits ? bytes[i / 8] >> (7 - i % 8) & 1 : largest > 255 ? BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2 * i)) : bytes[i]);
        return true;
    }

    // In a bitmap, 1 is black.
    private byte Scaled(int value) => IsBits ? (byte)(value == 0 ? 255 : 0) : (byte)((Math.Min(value, largest) * 255L + largest / 2) / largest);

    /// <summary>The next digit of a bitmap as text, which may stand without a space before it.</summary>
    private static int? Bit(Stream content) => NextMark(content) is var digit and ('0' or '1') ? digit - '0' : null;

    /// <summary>The next number and the one character after it; null where there is none.</summary>
    private static int? Number(Stream content)
    {
        var digits = new char[LongestNumber];
        var count = 0;
        for (var mark = NextMark(content); mark is >= '0' and <= '9'; mark = content.ReadByte())
        {
            if (count == LongestNumber)
                return null;
            digits[count++] = (char)mark;
        }
        return int.TryParse(digits.AsSpan(0, count), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>The next character that is neither space nor in a comment, which goes from # to the end of its line; −1 at the end.</summary>
    private static int NextMark(Stream content)
    {
        for (var mark = content.ReadByte(); ; mark = content.ReadByte())
        {
            if (mark == '#')
            {
                while (mark is not ('\n' or '\r' or -1))
                    mark = content.ReadByte();
            }
            if (mark is not (' ' or '\t' or '\n' or '\r' or '\f' or '\v'))
                return mark;
        }
    }
}
