using ZfDecl.Messages;

namespace ZfDecl.Files;

/// <summary>Files that are there whole or not at all: written beside their destination, flushed to disk, then renamed over it.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file, making its folder where needed.</summary>
    /// <param name="path">The destination; an older file there is replaced only when the new one is complete.</param>
    /// <param name="write">Writes the content. If it throws, the older file stays and nothing is left behind.</param>
    /// <param name="durable">
    /// Whether it waits until the disk has it, so that it outlives a power failure too; what can be made again need not.
    /// </param>
    /// <exception cref="ZfDeclException">ZF1204: the disk is full, the folder is read-only or no folder.</exception>
    public static void Write(string path, Action<FileStream> write, bool durable = true)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var beside = Temporary.Beside(path);
        try
        {
            Disk.Current.CreateFolder(folder);
            using (var stream = Disk.Current.Create(beside))
            {
                write(stream);
                Disk.Current.Flush(stream, durable);
            }
            Disk.Current.Move(beside, path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotWrite(path, cause);
        }
        finally
        {
            Temporary.GiveUp(beside);
        }
    }

    /// <summary>Writes a text file as UTF-8 without a byte order mark, with LF line ends as given.</summary>
    /// <param name="path">The destination.</param>
    /// <param name="text">The content.</param>
    /// <param name="durable">As in <see cref="Write"/>.</param>
    /// <exception cref="ZfDeclException">ZF1204: the disk is full, the folder is read-only or no folder.</exception>
    public static void WriteText(string path, string text, bool durable = true) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)), durable);

    /// <summary>Copies a file of a run, making the folder of the copy where needed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="copy">The place of the copy.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <param name="root">The folder that no link may lead out of.</param>
    /// <exception cref="ZfDeclException">ZF1220: it is empty, no regular file, or a link leads out of the folder; ZF1222: it is too large; ZF1204: the copy cannot be written.</exception>
    internal static void Copy(string path, string copy, long most, string root)
    {
        using var from = RegularFile.Open(path, most, root);
        Write(copy, from.CopyTo, durable: false);
    }

    /// <summary>Renames a file, over an older one.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the folder is read-only.</exception>
    internal static void Move(string from, string to) => Changing(to, () => Disk.Current.Move(from, to));

    /// <summary>Deletes a file; nothing happens where it is not there.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the folder is read-only.</exception>
    internal static void Delete(string path) => Changing(path, () => Disk.Current.Delete(path));

    /// <summary>Deletes a folder and all in it.</summary>
    /// <exception cref="ZfDeclException">ZF1204: something in it cannot be deleted.</exception>
    internal static void DeleteFolder(string path) => Changing(path, () => Disk.Current.DeleteTree(path));

    private static void Changing(string path, Action change)
    {
        try
        {
            change();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.CannotWrite(path, cause);
        }
    }
}
