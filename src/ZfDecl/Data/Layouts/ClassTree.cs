using ZfDecl.Data.Decoding;

namespace ZfDecl.Data.Layouts;

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
        return new(root, classes, files, ImagesIn(root).Length);
    }

    /// <summary>The names of the images that lie in a folder itself, in ordinal order.</summary>
    public static string[] ImagesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", Visible(recurse: false)).Select(path => Path.GetFileName(path)).Where(name => IsImage(name) && !name.StartsWith('.')).Order(StringComparer.Ordinal)];

    /// <summary>Whether there is an image in a folder, or in one below it.</summary>
    public static bool HoldsImages(string folder) => FilesBelow(new(folder), []).Any(file => IsImage(file.Name) && !file.Name.StartsWith('.'));

    /// <summary>Where in a folder images lie side by side: in itself, or in its only folder, <c>images</c>; null where they lie in folders of classes.</summary>
    public static (string Inside, string[] Names)? Flat(string folder) => Subfolders(folder) switch
    {
        [] when ImagesIn(folder) is { Length: > 0 } names => ("", names),
        ["images"] when ImagesIn(Path.Combine(folder, "images")) is { Length: > 0 } names => ("images", names),
        _ => null,
    };

    private static IEnumerable<ImageFile> Images(string root, string name, string prefix) =>
        from file in FilesBelow(new(Path.Combine(root, name)), [RealPath(Path.GetFullPath(root))])
        let inside = Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/')
        where IsImage(inside) && !inside.Contains("/.", StringComparison.Ordinal)
        select new ImageFile(file.FullName, prefix + inside, name, file.Length);

    /// <summary>The files of a folder and of those below it. Links to folders are followed, but for those that lead back to a folder that they lie in.</summary>
    private static IEnumerable<FileInfo> FilesBelow(DirectoryInfo folder, string[] above)
    {
        var real = RealPath(folder.FullName);
        if (above.Contains(real, StringComparer.Ordinal))
            return [];
        string[] path = [.. above, real];
        return folder.EnumerateFiles("*", Visible(recurse: false)).Concat(folder.EnumerateDirectories("*", Visible(recurse: false)).SelectMany(below => FilesBelow(below, path)));
    }

    /// <summary>A full path without links in it.</summary>
    private static string RealPath(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        var above = RealPath(parent);
        var here = new DirectoryInfo(Path.Combine(above, Path.GetFileName(path)));
        return here.LinkTarget is { } target ? RealPath(Path.GetFullPath(target, above)) : here.FullName;
    }

    private static bool IsImage(string path) => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static EnumerationOptions Visible(bool recurse) =>
        new() { RecurseSubdirectories = recurse, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
}
