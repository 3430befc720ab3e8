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
            Directory.CreateDirectory(folder);
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(durable);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, cause);
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

    /// <exception cref="ZfDeclException">ZF1204: the folder is read-only.</exception>
    internal static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, cause);
        }
    }

    internal static ZfDeclException CannotWrite(string path, Exception cause) =>
        new("ZF1204", $"cannot write '{path}': {cause.Message} Free some space, or name a folder that can be written with `artifacts`", path, cause);
}
