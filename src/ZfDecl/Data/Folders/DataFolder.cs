using ZfDecl.Data.Decoding;
using ZfDecl.Messages;

namespace ZfDecl.Data.Folders;

/// <summary>A folder of a data set: on disk, or in an archive. Names that begin with a dot, and what the system hides, do not count.</summary>
internal abstract class DataFolder
{
    // Beside what a Mac has packed, with nothing in it that others read.
    private const string LeftByMacs = "__MACOSX";

    private IReadOnlyList<string>? folders;
    private IReadOnlyList<ImageFile>? images;
    private readonly Dictionary<string, DataFolder> inner = [];

    /// <summary>Where it is: its path, or that of its archive with the folder therein.</summary>
    public abstract string Path { get; }

    /// <summary>The names of the folders in it, in ordinal order.</summary>
    public IReadOnlyList<string> Folders => folders ??= [.. FindFolders().Where(IsVisible).Order(StringComparer.Ordinal)];

    /// <summary>The files in it that look like pictures, in ordinal order of their names; a name is without the folder, and a class is empty.</summary>
    public IReadOnlyList<ImageFile> Images => images ??= [.. FindFiles().Where(file => IsVisible(file.Name) && PictureKinds.IsPicture(file)).OrderBy(file => file.Name, StringComparer.Ordinal)];

    /// <summary>The names in it that no program can give back to the system, because they are not UTF-8, with what is not as <c>\xE9</c>.</summary>
    public virtual IReadOnlyList<string> Undecodable => [];

    /// <summary>Whether it is one of the folders that it lies in, by way of a link.</summary>
    public virtual bool LeadsBack => false;

    /// <summary>Opens a folder, or an archive; of one that wraps all in one folder, that one.</summary>
    /// <exception cref="ZfDeclException">ZF1137: it is an archive that cannot be read.</exception>
    public static DataFolder Open(string path) => (TarFile.IsNamed(path) && File.Exists(path) ? (DataFolder)ArchiveFolder.Of(path) : new DiskFolder(path)).Unwrapped();

    /// <summary>A folder in it.</summary>
    /// <param name="path">Names of folders with slashes between; empty for this one.</param>
    public DataFolder Folder(string path)
    {
        var folder = this;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!folder.inner.TryGetValue(name, out var next))
                folder.inner.Add(name, next = folder.Find(name));
            folder = next;
        }
        return folder;
    }

    /// <summary>Its images, and those of all folders below it; a name begins with the folders below it.</summary>
    public IEnumerable<ImageFile> ImagesBelow() => Below(folder => folder.Images, (folder, file) => file with { Name = $"{folder}/{file.Name}" });

    /// <summary>As <see cref="Undecodable"/>, of it and of all folders below it.</summary>
    public IEnumerable<string> UndecodableBelow() => Below(folder => folder.Undecodable, (folder, name) => $"{folder}/{name}");

    /// <summary>Where images lie side by side: in itself, or in its only folder, <c>images</c>; null where they lie in folders of classes.</summary>
    public (string Inside, IReadOnlyList<ImageFile> Images)? Flat() => Folders switch
    {
        [] when Images.Count > 0 => ("", Images),
        ["images"] when Folder("images").Images is { Count: > 0 } within => ("images", within),
        _ => null,
    };

    /// <summary>The names of its folders, hidden ones too.</summary>
    protected abstract IEnumerable<string> FindFolders();

    /// <summary>Its files, of whatever kind.</summary>
    protected abstract IEnumerable<ImageFile> FindFiles();

    /// <summary>The folder of a name.</summary>
    protected abstract DataFolder Find(string name);

    private static bool IsVisible(string name) => !name.StartsWith('.');

    private IEnumerable<T> Below<T>(Func<DataFolder, IEnumerable<T>> own, Func<string, T, T> within) => LeadsBack ? []
        : own(this).Concat(Folders.SelectMany(name => Folder(name).Below(own, within).Select(one => within(name, one))));

    // A folder of parts is itself the data set, whatever parts there are.
    private DataFolder Unwrapped() => Images.Count == 0 && Folders.Where(name => name != LeftByMacs).ToArray() is [var only] && PartWords.Of(only) is null && Folder(only) is { Folders.Count: > 0 } inner ? inner.Unwrapped() : this;
}
