namespace ZfDecl.Data.Decoding;

/// <summary>An image file of a class.</summary>
/// <param name="Path">Where it lies: the file, or the archive that holds it.</param>
/// <param name="Name">Its path in the data folder, with forward slashes.</param>
/// <param name="Class">The name of its class.</param>
/// <param name="Length">Its length in bytes.</param>
internal sealed record ImageFile(string Path, string Name, string Class, long Length)
{
    /// <summary>Where in an archive it begins, in bytes; null where it is a file of its own.</summary>
    public long? Offset { get; init; }

    /// <summary>What to call it in a message: its path, or that of its archive and its name therein.</summary>
    public string Place => Offset is null ? Path : $"{Path}:{Name}";

    /// <summary>A file that belongs to no data set.</summary>
    public static ImageFile Of(string path) => new(path, System.IO.Path.GetFileName(path), "", File.Exists(path) ? new FileInfo(path).Length : 0);

    /// <summary>Opens it to read; one in an archive is read as a whole.</summary>
    /// <exception cref="IOException">It cannot be read, or the archive ends before.</exception>
    public Stream OpenRead() => Offset is null ? File.OpenRead(Path) : new MemoryStream(ReadPart(Length), writable: false);

    /// <summary>Reads its first bytes, or fewer where it is shorter.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[] ReadStart(int count) => ReadPart(Offset is null ? count : Math.Min(count, Length));

    private byte[] ReadPart(long count)
    {
        var bytes = new byte[count];
        using var handle = File.OpenHandle(Path);
        for (var found = 0; found < bytes.Length;)
        {
            var read = RandomAccess.Read(handle, bytes.AsSpan(found), (Offset ?? 0) + found);
            if (read == 0)
                return Offset is null ? bytes[..found] : throw new EndOfStreamException($"the archive ends in {Name}");
            found += read;
        }
        return bytes;
    }
}
