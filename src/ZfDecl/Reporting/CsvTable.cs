using Microsoft.VisualBasic.FileIO;
using ZfDecl.Runs;

namespace ZfDecl.Reporting;

/// <summary>A table read from a CSV file (RFC 4180).</summary>
/// <param name="Header">The names of the columns.</param>
/// <param name="Rows">A text a column.</param>
internal sealed record CsvTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <exception cref="ZfDeclException">ZF1413: the file is missing, empty, or no table.</exception>
    public static CsvTable Read(string path)
    {
        try
        {
            using var parser = new TextFieldParser(path) { Delimiters = [","], HasFieldsEnclosedInQuotes = true, TrimWhiteSpace = false };
            var rows = new List<IReadOnlyList<string>>();
            while (parser.ReadFields() is { } fields)
                rows.Add(fields);
            if (rows.Count == 0)
                throw Damaged(path, "it is empty", null);
            if (rows.FindIndex(row => row.Count != rows[0].Count) is var odd and >= 0)
                throw Damaged(path, $"row {odd} has {rows[odd].Count} fields, the header {rows[0].Count}", null);
            return new(rows[0], rows[1..]);
        }
        catch (Exception cause) when (cause is MalformedLineException or IOException or UnauthorizedAccessException)
        {
            throw Damaged(path, cause.Message, cause);
        }
    }

    private static ZfDeclException Damaged(string path, string finding, Exception? cause) =>
        new("ZF1413", $"this is no table that the report can show: {finding}. Run the analysis that made it again", path, cause);
}
