using ZfDecl.Data.Decoding;
using ZfDecl.Data.Sets;

namespace ZfDecl.Data.Folders;

/// <summary>Picture files as somebody names them: a file, a folder with all that lies in it and below, or a pattern such as <c>photos/*.jpg</c>.</summary>
internal static class NamedPictures
{
    private static readonly char[] Wildcards = ['*', '?'];

    // As in a folder of a data set: what is hidden does not count.
    private static readonly EnumerationOptions Visible = new() { MatchType = MatchType.Simple, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = false };

    /// <summary>Finds what a word names.</summary>
    /// <param name="word">A path; <c>*</c> stands for any letters of a name, <c>?</c> for one.</param>
    /// <returns>
    /// The pictures, called as the word leads to them, in natural order: of a file itself, whatever it holds; of a folder or a pattern what looks like a picture, which may be nothing. Null where the word names
    /// nothing on disk, and is no pattern.
    /// </returns>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static IReadOnlyList<ImageFile>? Find(string word)
    {
        if (File.Exists(word))
            return [Called(word)];
        if (Directory.Exists(word))
            return Below(word);
        return word.IndexOfAny(Wildcards) < 0 ? null : [.. Matching(word).SelectMany(path => Directory.Exists(path) ? Below(path) : Called(path) is var file && PictureKinds.IsPicture(file) ? [file] : [])];
    }

    private static ImageFile[] Below(string folder) =>
        [.. new DiskFolder(folder).ImagesBelow().Select(file => file with { Name = Path.Combine(folder, file.Name).Replace('\\', '/') }).OrderBy(file => file.Name, NaturalOrder.Names)];

    private static ImageFile Called(string path) => ImageFile.Of(Path.GetFullPath(path)) with { Name = path.Replace('\\', '/') };

    /// <summary>The files and folders that a pattern matches, one part of its path after the other.</summary>
    private static IEnumerable<string> Matching(string pattern)
    {
        var root = Path.GetPathRoot(pattern)!;
        IEnumerable<string> found = [root];
        foreach (var part in pattern[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries))
        {
            found = part.IndexOfAny(Wildcards) < 0
                ? found.Select(folder => Path.Combine(folder, part)).Where(Path.Exists)
                : found.Where(folder => folder.Length == 0 || Directory.Exists(folder)).SelectMany(folder => Names(folder, part).Select(name => Path.Combine(folder, name)));
        }
        return found;
    }

    private static IEnumerable<string> Names(string folder, string pattern) =>
        new DirectoryInfo(folder.Length == 0 ? "." : folder).EnumerateFileSystemInfos(pattern, Visible).Select(one => one.Name).Where(name => !name.StartsWith('.') || pattern.StartsWith('.')).Order(NaturalOrder.Names);
}
