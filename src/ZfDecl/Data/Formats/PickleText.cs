using System.Globalization;
using System.Text.RegularExpressions;

namespace ZfDecl.Data.Formats;

/// <summary>Texts of a pickle of protocol 0, which are Python literals.</summary>
internal static partial class PickleText
{
    /// <summary>A text in quotes.</summary>
    public static string Unquoted(string literal) => literal.Length >= 2 ? Unescaped(literal[1..^1]) : throw new FormatException("a text has no quotes");

    /// <summary>A text with what is escaped in it.</summary>
    public static string Unescaped(string text) => Escapes().Replace(text, escape => escape.Value[1] switch
    {
        'x' or 'u' or 'U' => char.ConvertFromUtf32(int.Parse(escape.Value[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        var other => $"{other}",
    });

    [GeneratedRegex(@"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)", RegexOptions.Singleline)]
    private static partial Regex Escapes();
}
