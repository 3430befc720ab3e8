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
