using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Data;

/// <summary>
/// A list of images with their classes: a CSV file whose header is <c>path,class</c> or <c>path,class,split</c>, in any order. Paths are relative to the file's
/// folder, or to another that the user has named for it, and lead nowhere else; a split is <c>train</c>, or one of <c>val</c>, <c>validation</c> and <c>test</c>. Without splits, a tenth of each class validates.
/// </summary>
internal static class ImageList
{
    private const string Ending = ".csv";
    private const string Expected = "the first line is path,class or path,class,split";

    private static readonly string[] ValidationNames = ["val", "validation", "test"];

    /// <summary>Whether a path is one of a list.</summary>
    public static bool Is(string path) => path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) && File.Exists(path);

    /// <summary>Reads the list, and opens its images.</summary>
    /// <param name="path">The list.</param>
    /// <param name="root">Another folder that its paths may lie below; null for none.</param>
    /// <param name="stored">The shape that the images are read in.</param>
    /// <param name="seed">Decides which images validate where the list does not say.</param>
    /// <param name="log">Gets the warnings and the progress.</param>
    /// <exception cref="ZfDeclException">The list is damaged, too much of what it names cannot be read, or lies elsewhere (ZF112x, ZF113x, ZF115x, ZF1491).</exception>
    public static ImageData Open(string path, string? root, FeatureShape stored, int seed, IRunLog log)
    {
        using var rows = CsvRows.Read(path).GetEnumerator();
        var header = rows.MoveNext() ? Array.ConvertAll(rows.Current.Values, name => name.Trim().ToLowerInvariant()) : [];
        var (file, name, split) = (Array.IndexOf(header, "path"), Array.IndexOf(header, "class"), Array.IndexOf(header, "split"));
        if (file < 0 || name < 0 || header.Length != (split < 0 ? 2 : 3))
            throw new ZfDeclException("ZF1150", $"the list begins with '{string.Join(',', header.Take(4))}'; {Expected}", path);

        var paths = new ListedPaths(path, root);
        var (train, validation) = (new List<ImageFile>(), new List<ImageFile>());
        while (rows.MoveNext())
        {
            var (line, values) = rows.Current;
            if (values.Length != header.Length)
                throw new ZfDeclException("ZF1151", $"line {line} has {values.Length} values and the header {header.Length}; put what has a comma in it in quotes", path);
            if (values[file].Length == 0 || values[name].Trim().Length == 0)
                throw new ZfDeclException("ZF1151", $"line {line} names no {(values[file].Length == 0 ? "path" : "class")}", path);
            (Validates(line, split < 0 ? "train" : values[split].Trim()) ? validation : train).Add(Image(line, values[file], values[name].Trim()));
        }
        if (train.DistinctBy(one => one.Class).Count() is < 2 and var classes)
            throw new ZfDeclException("ZF1120", $"the images to train on are of {classes} classes; at least 2 are needed", path);
        return LabelledFiles.Open(path, Tree(train), split < 0 ? null : Tree(validation), $"list {Path.GetFileName(path)}", "its split", stored, seed, log);

        bool Validates(int line, string word) =>
            ValidationNames.Contains(word, StringComparer.OrdinalIgnoreCase) || (word.Equals("train", StringComparison.OrdinalIgnoreCase) ? false
            : throw new ZfDeclException("ZF1151", $"line {line}: split '{word}' is none of train, {string.Join(", ", ValidationNames)}", path));

        ImageFile Image(int line, string listed, string itsClass)
        {
            var place = paths.Find(listed) ?? throw new ZfDeclException(ListedPaths.Code, $"line {line}: {ListedPaths.Outside(listed)}", path);
            return new(place, listed, itsClass, File.Exists(place) ? new FileInfo(place).Length : 0);
        }

        ClassTree Tree(List<ImageFile> files) =>
            new(path, [.. files.Select(one => one.Class).Distinct().Order(StringComparer.Ordinal)], [.. files], 0);
    }
}
