namespace ZfDecl.Cli.Terminal;

/// <summary>Aligned columns of text.</summary>
internal static class TextTable
{
    /// <summary>The lines of a table: the header, then the rows.</summary>
    /// <param name="header">A title a column.</param>
    /// <param name="alignment">A letter a column: <c>l</c>eft or <c>r</c>ight.</param>
    /// <param name="rows">A text a column.</param>
    public static IEnumerable<string> Lines(string[] header, string alignment, IEnumerable<string[]> rows)
    {
        string[][] all = [header, .. rows];
        var widths = header.Select((_, column) => all.Max(row => row[column].Length)).ToArray();
        return all.Select(row => string.Join("  ", row.Select((text, column) => alignment[column] == 'r' ? text.PadLeft(widths[column]) : text.PadRight(widths[column]))).TrimEnd());
    }
}
