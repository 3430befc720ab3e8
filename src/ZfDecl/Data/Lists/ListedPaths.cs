namespace ZfDecl.Data.Lists;

/// <summary>
/// Where the files lie that a list names: below the list's own folder, or below another one that the user has named for it. A list may come from anywhere, so that a path
/// leads nowhere else, be it absolute or through <c>..</c>. A link below such a folder is the user's own, and is followed.
/// </summary>
/// <param name="list">The list.</param>
/// <param name="others">Further folders, full paths; those that nobody has named are null.</param>
internal sealed class ListedPaths(string list, params IReadOnlyList<string?> others)
{
    /// <summary>The code of the error for a path that leads elsewhere.</summary>
    public const string Code = "ZF1491";

    private readonly string[] folders = [Path.GetDirectoryName(Path.GetFullPath(list))!, .. others.OfType<string>()];
    private readonly AlikeNames alikeNames = new();

    // Where lists of names without folder or ending leave the images.
    private static readonly string[] Inside = ["images", "train", "train_images", "data"];
    private static readonly string[] Endings = ["", ".jpg", ".jpeg", ".png", ".JPG", ".JPEG", ".PNG", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".ppm", ".pgm"];

    /// <summary>Finds the image of a row. Backslashes, as Windows writes paths, are slashes where there is such a file; a name alone is looked for with the endings of pictures too, and in <c>images/</c>, <c>train/</c> or a folder called as the list. Of one that is nowhere, one of <see cref="AlikeNames"/> is taken.</summary>
    /// <param name="listed">As of <see cref="Find"/>.</param>
    /// <returns>As of <see cref="Find"/>, and the name of the image: the path that it was found by.</returns>
    public (string? Path, string Name) FindImage(string listed)
    {
        var plain = Find(listed);
        if (plain is not null && !File.Exists(plain) && listed.Trim() is var trimmed && trimmed.Length < listed.Length)
            return FindImage(trimmed);
        if (plain is null ? !listed.Contains('\\', StringComparison.Ordinal) : File.Exists(plain))
            return (plain, listed);
        var slashed = listed.Replace('\\', '/');
        var names = slashed.Contains('/', StringComparison.Ordinal) ? [slashed] : Inside.Append(Path.GetFileNameWithoutExtension(list)).Select(folder => $"{folder}/{slashed}").Prepend(slashed);
        foreach (var name in names.SelectMany(name => Endings.Select(ending => name + ending)))
        {
            if (Find(name) is { } found && File.Exists(found))
                return (found, name);
        }
        foreach (var folder in folders)
        {
            if (alikeNames.Find(folder, slashed) is { } alike)
                return (Path.Combine(folder, alike), alike);
        }
        return (plain, listed);
    }

    /// <summary>Finds a file.</summary>
    /// <param name="listed">An absolute path, or one relative to one of the folders.</param>
    /// <returns>The full path of the first that is there; where none is, of where it may be; null where that is in none of the folders.</returns>
    public string? Find(string listed)
    {
        if (listed.Contains('\0', StringComparison.Ordinal))
            return null;
        string[] positions = [.. folders.Select(folder => Path.GetFullPath(listed, folder)).Where(IsInside)];
        return positions.FirstOrDefault(File.Exists) ?? positions.FirstOrDefault();
    }

    /// <summary>What is wrong with a path that <see cref="Find"/> gives no file for.</summary>
    public static string Outside(string listed) =>
        $"'{listed.Replace("\0", "\\0", StringComparison.Ordinal)}' lies outside of the list's folder; where it is meant, name the folder that holds the images with `root`";

    private bool IsInside(string path) =>
        folders.Any(folder => path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal));
}
