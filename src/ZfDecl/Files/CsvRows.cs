using System.Text;
using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>Reads rows of values between commas (RFC 4180), or another separator: one that holds a comma, a quote or a line break stands in quotes, and a quote in it is doubled.</summary>
internal static class CsvRows
{
    /// <summary>The code of what is wrong with a line.</summary>
    public const string Malformed = "ZF1151";

    /// <summary>The rows of a file, each with the line that it begins on. Empty lines do not count.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="text">Its content where it has been read already; else null.</param>
    /// <param name="separator">What stands between values.</param>
    /// <exception cref="ZfDeclException">ZF1151: a quote is not closed, or stands where none may.</exception>
    public static IEnumerable<(int Line, string[] Values)> Read(string path, string? text = null, char separator = ',')
    {
        text ??= File.ReadAllText(path);
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var begin = line;
            var values = new List<string>();
            do
                values.Add(Value(text, separator, ref at, ref line, path));
            while (at < text.Length && text[at++] == separator);
            if (values is not [""])
                yield return (begin, [.. values]);
        }
    }

    /// <summary>One value; stops on the separator or just on the last character of the line break after it.</summary>
    private static string Value(string text, char separator, ref int at, ref int line, string path)
    {
        var value = new StringBuilder();
        if (at < text.Length && text[at] == '"')
        {
            var begin = line;
            for (at++; ; at++)
            {
                if (at == text.Length)
                    throw new ZfDeclException(Malformed, $"the quote that opens in line {begin} is not closed", path);
                if (text[at] == '"' && (++at == text.Length || text[at] != '"'))
                    break;
                line += text[at] == '\n' ? 1 : 0;
                value.Append(text[at]);
            }
        }
        else
        {
            while (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n' or '"'))
                value.Append(text[at++]);
        }
        if (at < text.Length && text[at] == '\r')
            at++;
        if (at < text.Length && text[at] != separator && text[at] != '\n')
            throw new ZfDeclException(Malformed, $"line {line}: a value with a quote or a line break in it stands in quotes, with each quote in it doubled", path);
        if (at < text.Length && text[at] == '\n')
            line++;
        return value.ToString();
    }
}
