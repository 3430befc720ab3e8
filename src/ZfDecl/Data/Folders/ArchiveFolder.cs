using ZfDecl.Data.Decoding;

namespace ZfDecl.Data.Folders;

/// <summary>A folder in a tar archive, or an archive as a whole; archives in it are folders, called without their ending.</summary>
internal sealed class ArchiveFolder : DataFolder
{
    private readonly string archive;
    private readonly Dictionary<string, ArchiveFolder> folders = [];
    private readonly Dictionary<string, (long Offset, long Length)> files = [];

    private ArchiveFolder(string archive, string path) => (this.archive, Path) = (archive, path);

    /// <inheritdoc/>
    public override string Path { get; }

    /// <summary>Opens an archive and lists what is in it.</summary>
    /// <exception cref="Messages.ZfDeclException">ZF1137: it is no archive, or damaged.</exception>
    public static ArchiveFolder Of(string path) => Of(path, path, 0, null);

    /// <inheritdoc/>
    protected override IEnumerable<string> FindFolders() => folders.Keys.Union(files.Keys.Where(TarFile.IsNamed).Select(name => name[..^TarFile.Ending.Length]));

    /// <inheritdoc/>
    protected override IEnumerable<ImageFile> FindFiles() => files.Select(file => new ImageFile(archive, file.Key, "", file.Value.Length) { Offset = file.Value.Offset });

    /// <inheritdoc/>
    protected override DataFolder Find(string name)
    {
        if (folders.TryGetValue(name, out var folder))
            return folder;
        var (offset, length) = files.First(file => TarFile.IsNamed(file.Key) && file.Key[..^TarFile.Ending.Length] == name).Value;
        return Of(archive, $"{Path}/{name}", offset, offset + length);
    }

    private static ArchiveFolder Of(string archive, string path, long offset, long? end)
    {
        var root = new ArchiveFolder(archive, path);
        foreach (var (name, place, length) in TarFile.List(archive, offset, end))
        {
            var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
            if (parts.Length == 0)
                continue;
            var folder = root;
            foreach (var part in parts[..^1])
            {
                if (!folder.folders.TryGetValue(part, out var next))
                    folder.folders.Add(part, next = new(archive, $"{folder.Path}/{part}"));
                folder = next;
            }
            folder.files[parts[^1]] = (place, length);
        }
        return root;
    }
}
