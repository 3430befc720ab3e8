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
        File.Declared.Concat(Ancestors.SelectMany(file => file.Declared)).FirstOrDefault(declared => declared.Name.Text == name);

    /// <summary>What was found where a network is written, when its file was read.</summary>
    public IEnumerable<SpecDiagnostic> FoundIn(DeclaredNetwork declared) =>
        Ancestors.Prepend(File).First(file => file.Path == declared.Span.File).Found.Where(found => declared.Owns(found.Span));
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
            isAnyUnread |= file.Declared.Count == 0 && file.Found.Any(found => found.IsError);
            foreach (var declared in file.Declared)
                if (!files.ContainsKey(declared.Name.Text))
                    files.Add(declared.Name.Text, file);
        }
    }

    public SpecChain ChainOf(SpecFile file)
    {
        var (chain, isUnknown) = (new List<SpecFile> { file }, false);
        for (var i = 0; i < chain.Count; i++)
        {
            foreach (var name in chain[i].Declared.Select(declared => declared.Base?.Text).OfType<string>())
            {
                if (!files.TryGetValue(name, out var parent))
                    isUnknown |= i == 0;
                else if (!chain.Contains(parent))
                    chain.Add(parent);
            }
        }
        return new(file, chain.Skip(1).ToEquatableArray(), isUnknown ? files.Keys.OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray() : EquatableArray<string>.Empty, isUnknown && isAnyUnread);
    }
}
