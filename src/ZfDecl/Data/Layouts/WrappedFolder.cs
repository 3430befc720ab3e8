using ZfDecl.Data.Folders;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Data.Layouts;

/// <summary>
/// A folder that wraps one of the data sets that are known by the names of their files, as archives and downloads leave them: <c>FashionMNIST/raw</c>, the folder that holds
/// <c>cifar-10-batches-bin</c>. Nothing else in it holds pictures.
/// </summary>
/// <param name="known">The layouts that are looked for.</param>
internal sealed class WrappedFolder(IReadOnlyList<DataLayout> known) : DataLayout
{
    private const int Depth = 3, MostFolders = 32;

    /// <inheritdoc/>
    /// <exception cref="ZfDeclException">ZF1185: there are several.</exception>
    public override bool Recognises(string path) => Find(path) is not null;

    /// <inheritdoc/>
    public override KnownDataSet? Known(string path) => Find(path) is var (layout, inner) ? layout.Known(inner) : null;

    /// <inheritdoc/>
    public override bool HoldsIdx(string path) => Find(path) is var (layout, inner) && layout.HoldsIdx(inner);

    /// <inheritdoc/>
    public override ImageData Open(string path, DataRequest request)
    {
        var (layout, inner) = Find(path)!.Value;
        return Within(layout.Open(inner, request), path, inner);
    }

    /// <summary>Data whose description says in which folder it lies within the one that the user has named.</summary>
    public static ImageData Within(ImageData data, string path, string inner) => data with { Description = $"{data.Description} (in {Path.GetRelativePath(path, inner)})" };

    private (DataLayout Layout, string Path)? Find(string path)
    {
        if (!Directory.Exists(path))
            return null;
        var found = Below(path, Depth).Distinct().ToArray();
        if (found.Length == 0 || !OtherwiseEmpty(path, found))
            return null;
        return found is [var only] ? only : throw new ZfDeclException("ZF1185", $"several data sets lie in here: {string.Join(", ", found.Select(one => Path.GetRelativePath(path, one.Path)))}; name one of them with `data`", path);
    }

    private IEnumerable<(DataLayout Layout, string Path)> Below(string path, int depth)
    {
        var folder = new DiskFolder(path);
        if (depth == 0 || folder.Folders.Count > MostFolders || folder.Images.Count > 0)
            yield break;
        foreach (var inner in folder.Folders.Select(name => Path.Combine(path, name)).Where(Directory.Exists))
        {
            if (known.FirstOrDefault(layout => layout.Recognises(inner)) is { } layout)
            {
                yield return (layout, inner);
                continue;
            }
            foreach (var deeper in Below(inner, depth - 1))
                yield return deeper;
        }
    }

    /// <summary>Whether the other folders hold no pictures: else these may be the data.</summary>
    private static bool OtherwiseEmpty(string path, (DataLayout Layout, string Path)[] found)
    {
        var folder = new DiskFolder(path);
        return folder.Folders.Where(name => !found.Any(one => $"{one.Path}/".StartsWith($"{Path.Combine(path, name)}/", StringComparison.Ordinal))).All(name => !folder.Folder(name).ImagesBelow().Any());
    }
}
