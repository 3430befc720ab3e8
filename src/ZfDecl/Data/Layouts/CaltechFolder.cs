using ZfDecl.Data.Folders;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>
/// Caltech-101 or Caltech-256 as published: <c>101_ObjectCategories/accordion/image_0001.jpg</c>, <c>256_ObjectCategories/001.ak47/001_0001.jpg</c>. They are class
/// folders, of which one is no category: pictures of anything, to test detectors with. It is left out where the user does not name it: the paper's protocol
/// recognises objects.
/// </summary>
internal sealed class CaltechFolder : DataLayout
{
    private static readonly (KnownDataSet Kind, string Folder, string Background)[] Both =
        [(KnownDataSet.Caltech101, "101_ObjectCategories", "BACKGROUND_Google"), (KnownDataSet.Caltech256, "256_ObjectCategories", "257.clutter")];

    /// <inheritdoc/>
    /// <exception cref="ZfDeclException">ZF1185: both are there.</exception>
    public override bool Recognises(string path) => Find(path) is not null;

    /// <inheritdoc/>
    public override KnownDataSet? Known(string path) => Find(path)!.Kind;

    /// <summary>Opens the images, with the classes that are no categories.</summary>
    /// <inheritdoc/>
    /// <exception cref="ZfDeclException">There is too little in the folder, or too much that cannot be read (ZF112x, ZF113x).</exception>
    public override ImageData Open(string path, DataRequest request)
    {
        var found = Find(path)!;
        var data = ClassFolders.Open(new DiskFolder(found.Folder), request, called: null);
        return data with { Known = found.Kind, Background = found.Background, Description = $"{(found.Kind == KnownDataSet.Caltech101 ? "Caltech-101" : "Caltech-256")}, {data.Description}" };
    }

    /// <summary>Finds the data set in a folder, in one within it, or within one of these; null where it is not there.</summary>
    private static Found? Find(string folder)
    {
        if (!Directory.Exists(folder))
            return null;
        if (OfItself(folder) is { } itself)
            return itself;
        var within = new DiskFolder(folder).Folders;
        Found[] found = [.. within.Concat(within.SelectMany(name => Both.Select(one => Path.Combine(name, one.Folder)))).Select(name => Path.Combine(folder, name))
            .Where(folder => Both.Any(one => IsNamed(folder, one.Folder)) && Directory.Exists(folder)).Select(OfItself).OfType<Found>()];
        return found switch
        {
            [] => null,
            [var only] => only,
            _ => throw new ZfDeclException("ZF1185", $"several data sets lie in here: {string.Join(", ", found.Select(one => Path.GetRelativePath(folder, one.Folder)))}; name one of them with `data`", folder),
        };
    }

    private static Found? OfItself(string folder)
    {
        var classes = new DiskFolder(folder).Folders;
        foreach (var (kind, name, background) in Both)
        {
            string[] others = [.. classes.Where(one => one.Equals(background, StringComparison.OrdinalIgnoreCase))];
            if (classes.Count > 2 && (others.Length > 0 || IsNamed(folder, name)))
                return new(folder, kind, others);
        }
        return null;
    }

    private static bool IsNamed(string folder, string name) => Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)).Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <param name="Folder">The folder of class folders.</param>
    /// <param name="Kind">Which of the two.</param>
    /// <param name="Background">The folders of it that are no categories.</param>
    private sealed record Found(string Folder, KnownDataSet Kind, IReadOnlyList<string> Background);
}
