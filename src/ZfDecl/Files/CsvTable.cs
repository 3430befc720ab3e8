using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>A table read from a CSV file (RFC 4180).</summary>
/// <param name="Header">The names of the columns.</param>
/// <param name="Rows">A text a column.</param>
internal sealed record CsvTable(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <exception cref="ZfDeclException">ZF1413: the file is missing, or no table; ZF1220, ZF1222: it is empty, no regular file, or too large.</exception>
    public static CsvTable Read(string path)
    {
        try
        {
            var rows = CsvRows.Read(path, CsvFile.Read(path)).Select(row => row.Values).ToList();
            if (rows.Count == 0)
                throw Damaged(path, "it is empty", null);
            if (rows.FindIndex(row => row.Length != rows[0].Length) is var odd and >= 0)
                throw Damaged(path, $"row {odd} has {rows[odd].Length} fields, the header {rows[0].Length}", null);
            return new(rows[0], rows[1..]);
        }
        catch (Exception cause) when (cause is ZfDeclException { Code: CsvRows.Malformed } or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw Damaged(path, cause.Message, cause);
        }
    }

    private static ZfDeclException Damaged(string path, string finding, Exception? cause) =>
        new("ZF1413", $"this is no table that the report can show: {finding}. Run the analysis that made it again", path, cause);
}
