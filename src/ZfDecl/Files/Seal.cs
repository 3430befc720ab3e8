using System.Security.Cryptography;

namespace ZfDecl.Files;

/// <summary>
/// The seal that a file carries in itself: SHA-256 over all of its bytes, in lowercase hex, with zeros where the seal itself stands. It tells a file that was changed
/// since it was written from a whole one; files of earlier versions have none.
/// </summary>
internal static class Seal
{
    /// <summary>The name that a seal goes by in a file.</summary>
    public const string Name = "seal";

    /// <summary>What is wrong with a file whose seal does not hold, to follow <c>it</c>.</summary>
    public const string Broken = "was changed or damaged after it was written: its seal does not hold";

    /// <summary>What stands in the place of a seal while it is made.</summary>
    public static string Blank { get; } = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>Puts the seal into the blank of a file.</summary>
    /// <param name="file">All of it.</param>
    /// <param name="at">Where <see cref="Blank"/> stands.</param>
    public static void Close(Span<byte> file, int at) => System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(file)), file[at..]);

    /// <summary>Whether the seal of a file holds.</summary>
    /// <param name="file">All of it; as it was afterwards.</param>
    /// <param name="at">Where the seal stands.</param>
    public static bool Holds(Span<byte> file, int at)
    {
        if (at < 0 || at + Blank.Length > file.Length)
            return false;
        var found = file.Slice(at, Blank.Length).ToArray();
        file.Slice(at, Blank.Length).Fill((byte)'0');
        Close(file, at);
        var holds = file.Slice(at, Blank.Length).SequenceEqual(found);
        found.CopyTo(file[at..]);
        return holds;
    }
}
