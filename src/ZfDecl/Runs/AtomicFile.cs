namespace ZfDecl.Runs;

/// <summary>Files that are there whole or not at all: written beside their place, flushed to disk, then renamed over it.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file, making its folder where needed.</summary>
    /// <param name="path">The place; an older file there is replaced only when the new one is complete.</param>
    /// <param name="write">Writes the content. If it throws, the older file stays and nothing is left behind.</param>
    public static void Write(string path, Action<FileStream> write)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var beside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Writes a text file as UTF-8 without a byte order mark, with LF line ends as given.</summary>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
}
