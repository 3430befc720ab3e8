using ZfDecl.Files;

namespace ZfDecl.Data.Decoding;

/// <summary>An image file of a class.</summary>
/// <param name="Path">Where it lies: the file, or the archive that holds it.</param>
/// <param name="Name">Its path in the data folder, with forward slashes.</param>
/// <param name="Class">The name of its class.</param>
/// <param name="Length">Its length in bytes; of a link that of the file that it leads to.</param>
internal sealed record ImageFile(string Path, string Name, string Class, long Length)
{
    /// <summary>Where in an archive it begins, in bytes; null where it is a file of its own.</summary>
    public long? Offset { get; init; }

    /// <summary>What it holds, where it is no file but was handed over in memory; null otherwise.</summary>
    public byte[]? Content { get; init; }

    /// <summary>What to call it in a message: its path, or that of its archive and its name therein.</summary>
    public string Place => Offset is null ? Path : $"{Path}:{Name}";

    /// <summary>A file that belongs to no data set.</summary>
    public static ImageFile Of(string path) => new(path, System.IO.Path.GetFileName(path), "", LengthOf(path));

    /// <summary>A picture that is no file.</summary>
    /// <param name="name">What it is called; nothing is looked for under that name.</param>
    /// <param name="content">What it holds; not copied.</param>
    public static ImageFile OfContent(string name, byte[] content) => new(name, name, "", content.Length) { Content = content };

    /// <summary>The length of a file, or of what a link leads to; 0 where there is none, or it is no regular file.</summary>
    public static long LengthOf(string path)
    {
        try
        {
            return RegularFile.Length(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Opens it to read; one in an archive is read as a whole.</summary>
    /// <exception cref="IOException">It cannot be read, or the archive ends before.</exception>
    public Stream OpenRead() => Content is not null ? new MemoryStream(Content, writable: false) : Offset is null ? RegularFile.OpenInput(Path, long.MaxValue) : new MemoryStream(ReadPart(Length), writable: false);

    /// <summary>Reads its first bytes, or fewer where it is shorter.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[] ReadStart(int count) => Content is not null ? Content[..Math.Min(count, Content.Length)] : ReadPart(Offset is null ? count : Math.Min(count, Length));

    private byte[] ReadPart(long count)
    {
        var bytes = new byte[count];
        using var file = RegularFile.OpenInput(Path, long.MaxValue);
        for (var found = 0; found < bytes.Length;)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, bytes.AsSpan(found), (Offset ?? 0) + found);
            if (read == 0)
                return Offset is null ? bytes[..found] : throw new EndOfStreamException($"the archive ends in {Name}");
            found += read;
        }
        return bytes;
    }
}
