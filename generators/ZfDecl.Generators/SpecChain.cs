using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Reading;

namespace ZfDecl.Generators;

/// <summary>A file with all files that its networks extend, at any distance: all that compiling it depends on.</summary>
/// <param name="File">The file.</param>
/// <param name="Ancestors">The other files, nearest first.</param>
/// <param name="Candidates">The names of all networks, where one that is extended is not among them; else empty.</param>
/// <param name="MayBeUnread">Whether one that is not among them may stand in a file that could not be read.</param>
internal sealed record SpecChain(SpecFile File, EquatableArray<SpecFile> Ancestors, EquatableArray<string> Candidates, bool MayBeUnread)
{
    public DeclaredNetwork? Find(string name) =>
        File.Drafts.Concat(Ancestors.SelectMany(file => file.Drafts)).FirstOrDefault(draft => draft.Name.Text == name);

    /// <summary>What was found where a network is written, when its file was read.</summary>
    public IEnumerable<SpecDiagnostic> FoundIn(DeclaredNetwork draft) =>
        Ancestors.Prepend(File).First(file => file.Path == draft.Span.File).Found.Where(found => draft.Owns(found.Span));
}

/// <summary>Finds the file of a network among all files.</summary>
internal sealed class SpecIndex
{
    private readonly Dictionary<string, SpecFile> files = [];
    private readonly bool isAnyUnread;

    public SpecIndex(IEnumerable<SpecFile> all)
    {
        foreach (var file in all.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            isAnyUnread |= file.Drafts.Count == 0 && file.Found.Any(found => found.IsError);
            foreach (var draft in file.Drafts)
                if (!files.ContainsKey(draft.Name.Text))
                    files.Add(draft.Name.Text, file);
        }
    }

    public SpecChain LineageOf(SpecFile file)
    {
        var (lineage, isUnknown) = (new List<SpecFile> { file }, false);
        for (var i = 0; i < lineage.Count; i++)
        {
            foreach (var name in lineage[i].Drafts.Select(draft => draft.Base?.Text).OfType<string>())
            {
                if (!files.TryGetValue(name, out var parent))
                    isUnknown |= i == 0;
                else if (!lineage.Contains(parent))
                    lineage.Add(parent);
            }
        }
        return new(file, lineage.Skip(1).ToEquatableArray(), isUnknown ? files.Keys.OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray() : EquatableArray<string>.Empty, isUnknown && isAnyUnread);
    }
}
