using System.Text.RegularExpressions;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Interchange.Runs;

/// <summary>The names of the classes that a network tells apart.</summary>
internal static partial class ClassLabels
{
    private static readonly string[] MetadataKeys = ["labels", "classes", "class_names", "names"];

    /// <summary>The keys of a model's metadata that may hold them.</summary>
    public static string[] Keys => MetadataKeys;

    /// <summary>Numbers, where nobody says the names.</summary>
    public static string[] Numbers(int classes) => [.. Enumerable.Range(0, classes).Select(index => $"{index}")];

    /// <summary>Reads a file: a class a line, or ImageNet's list of synsets, <c>n01440764 tench, Tinca tinca</c>.</summary>
    /// <exception cref="ZfDeclException">ZF1607: it names another number of classes; ZF1202, ZF1222: it cannot be read.</exception>
    public static string[] Read(string path, int classes)
    {
        try
        {
            string[] lines = [.. RegularFile.ReadInput(path, RegularFile.LargestTable).Split('\n').Select(line => line.Trim('\r', '\uFEFF', ' ', '\t'))];
            return Checked([.. lines.Reverse().SkipWhile(line => line.Length == 0).Reverse()], classes, $"'{path}'", path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotRead(path, cause, "name another file");
        }
    }

    /// <summary>Takes what a model's metadata says: names on lines or with commas between, or numbered ones in braces. Null where that are not as many as there are classes.</summary>
    public static string[]? OfMetadata(string text, int classes)
    {
        string[] numbered = [.. Numbered().Matches(text).OrderBy(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Select(match => match.Groups[3].Value)];
        string[] listed = [.. text.Trim('[', ']', ' ').Split(text.Contains('\n', StringComparison.Ordinal) ? '\n' : ',').Select(name => name.Trim().Trim('"', '\''))];
        return numbered.Length == classes ? Distinct(numbered) : listed.Length == classes ? Distinct(listed) : null;
    }

    private static string[] Checked(string[] names, int classes, string source, string path)
    {
        if (names.Length != classes)
            throw new ZfDeclException("ZF1607", $"{source} names {names.Length} classes, but the network tells {(classes == 0 ? "none" : $"{classes}")} apart. Name a file with one class a line, in the order of the network's outputs{(classes == 0 ? ", for networks that have classes" : "")}", path);
        if (names.All(name => Synset().IsMatch(name)))
            names = [.. names.Select(name => Synset().Match(name).Groups[1].Value)];
        return Distinct(names);
    }

    /// <summary>Two classes of one name are told apart by a number, as ImageNet's two cranes.</summary>
    private static string[] Distinct(string[] names)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. names.Select((name, index) => taken.Add(name.Length > 0 ? name : $"{index}") ? name.Length > 0 ? name : $"{index}" : $"{name} ({index})")];
    }

    [GeneratedRegex(@"^n\d{8}\s+(\S.*)$")]
    private static partial Regex Synset();

    [GeneratedRegex("""["']?(\d{1,7})["']?\s*:\s*(["'])(.*?)\2""")]
    private static partial Regex Numbered();
}
