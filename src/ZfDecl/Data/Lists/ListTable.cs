using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Data.Lists;

/// <summary>The rows of a list of images, and which of its columns say what. Other columns, such as an index, do not count.</summary>
/// <param name="Header">The names of the columns, in small letters.</param>
/// <param name="Path">The column of the paths.</param>
/// <param name="Class">The column of the classes.</param>
/// <param name="Split">The column of the parts; −1 for none.</param>
/// <param name="Rows">The rows, each with its line.</param>
internal sealed record ListTable(string[] Header, int Path, int Class, int Split, IEnumerable<(int Line, string[] Values)> Rows)
{
    private const int NamesShown = 4;
    private const string Expected = "the first line is path,class or path,class,split";

    private static readonly char[] Separators = [',', ';', '\t', '|'];

    // The best first: of a list with an id and a file name, the file name is the path.
    private static readonly string[] PathWords =
        ["path", "filepath", "file_path", "file path", "image_path", "img_path", "filename", "file_name", "file name", "file", "image_file", "image_name", "img_name", "image", "img", "images", "picture", "photo", "image_id", "imageid", "name", "id"];

    private static readonly string[] ClassWords =
        ["class", "class_name", "classname", "class name", "label_name", "label", "labels", "category", "category_name", "species", "breed", "target", "class_id", "label_id", "y"];

    private static readonly string[] SplitWords = ["split", "subset", "part", "partition", "set", "data set", "dataset"];

    /// <summary>The names of the columns that say nothing here, in the order of the list.</summary>
    public IEnumerable<string> Others => Header.Where((name, column) => column != Path && column != Class && column != Split && name.Length > 0);

    /// <summary>Reads a table with a header, whose columns stand between commas, semicolons, tabs or bars.</summary>
    /// <param name="list">The list.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="ZfDeclException">ZF1150: no column is of paths, or none of classes; from the rows, ZF1151: a line is malformed.</exception>
    public static ListTable OfColumns(string list, string text)
    {
        text = WithoutRemarks(text);
        foreach (var separator in Separators)
        {
            var header = Columns(list, text, separator);
            var (path, name) = (Column(header, PathWords), Column(header, ClassWords));
            if (path >= 0 && name >= 0)
                return new(header, path, name, Column(header, SplitWords), CsvRows.Read(list, text, separator).Skip(1).Select(row => (row.Line, WithoutEmptyEnd(row.Values, header.Length))));
        }
        var names = Columns(list, text, ',');
        throw new ZfDeclException("ZF1150", $"the list begins with '{string.Join(',', names.Take(NamesShown))}'; {Expected}", list);
    }

    /// <summary>Reads Caffe's lines of a path, a space and a label; a path may hold spaces.</summary>
    /// <param name="list">The list.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="ZfDeclException">From the rows, ZF1151: a line has no label.</exception>
    public static ListTable OfLines(string list, string text) => new(["path", "class"], 0, 1, -1, Lines(list, text));

    /// <summary>A list with blank lines in place of the remarks above its header: comments, and Excel's <c>sep=;</c>. Lines keep their numbers.</summary>
    private static string WithoutRemarks(string text)
    {
        var at = 0;
        while (text.AsSpan(at) is var rest && (rest.StartsWith("#") || rest.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)) && rest.IndexOf('\n') is >= 0 and var end)
            at += end + 1;
        return at == 0 ? text : new string('\n', text.AsSpan(0, at).Count('\n')) + text[at..];
    }

    /// <summary>A row without the empty values that a separator at its end leaves.</summary>
    private static string[] WithoutEmptyEnd(string[] values, int columns) => values.Length > columns && values[columns..].All(value => value.Length == 0) ? values[..columns] : values;

    private static IEnumerable<(int Line, string[] Values)> Lines(string list, string text)
    {
        foreach (var (index, line) in text.Split('\n').Index())
        {
            var row = line.Trim();
            if (row.Length == 0)
                continue;
            var at = row.LastIndexOfAny([' ', '\t']);
            yield return at > 0 ? (index + 1, [row[..at].TrimEnd(), row[(at + 1)..]])
                : throw new ZfDeclException(CsvRows.Malformed, $"line {index + 1} is '{row}'; expected is a path, a space and a label, such as 'cat/1.jpg 0'", list);
        }
    }

    private static string[] Columns(string list, string text, char separator)
    {
        using var rows = CsvRows.Read(list, text, separator).GetEnumerator();
        return rows.MoveNext() ? Array.ConvertAll(rows.Current.Values, name => name.Trim().ToLowerInvariant()) : [];
    }

    private static int Column(string[] header, string[] words) => words.Select(word => Array.IndexOf(header, word)).FirstOrDefault(column => column >= 0, -1);
}
