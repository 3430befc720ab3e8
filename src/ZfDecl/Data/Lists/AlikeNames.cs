using System.Text;

namespace ZfDecl.Data.Lists;

/// <summary>
/// Files whose names differ from listed ones in the case of letters, which Windows and macOS do not tell apart, or in how accents are written: <c>é</c> as one character, or as two, as
/// macOS has them. A folder is looked through once.
/// </summary>
internal sealed class AlikeNames
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0 };

    private readonly Dictionary<string, ILookup<string, string>> folders = new(StringComparer.Ordinal);

    /// <summary>The path of the file, with forward slashes; null where there is none, or several that are alike.</summary>
    /// <param name="folder">The folder that it lies below.</param>
    /// <param name="listed">The listed path, relative to it, with forward slashes.</param>
    public string? Find(string folder, string listed)
    {
        var found = new List<string>();
        foreach (var name in listed.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name != "."))
        {
            var above = Path.Combine([folder, .. found]);
            if (name == ".." || !Directory.Exists(above))
                return null;
            if (Path.Exists(Path.Combine(above, name)))
                found.Add(name);
            else if (NamesIn(above)[Key(name)].Take(2).ToArray() is [var only])
                found.Add(only);
            else
                return null;
        }
        return found.Count > 0 && File.Exists(Path.Combine([folder, .. found])) ? string.Join('/', found) : null;
    }

    /// <summary>What is the same of names that are alike.</summary>
    public static string Key(string name) => Composed(name.Trim()).ToUpperInvariant();

    private ILookup<string, string> NamesIn(string folder)
    {
        if (!folders.TryGetValue(folder, out var names))
            folders[folder] = names = Directory.EnumerateFileSystemEntries(folder, "*", All).Select(path => Path.GetFileName(path)).ToLookup(Key);
        return names;
    }

    private static string Composed(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return name;                        // half a surrogate pair
        }
    }
}
