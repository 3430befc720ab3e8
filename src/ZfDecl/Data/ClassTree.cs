namespace ZfDecl.Data;

/// <summary>A folder that holds a folder for each class, as it was found.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Classes">The names of the class folders, in ordinal order, with or without images.</param>
/// <param name="Files">The images, in ordinal order of their names.</param>
/// <param name="Outside">How many images lie in the folder itself.</param>
internal sealed record ClassTree(string Root, string[] Classes, ImageFile[] Files, int Outside)
{
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];

    /// <summary>The names of a folder's visible subfolders, in ordinal order.</summary>
    public static string[] Subfolders(string folder) =>
        [.. Directory.EnumerateDirectories(folder, "*", Visible(recurse: false)).Select(path => Path.GetFileName(path))
            .Where(name => !name.StartsWith('.')).Order(StringComparer.Ordinal)];

    /// <summary>Finds all images; those in folders below a class belong to it, hidden files and folders do not count.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="prefix">What goes before the names, for example <c>train/</c>.</param>
    public static ClassTree Scan(string root, string prefix)
    {
        var classes = Subfolders(root);
        var files = classes.SelectMany(name => Images(root, name, prefix)).OrderBy(file => file.Name, StringComparer.Ordinal).ToArray();
        return new(root, classes, files, Directory.EnumerateFiles(root, "*", Visible(recurse: false)).Count(IsImage));
    }

    private static IEnumerable<ImageFile> Images(string root, string name, string prefix) =>
        from file in new DirectoryInfo(Path.Combine(root, name)).EnumerateFiles("*", Visible(recurse: true))
        let inside = Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/')
        where IsImage(inside) && !inside.Contains("/.", StringComparison.Ordinal)
        select new ImageFile(file.FullName, prefix + inside, name, file.Length);

    private static bool IsImage(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static EnumerationOptions Visible(bool recurse) =>
        new() { RecurseSubdirectories = recurse, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
}
