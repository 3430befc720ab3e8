using System.Text;

namespace ZfDecl.Data.Decoding;

/// <summary>A kind of picture file, and how it is known.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Reader">What decodes it.</param>
/// <param name="Endings">The endings of its files' names, with a dot, in small letters.</param>
/// <param name="Signatures">How such a file begins, one of these: a character a byte, <see cref="AnyByte"/> for any.</param>
internal sealed record PictureKind(string Name, PictureReader Reader, string[] Endings, params string[] Signatures)
{
    /// <summary>Stands for any byte in a signature; no signature has this one.</summary>
    public const char AnyByte = '·';

    /// <summary>Bytes that are enough to know a file by.</summary>
    public const int StartLength = 512;

    private readonly byte[][] signatures = Array.ConvertAll(Signatures, Encoding.Latin1.GetBytes);

    /// <summary>Whether the signature is too short to stand without the ending: other files begin so too.</summary>
    public bool NeedsEnding { get; init; }

    /// <summary>Whether the name of a file has one of its endings.</summary>
    public bool IsEndingOf(string name) => Endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file is of this kind.</summary>
    /// <param name="start">Its first <see cref="StartLength"/> bytes, or all.</param>
    /// <param name="name">Its name.</param>
    public bool Matches(ReadOnlySpan<byte> start, string name)
    {
        if (NeedsEnding && !IsEndingOf(name))
            return false;
        foreach (var signature in signatures)
        {
            if (Begins(start, signature))
                return true;
        }
        return false;
    }

    private static bool Begins(ReadOnlySpan<byte> start, byte[] signature)
    {
        if (start.Length < signature.Length)
            return false;
        for (var i = 0; i < signature.Length; i++)
        {
            if (signature[i] != AnyByte && signature[i] != start[i])
                return false;
        }
        return true;
    }
}
