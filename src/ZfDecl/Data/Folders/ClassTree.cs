using ZfDecl.Data.Decoding;

namespace ZfDecl.Data.Folders;

/// <summary>A folder that holds a folder for each class, as it was found.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Classes">The names of the class folders, in ordinal order, with or without images.</param>
/// <param name="Files">The images, in ordinal order of their names.</param>
/// <param name="Outside">How many images lie in the folder itself.</param>
internal sealed record ClassTree(string Root, string[] Classes, ImageFile[] Files, int Outside)
{
    /// <summary>What stands before the folder of the class in the name of a file, such as <c>train/</c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Names of files and folders that are left out because they are not UTF-8, escaped.</summary>
    public string[] Undecodable { get; init; } = [];

    /// <summary>Finds all images; those in folders below a class belong to it, hidden files and folders do not count.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="prefix">What goes before the names, for example <c>train/</c>.</param>
    public static ClassTree Scan(DataFolder root, string prefix)
    {
        var files = root.Folders.SelectMany(name => root.Folder(name).ImagesBelow().Select(file => file with { Name = $"{prefix}{name}/{file.Name}", Class = name }));
        return new(root.Path, [.. root.Folders], [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)], root.Images.Count)
        {
            Prefix = prefix,
            Undecodable = [.. root.UndecodableBelow().Select(name => prefix + name)],
        };
    }
}
