using System.Text;
using ZfDecl.Files;

namespace ZfDecl.Data.Lists;

/// <summary>The text of a list, in whichever encoding its program has written it.</summary>
internal static class ListText
{
    private const int WesternEuropean = 1252;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a list: by its byte order mark where it has one; else as UTF-8; where it is none, as UTF-16 if every other byte is 0, or else as Windows-1252.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">The name of the encoding where it is another than UTF-8; else null.</param>
    public static string Read(string path, out string? encoding)
    {
        var bytes = RegularFile.ReadInputBytes(path, RegularFile.LargestList);
        var found = Encoding(bytes);
        encoding = found is UTF8Encoding ? null : found.WebName;
        var text = found.GetString(bytes).TrimStart('\uFEFF');
        return text.Contains('\n', StringComparison.Ordinal) ? text : text.Replace('\r', '\n');        // as programs of old Macs end lines
    }

    private static Encoding Encoding(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return System.Text.Encoding.Unicode;
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return System.Text.Encoding.BigEndianUnicode;
        if (bytes is [not 0, 0, ..])
            return System.Text.Encoding.Unicode;
        if (bytes is [0, not 0, ..])
            return System.Text.Encoding.BigEndianUnicode;
        try
        {
            Strict.GetCharCount(bytes);
            return Strict;
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(WesternEuropean)!;
        }
    }
}
