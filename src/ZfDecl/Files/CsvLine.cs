using System.Globalization;

namespace ZfDecl.Files;

/// <summary>A line of a CSV file (RFC 4180, but with LF): numbers in the invariant culture and in full, texts in quotes where they must be.</summary>
internal static class CsvLine
{
    /// <summary>The line of some fields, with its end.</summary>
    public static string Of(params IReadOnlyList<object> fields) => string.Join(',', fields.Select(Field)) + "\n";

    /// <summary>The lines of a table: its header, then its rows.</summary>
    public static string Table(IReadOnlyList<object> header, IEnumerable<object[]> rows) => string.Concat(rows.Prepend([.. header]).Select(row => Of(row)));

    private static string Field(object field) => CsvField.Of(field is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : field.ToString() ?? "");
}
