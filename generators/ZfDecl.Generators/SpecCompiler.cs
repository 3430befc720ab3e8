using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Reading;
using ZfDecl.Generators.Resolving;

namespace ZfDecl.Generators;

/// <summary>From the text of a spec to its networks: the whole way, without Roslyn.</summary>
internal static class SpecCompiler
{
    /// <summary>Reads a file on its own: its networks as written, nothing inherited yet.</summary>
    public static SpecFile Read(string path, string text)
    {
        var report = new DiagnosticBag();
        var networks = YamlReader.Read(path, text, report) is { } root ? SpecReader.Read(root, report) : [];
        return new(path, text, networks, report.Found);
    }

    /// <summary>Makes a file's networks whole and decides everything about them.</summary>
    public static CompiledFile Compile(SpecChain chain, ProjectOptions project)
    {
        var (file, all) = (chain.File, new DiagnosticBag());
        var networks = new List<CompiledNetwork>();
        foreach (var found in file.Found)
            all.Add(found);
        foreach (var declared in file.Declared)
        {
            var report = new DiagnosticBag();
            foreach (var found in chain.FoundIn(declared))
                report.Add(found);
            if (Resolve(declared, chain, project, report) is { } network)
                networks.Add(network);
            Attribute(report, declared, chain, project, all);
        }
        var said = all.Found.Where(found => !IsMeant(found, file)).OrderBy(found => found.Span.Start)
            .GroupBy(found => (found.Code, found.Span, WithoutOwner(found.Message))).Select(same => same.First()).ToEquatableArray();
        return new(networks.ToEquatableArray(), BrokenNetworks.Of(file, project.Relative(file.Path), networks, said).ToEquatableArray(), said);
    }

    /// <summary>Whether a warning is known to whoever wrote the spec: behind its position, a comment on that line names its code.</summary>
    private static bool IsMeant(SpecDiagnostic found, SpecFile file)
    {
        if (found.IsError || found.Span.File != file.Path)
            return false;
        var end = file.Text.IndexOf('\n', found.Span.Start);
        var rest = file.Text.Substring(found.Span.Start, (end < 0 ? file.Text.Length : end) - found.Span.Start);
        return rest.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment && rest.IndexOf(found.Code.Id, comment, StringComparison.Ordinal) >= 0;
    }

    /// <summary>
    /// A message without whose it is, which stands before its first colon. At one position the same is then said once: of the first round of a repetition, and not of a variant and again of the
    /// network that it becomes.
    /// </summary>
    private static string WithoutOwner(string message) => message.IndexOf(": ", StringComparison.Ordinal) is > 0 and var end ? message.Substring(end) : message;

    private static CompiledNetwork? Resolve(DeclaredNetwork declared, SpecChain chain, ProjectOptions project, DiagnosticBag report)
    {
        if (declared.Base is { } name && !chain.MayBeUnread && chain.Find(name.Text) is null)
            report.Add(Codes.UnknownNetwork, name.Span, $"there is no network '{name.Text}' to extend{Nearest.Hint(name.Text, chain.Candidates.Where(other => other != declared.Name.Text))}");
        if (Inheritance.Complete(declared, chain.Find, report) is not { } spec)
        {
            Resolver.CheckSections(declared.Top, report, partial: true);       // what it writes itself can be known to be wrong even so
            return null;
        }
        var map = SourceMap.Of(spec, project);
        return Resolver.Resolve(spec, map.SpecFile, report) is { } resolved ? new(resolved, map, spec.Name.Span) : null;
    }

    private static DiagnosticBag ReportOn(DeclaredNetwork declared, SpecChain chain, ProjectOptions project)
    {
        var report = new DiagnosticBag();
        Resolve(declared, chain, project, report);
        return report;
    }

    /// <summary>
    /// What lies outside a network's own text was inherited. It is said at the network that has it; where it only arises from what an derived
    /// changes, at the derived. A layer that an derived misses may be one that could not be read. What is said of a network as a whole is not said again of its derived networks.
    /// </summary>
    private static void Attribute(DiagnosticBag report, DeclaredNetwork declared, SpecChain chain, ProjectOptions project, DiagnosticBag all)
    {
        var ancestors = Inheritance.Ancestors(declared, chain.Find).ToList();
        var areBasesRead = !ancestors.SelectMany(chain.FoundIn).Any(found => found.IsError);
        var ofBases = new Lazy<List<DiagnosticBag>>(() => [.. ancestors.Select(ancestor => ReportOn(ancestor, chain, project))]);
        // Warnings wait until the errors are mended: what follows from a mistake is no advice.
        foreach (var found in report.Found.Where(found => found.IsError || !report.HasErrors))
        {
            if (found.Code == Codes.UnknownLayer && !areBasesRead)
                continue;
            if (declared.Base is null || (declared.Owns(found.Span) && !(found.Code.IsOfNetwork && IsOfBases(found.Code))))
                all.Add(found);
            else if (found.IsError && areBasesRead && !ofBases.Value.Exists(report => report.HasErrors))
                all.Add(found.Code, declared.Base.Span, $"'{declared.Name.Text}', as it extends '{declared.Base.Text}': {found.Message}");
        }

        bool IsOfBases(Code code) => ofBases.Value.Exists(report => report.Found.Any(other => other.Code == code));
    }
}
