using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ZfDecl.Generators.Tests.Architecture;

/// <summary>Which folder of a project uses which, as the compiler sees it: a folder uses another where a line of code names a type that is declared there.</summary>
internal sealed class FolderGraph
{
    private readonly Dictionary<(string From, string To), string> uses = [];

    private FolderGraph(string project)
    {
        var folder = Repository.PathOf(project);
        var trees = SourceFiles.Of(project).Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), SpecDriver.ParseOptions, path)).ToArray();
        var compilation = SpecDriver.Compilation(trees);
        foreach (var tree in trees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var type in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Select(name => TypeOf(model, name)))
            {
                if (type?.DeclaringSyntaxReferences is [{ SyntaxTree.FilePath: var declared }, ..] && FolderOf(folder, declared) is var to && FolderOf(folder, tree.FilePath) is var from && from != to)
                    uses.TryAdd((from, to), $"{Path.GetFileName(tree.FilePath)} uses {type.Name}");
            }
        }
    }

    /// <summary>The graph of a project.</summary>
    /// <param name="project">The project's folder, below the repository's.</param>
    public static FolderGraph Of(string project) => new(project);

    /// <summary>Whether a line of one folder names a type of another.</summary>
    public bool Uses(string from, string to) => uses.ContainsKey((from, to));

    /// <summary>A circle among the folders, as its folders with the use that leads on from each; empty where there is none.</summary>
    /// <param name="level">Maps a folder to what counts as one: itself, or the folder at the top that it lies in.</param>
    public IReadOnlyList<string> Circle(Func<string, string> level)
    {
        var edges = uses.Select(use => (From: level(use.Key.From), To: level(use.Key.To), Example: use.Value)).Where(edge => edge.From != edge.To).ToLookup(edge => edge.From);
        var (done, path) = (new HashSet<string>(), new List<(string Folder, string Example)>());
        return edges.Select(from => from.Key).Order(StringComparer.Ordinal).Select(Search).FirstOrDefault(circle => circle.Count > 0) ?? [];

        IReadOnlyList<string> Search(string folder)
        {
            if (path.FindIndex(step => step.Folder == folder) is var start and >= 0)
                return [.. path.Skip(start).Select(step => $"{step.Folder}: {step.Example}")];
            if (!done.Add(folder))
                return [];
            foreach (var edge in edges[folder])
            {
                path.Add((folder, $"{edge.Example} of {edge.To}"));
                if (Search(edge.To) is { Count: > 0 } circle)
                    return circle;
                path.RemoveAt(path.Count - 1);
            }
            return [];
        }
    }

    private static INamedTypeSymbol? TypeOf(SemanticModel model, SimpleNameSyntax name)
    {
        if (name.FirstAncestorOrSelf<UsingDirectiveSyntax>() is not null)
            return null;
        var found = model.GetSymbolInfo(name);
        var symbol = found.Symbol ?? found.CandidateSymbols.FirstOrDefault();
        var type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is { } outer)
            type = outer;
        return type;
    }

    private static string FolderOf(string project, string path) => Path.GetRelativePath(project, Path.GetDirectoryName(path)!).Replace('\\', '/');
}
