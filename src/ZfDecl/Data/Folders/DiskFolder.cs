using ZfDecl.Data.Decoding;

namespace ZfDecl.Data.Folders;

/// <summary>
/// A folder on disk. Links to folders are followed. Archives (<c>.tar</c>) in it are folders, called without their ending, where there are no pictures beside them: so ImageNet
/// comes, and else they are copies of what has been unpacked.
/// </summary>
internal sealed class DiskFolder : DataFolder
{
    private readonly string[] above;
    private readonly string real;
    private (string[] Folders, FileInfo[] Files, string[] Undecodable)? content;

    /// <param name="path">The folder.</param>
    public DiskFolder(string path)
        : this(path, [])
    {
    }

    private DiskFolder(string path, string[] above) => (Path, this.above, real) = (path, above, RealPath(System.IO.Path.GetFullPath(path)));

    /// <inheritdoc/>
    public override string Path { get; }

    /// <inheritdoc/>
    public override bool LeadsBack => above.Contains(real, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Undecodable => Content.Undecodable;

    private (string[] Folders, FileInfo[] Files, string[] Undecodable) Content => content ??= Read();

    /// <inheritdoc/>
    protected override IEnumerable<string> FindFolders() => Content.Folders.Union(Archives());

    /// <inheritdoc/>
    protected override IEnumerable<ImageFile> FindFiles() => Content.Files.Select(file => new ImageFile(file.FullName, file.Name, "", file.Attributes.HasFlag(FileAttributes.ReparsePoint) ? ImageFile.LengthOf(file.FullName) : file.Length));

    /// <inheritdoc/>
    protected override DataFolder Find(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        return !Directory.Exists(path) && File.Exists(path + TarFile.Ending) ? ArchiveFolder.Of(path + TarFile.Ending) : new DiskFolder(path, [.. above, real]);
    }

    private string[] Archives()
    {
        string[] archives = [.. Content.Files.Where(file => TarFile.IsNamed(file.Name)).Select(file => System.IO.Path.GetFileNameWithoutExtension(file.Name))];
        return archives.Length == 0 || Images.Count > 0 || Content.Folders.Any(name => Folder(name).ImagesBelow().Any()) ? [] : archives;
    }

    private (string[] Folders, FileInfo[] Files, string[] Undecodable) Read()
    {
        var visible = new EnumerationOptions { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
        var all = new DirectoryInfo(Path).EnumerateFileSystemInfos("*", visible).ToLookup(IsUndecodable);
        return ([.. all[false].OfType<DirectoryInfo>().Select(folder => folder.Name)], [.. all[false].OfType<FileInfo>()], all[true].Any() ? UndecodableNames.In(Path, [.. all[true].Select(one => one.Name)]) : []);
    }

    /// <summary>Whether a name is not UTF-8: what is not is replaced in it, and under that name nothing is there.</summary>
    private static bool IsUndecodable(FileSystemInfo info) => info.Name.Contains('\uFFFD', StringComparison.Ordinal) && !System.IO.Path.Exists(info.FullName) && info.LinkTarget is null;

    /// <summary>A full path without links in it.</summary>
    private static string RealPath(string path)
    {
        if (System.IO.Path.GetDirectoryName(path) is not { } parent)
            return path;
        var parentPath = RealPath(parent);
        var here = new DirectoryInfo(System.IO.Path.Combine(parentPath, System.IO.Path.GetFileName(path)));
        return here.LinkTarget is { } target ? RealPath(System.IO.Path.GetFullPath(target, parentPath)) : here.FullName;
    }
}
