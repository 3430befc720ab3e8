using System.Security.Cryptography;
using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>
/// Opens files to read them: regular files alone, and none larger than its kind may be. A pipe would be waited for, a device read without end. Of the files of a run none
/// that a link leads out of it to: what a stranger's run points at is not his to show. Data lies wherever its user has linked it to.
/// </summary>
internal static class RegularFile
{
    /// <summary>The most bytes of a record.</summary>
    public const long LargestRecord = 64 << 20;

    /// <summary>The most bytes of a table, or of another text.</summary>
    public const long LargestTable = 128 << 20;

    /// <summary>The most bytes of a picture.</summary>
    public const long LargestPicture = 128 << 20;

    /// <summary>The most bytes of a file that is read as a whole, such as a shard or a file of events.</summary>
    public const long LargestWhole = 1 << 30;

    /// <summary>The most bytes of a list of images.</summary>
    public const long LargestList = 512 << 20;

    /// <summary>The most bytes of a file of images that becomes one array.</summary>
    public const long LargestArray = 1L << 31;

    /// <summary>Opens a file of a run to read it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <param name="root">The folder that no link may lead out of; the file's own where null. That folder itself may be a link.</param>
    /// <returns>The file, which others may read and replace meanwhile; the caller disposes it.</returns>
    /// <exception cref="ZfDeclException">ZF1220: it is empty, no regular file, or a link leads out of the folder; ZF1222: it is too large.</exception>
    /// <exception cref="IOException">It cannot be read, or is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path, long most, string? root = null)
    {
        if (Refusal(path, most, root) is { } refusal)
            throw refusal;
        return Opened(path);
    }

    /// <summary>Opens a file of data, or another that the user names, wherever it lies and whatever links lead there.</summary>
    /// <returns>As of <see cref="Open"/>.</returns>
    /// <exception cref="ZfDeclException">ZF1144: it is empty, or no regular file; ZF1222: it is too large.</exception>
    /// <inheritdoc cref="Open"/>
    public static FileStream OpenInput(string path, long most)
    {
        path = Path.GetFullPath(path);
        return Length(path) switch
        {
            0 => throw new ZfDeclException("ZF1144", "is empty, or no regular file but a pipe, a device or a socket; make it again, or copy it again from where it came from", path),
            var length when length > most => throw TooLarge(path, length, most),
            _ => Opened(path),
        };
    }

    /// <summary>Why a file is not opened; null where it may be.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    /// <inheritdoc cref="Open"/>
    public static ZfDeclException? Refusal(string path, long most, string? root)
    {
        path = Path.GetFullPath(path);
        return LeadsOut(path, root ?? Path.GetDirectoryName(path)!)
            ? new("ZF1220", $"a link leads from '{path}' out of the run. Put the file itself there, or delete the link", path)
            : Length(path) switch
            {
                // What is no regular file has no length.
                0 => new("ZF1220", $"'{path}' is empty, or no regular file but a pipe, a device or a socket. Make it again, or copy it again from where it came from", path),
                var length when length > most => TooLarge(path, length, most),
                _ => null,
            };
    }

    /// <summary>Reads a file as a whole.</summary>
    /// <inheritdoc cref="Open"/>
    public static byte[] ReadBytes(string path, long most, string? root = null) => Whole(Open(path, most, root));

    /// <summary>Reads a file of data as a whole.</summary>
    /// <inheritdoc cref="OpenInput"/>
    public static byte[] ReadInputBytes(string path, long most) => Whole(OpenInput(path, most));

    /// <summary>Reads a text in UTF-8 as a whole.</summary>
    /// <inheritdoc cref="Open"/>
    public static string ReadText(string path, long most, string? root = null)
    {
        using var reader = new StreamReader(Open(path, most, root));
        return reader.ReadToEnd();
    }

    /// <summary>Reads a text in UTF-8 as a whole.</summary>
    /// <inheritdoc cref="OpenInput"/>
    public static string ReadInput(string path, long most)
    {
        using var reader = new StreamReader(OpenInput(path, most));
        return reader.ReadToEnd();
    }

    /// <summary>Reads the lines of a text in UTF-8 of at most <see cref="LargestTable"/>, one after the other.</summary>
    /// <inheritdoc cref="OpenInput"/>
    public static IEnumerable<string> ReadInputLines(string path)
    {
        using var reader = new StreamReader(OpenInput(path, LargestTable));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>The bytes of a file; of a link those of the file that it leads to. What is no regular file has none.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    public static long Length(string path) => new FileInfo(Target(path) ?? path).Length;

    /// <summary>SHA-256 of a file of any size, lowercase hex.</summary>
    /// <inheritdoc cref="Open"/>
    public static string Sha256(string path)
    {
        using var file = Open(path, long.MaxValue);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Whether a link, of the file or of a folder on the way to it, leads out of a folder.</summary>
    public static bool LeadsOut(string path, string root)
    {
        root = Path.GetFullPath(root);
        var (real, at) = (Real(root), root);
        foreach (var name in Path.GetRelativePath(root, Path.GetFullPath(path)).Split(Path.DirectorySeparatorChar))
        {
            at = Path.Combine(at, name);
            if (Target(at) is { } target && !IsBelow(Real(target), real))
                return true;
        }
        return false;
    }

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>A path with all links on the way followed.</summary>
    private static string Real(string path)
    {
        var parent = Path.GetDirectoryName(path);
        if (parent is null)
            return path;
        var here = Path.Combine(Real(parent), Path.GetFileName(path));
        return Target(here) is { } target && target != here ? Real(target) : here;
    }

    private static string? Target(string path) => new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)?.FullName : null;

    private static byte[] Whole(FileStream file)
    {
        using (file)
        {
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
    }

    private static ZfDeclException TooLarge(string path, long length, long most) =>
        new("ZF1222", $"'{path}' has {length:N0} bytes; at most {most:N0} are read of such a file. It is damaged, or another file under its name: make it again", path);

    private static FileStream Opened(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
}
