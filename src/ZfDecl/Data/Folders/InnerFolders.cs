using ZfDecl.Data.Sets;

namespace ZfDecl.Data.Folders;

/// <summary>The folders within class folders that hold images, in themselves or in folders below: where a class is none, they say what it is.</summary>
internal sealed class InnerFolders
{
    // Of a folder, by its path relative to the tree's, with forward slashes.
    private readonly Dictionary<string, SortedSet<string>> inside = [];

    /// <param name="tree">The classes, as they are taken.</param>
    public InnerFolders(ClassTree tree)
    {
        foreach (var folder in tree.Files.Select(file => file.Name[tree.Prefix.Length..file.Name.LastIndexOf('/')]).Distinct())
        {
            var names = folder.Split('/');
            for (var depth = 1; depth < names.Length; depth++)
            {
                var parent = string.Join('/', names[..depth]);
                if (!inside.TryGetValue(parent, out var children))
                    inside.Add(parent, children = new(StringComparer.Ordinal));
                children.Add(names[depth]);
            }
        }
    }

    /// <summary>The names of the folders in a folder, in ordinal order.</summary>
    /// <param name="folder">A class, or the path of a folder within one.</param>
    public IReadOnlyCollection<string> In(string folder) => inside.GetValueOrDefault(folder) is { } names ? names : [];

    /// <summary>The folder itself, or the first within it, at any depth, that holds a part to train on and another; null where none does.</summary>
    /// <param name="folder">As of <see cref="In"/>.</param>
    public string? WithParts(string folder) =>
        In(folder).Select(PartWords.Of).OfType<DataPart>().Distinct().Order().ToArray() is [DataPart.Train, _, ..] ? folder
        : In(folder).Select(name => WithParts($"{folder}/{name}")).FirstOrDefault(found => found is not null);

    /// <summary>The folder itself, or the first within it that does not just wrap another one.</summary>
    /// <param name="folder">As of <see cref="In"/>.</param>
    public string Unwrapped(string folder) => In(folder).ToArray() is [var only] && In($"{folder}/{only}").Count > 0 ? Unwrapped($"{folder}/{only}") : folder;
}
