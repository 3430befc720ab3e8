using System.Globalization;
using System.Text;
using ZfDecl.Files;
using ZfDecl.Messages;
namespace ZfDecl.Analyses.Correspond;

/// <summary>A file of parts: CSV with the header <c>image,part,x,y,w,h</c>, a box a line.</summary>
/// <param name="Path">The file.</param>
/// <param name="Boxes">The boxes of the lines that read, in order.</param>
/// <param name="Problems">What is wrong with the others.</param>
public sealed record PartsFile(string Path, IReadOnlyList<PartBox> Boxes, IReadOnlyList<PartProblem> Problems)
{
    private const string Header = "image,part,x,y,w,h";
    private const int Largest = 1_000_000;

    /// <summary>Reads a file to its end, whatever is wrong with it.</summary>
    /// <exception cref="ZfDeclException">ZF1440: it cannot be opened; ZF1222: it is too large.</exception>
    public static PartsFile Read(string path)
    {
        string[] lines;
        try
        {
            lines = RegularFile.ReadInput(path, RegularFile.LargestTable).ReplaceLineEndings("\n").Split('\n');
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ZfDeclException("ZF1440", $"the file of parts cannot be read: {cause.Message} It is a CSV file with the header {Header}, a box a line", path, cause);
        }
        var (boxes, problems) = (new List<PartBox>(), new List<PartProblem>());
        // Under another header the lines mean something else.
        if (lines.Length == 0 || !lines[0].Trim().Equals(Header, StringComparison.OrdinalIgnoreCase))
            return new(path, [], [new(1, "ZF1440", $"the first line is '{(lines.Length == 0 ? "" : lines[0])}'; it must be {Header}")]);
        for (var i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
                continue;
            if (Parse(lines[i], i + 1, out var box) is { } finding)
                problems.Add(new(i + 1, "ZF1440", finding));
            else
                boxes.Add(box!);
        }
        return new(path, boxes, problems);
    }

    private static string? Parse(string line, int number, out PartBox? box)
    {
        box = null;
        var fields = Fields(line);
        if (fields.Count != 6)
            return $"{fields.Count} fields where there must be 6: {Header}. A name with a comma goes in quotes";
        var (image, part) = (CsvField.TextOf(fields[0].Trim()), CsvField.TextOf(fields[1].Trim()));
        if (image.Length == 0 || part.Length == 0)
            return image.Length == 0 ? "the image has no name" : "the part has no name";
        var numbers = new int[4];
        for (var i = 0; i < 4; i++)
        {
            var (name, least) = (Header.Split(',')[i + 2], i < 2 ? 0 : 1);
            if (!int.TryParse(fields[i + 2].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]))
                return $"{name} is '{fields[i + 2].Trim()}', no whole number of pixels";
            if (numbers[i] < least || numbers[i] > Largest)
                return FormattableString.Invariant($"{name} is {numbers[i]}; give {least} … {Largest}");
        }
        box = new(image, part, new(Top: numbers[1], Left: numbers[0], Height: numbers[3], Width: numbers[2]), number);
        return null;
    }

    /// <summary>The fields of a line (RFC 4180).</summary>
    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (quoted && line[i] == '"' && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[++i]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
                field.Append(line[i]);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
