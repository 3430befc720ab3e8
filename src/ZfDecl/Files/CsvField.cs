using System.Globalization;

namespace ZfDecl.Files;

/// <summary>A text as a field of a CSV table (RFC 4180): in quotes where it has to be, and behind a mark, <c>'</c>, where a spreadsheet would run it as a formula.</summary>
internal static class CsvField
{
    private const char Mark = '\'';

    /// <summary>The field of a text. A number is left as it is.</summary>
    public static string Of(string text)
    {
        var field = IsRun(text.AsSpan().TrimStart(Mark)) && !IsNumber(text) ? Mark + text : text;
        return field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
    }

    /// <summary>The text of a field, out of its quotes already: without the mark.</summary>
    public static string TextOf(string field) => field is [Mark, ..] && IsRun(field.AsSpan().TrimStart(Mark)) ? field[1..] : field;

    private static bool IsRun(ReadOnlySpan<char> text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
