using System.Text.RegularExpressions;
using ZfDecl.Data.Folders;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>A folder that is of no layout: what was found in it, and which layout that would be read is the nearest.</summary>
internal static partial class UnknownFolder
{
    private const int KindsShown = 4, NamesShown = 3;

    // What files are called, and what to do with them: the first that is there is the nearest.
    private static readonly (Regex Names, string Nearest)[] Table =
    [
        (Of(@"ubyte"), "these look like IDX files under other names: call them train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte"),
        (Of(@"^(data|test)_batch"), "these look like CIFAR's: data_batch_1.bin … and test_batch.bin, or data_batch_1 … and test_batch for Python"),
        (Of(@"\.(zip|7z|rar)$"), "unpack the archives"),
        (Of(@"\.(tar\.\w+|tgz|txz|tbz2)$"), "decompress the archives: a .tar is read as it is"),
        (Of(@"^(instances|annotations|_annotations).*\.json$|\.coco\.json$"), "these look like COCO's annotations of objects: name the image and its one class in a list (path,class)"),
        (Of(@"\.(parquet|arrow|feather|tfrecords?|lmdb|mdb|h5|hdf5|npz|npy|mat|pkl|pt|rec)$"), "images within such files are not read: write each into a file of its own, in a folder for its class, or name them in a list (path,class)"),
    ];

    /// <summary>What is in a folder, and the nearest layout, in words.</summary>
    public static string Describe(string path)
    {
        var names = Directory.EnumerateFiles(path).Select(file => Path.GetFileName(file)).Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal).ToArray();
        var folders = new DiskFolder(path).Folders;
        var kinds = names.GroupBy(name => Path.GetExtension(name).ToLowerInvariant()).OrderByDescending(kind => kind.Count()).ThenBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => Quantity.Of(kind.Count(), kind.Key.Length == 0 ? "file without ending" : $"{kind.Key} file", kind.Key.Length == 0 ? "files without ending" : null)).ToArray();
        string[] found = [.. kinds.Take(KindsShown), .. kinds.Length > KindsShown ? [$"{kinds.Length - KindsShown} more kinds"] : Array.Empty<string>(),
            .. folders.Count > 0 ? [$"{Quantity.Of(folders.Count, "folder")} ({string.Join(", ", folders.Take(NamesShown))}{(folders.Count > NamesShown ? " …" : "")})"] : Array.Empty<string>()];
        var nearest = Table.Where(row => names.Any(row.Names.IsMatch)).Select(row => row.Nearest).FirstOrDefault();
        return $"{(found.Length == 0 ? Hidden(path) ?? "it is empty" : $"found are {string.Join(", ", found)}")}; {(nearest is null ? Lists(path) : nearest + "; ")}".TrimEnd(' ', ';');
    }

    private static string? Hidden(string path) => Directory.EnumerateDirectories(path).Select(folder => Path.GetFileName(folder)).Where(name => name.StartsWith('.')).Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } hidden
        ? $"what is in it is hidden and does not count ({string.Join(", ", hidden.Take(NamesShown))}{(hidden.Length > NamesShown ? " …" : "")})" : null;

    /// <summary>What to do where the names of pictures begin with their classes, with a semicolon: <c>cat.0.jpg</c>, <c>dog_17.png</c>; empty where they do not.</summary>
    /// <param name="names">The names of pictures that lie in no class.</param>
    public static string ClassesInNames(IReadOnlyCollection<string> names)
    {
        var words = names.Select(name => Numbered().Match(Path.GetFileName(name))).Where(match => match.Success).CountBy(match => match.Groups[1].Value).OrderBy(word => word.Key, StringComparer.Ordinal).ToArray();
        return words.Length < 2 || words.Any(word => word.Value < 2) || words.Sum(word => word.Value) < names.Count ? ""
            : $"their names begin with {string.Join(", ", words.Take(NamesShown).Select(word => $"'{word.Key}' ({word.Value})"))}{(words.Length > NamesShown ? " …" : "")}: if these are the classes, move each into a folder of that name, or name the images in a list (a .csv file: path,class); ";
    }

    /// <summary>What to name instead where a list lies in the folder, with a semicolon; empty where none does.</summary>
    public static string Lists(string path) => Directory.Exists(path) && Directory.EnumerateFiles(path).Where(file => Path.GetExtension(file).ToLowerInvariant() is ".csv" or ".tsv").Order(StringComparer.Ordinal).FirstOrDefault() is { } list
        ? $"if {Path.GetFileName(list)} names the images and their classes, name it with `data={list}`; " : "";

    [GeneratedRegex(@"^(\p{L}[\p{L} _-]*?)[ ._-]*\(?\d+\)?\.\w+$")]
    private static partial Regex Numbered();

    private static Regex Of(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
