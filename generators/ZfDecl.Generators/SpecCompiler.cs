using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Reading;
using ZfDecl.Generators.Resolving;

namespace ZfDecl.Generators;

/// <summary>The text of a spec, and its path.</summary>
internal sealed record SpecText(string Path, string Text);

/// <summary>What became of a spec: a network, or errors; warnings can stand beside a network.</summary>
/// <param name="Network">The network; null after an error.</param>
/// <param name="Place">Where its name stands.</param>
/// <param name="Diagnostics">What was found.</param>
internal sealed record CompiledSpec(ResolvedNetwork? Network, SourceSpan Place, EquatableArray<SpecDiagnostic> Diagnostics);

/// <summary>A network's name and the file that may have it.</summary>
internal readonly record struct NameOwner(string Network, string SpecFile);

/// <summary>Who has each name, and the errors for those who share one.</summary>
internal sealed record CheckedNames(EquatableArray<NameOwner> Unique, EquatableArray<SpecDiagnostic> Diagnostics);

/// <summary>From the text of a spec to its network: the whole way, without Roslyn.</summary>
internal static class SpecCompiler
{
    public static CompiledSpec Compile(SpecText text, ProjectOptions project)
    {
        var report = new Report();
        if (YamlReader.Read(text.Path, text.Text, report) is not { } root || SpecReader.Read(root, report) is not { } spec)
            return new(null, default, report.Found.ToEquatableArray());
        var network = Resolver.Resolve(spec, project.Relative(text.Path), report);
        return new(network, spec.Top.Place(SpecKeys.Network), report.Found.ToEquatableArray());
    }

    /// <summary>Finds networks of one name, and networks whose generated classes would collide: <c>A</c>'s recording is <c>ARecording</c>.</summary>
    public static CheckedNames CheckNames(IEnumerable<CompiledSpec> specs)
    {
        var networks = specs.Where(spec => spec.Network is not null).OrderBy(spec => spec.Network!.SpecFile, StringComparer.Ordinal).ToList();
        var takenBy = new Dictionary<string, CompiledSpec>(StringComparer.OrdinalIgnoreCase);
        var (unique, report) = (new List<NameOwner>(), new Report());
        foreach (var spec in networks)
        {
            var name = spec.Network!.Name;
            var classes = new[] { name, $"{name}Recording", $"{name}Deconvnet" };
            if (classes.FirstOrDefault(takenBy.ContainsKey) is { } taken)
            {
                report.Add(Codes.DuplicateNetwork, spec.Place, $"the class '{taken}' is made of the network '{takenBy[taken].Network!.Name}' in {takenBy[taken].Network!.SpecFile} already; rename one of the two");
                continue;
            }
            foreach (var one in classes)
                takenBy[one] = spec;
            unique.Add(new(name, spec.Network.SpecFile));
        }
        return new(unique.ToEquatableArray(), report.Found.ToEquatableArray());
    }
}
