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
        var drafts = YamlReader.Read(path, text, report) is { } root ? SpecReader.Read(root, report) : [];
        return new(path, text, drafts, report.Found);
    }

    /// <summary>Makes a file's networks whole and decides everything about them.</summary>
    public static CompiledFile Compile(SpecChain lineage, ProjectOptions project)
    {
        var (file, all) = (lineage.File, new DiagnosticBag());
        var networks = new List<CompiledNetwork>();
        foreach (var found in file.Found)
            all.Add(found);
        foreach (var draft in file.Drafts)
        {
            var report = new DiagnosticBag();
            foreach (var found in lineage.FoundIn(draft))
                report.Add(found);
            if (Resolve(draft, lineage, project, report) is { } network)
                networks.Add(network);
            Attribute(report, draft, lineage, project, all);
        }
        return new(networks.ToEquatableArray(), all.Found.Where(found => !IsMeant(found, file)).ToEquatableArray());
    }

    /// <summary>Whether a warning is known to whoever wrote the spec: behind its place, a comment on that line names its code.</summary>
    private static bool IsMeant(SpecDiagnostic found, SpecFile file)
    {
        if (found.IsError || found.Span.File != file.Path)
            return false;
        var end = file.Text.IndexOf('\n', found.Span.Start);
        var rest = file.Text.Substring(found.Span.Start, (end < 0 ? file.Text.Length : end) - found.Span.Start);
        return rest.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var comment && rest.IndexOf(found.Code.Id, comment, StringComparison.Ordinal) >= 0;
    }

    private static CompiledNetwork? Resolve(DeclaredNetwork draft, SpecChain lineage, ProjectOptions project, DiagnosticBag report)
    {
        if (draft.Base is { } name && !lineage.MayBeUnread && lineage.Find(name.Text) is null)
            report.Add(Codes.UnknownNetwork, name.Span, $"there is no network '{name.Text}' to extend{Nearest.Hint(name.Text, lineage.Candidates.Where(other => other != draft.Name.Text))}");
        if (Inheritance.Complete(draft, lineage.Find, report) is not { } spec)
            return null;
        var map = SourceMap.Of(spec, project);
        return Resolver.Resolve(spec, map.SpecFile, report) is { } resolved ? new(resolved, map, spec.Name.Span) : null;
    }

    private static DiagnosticBag ReportOn(DeclaredNetwork draft, SpecChain lineage, ProjectOptions project)
    {
        var report = new DiagnosticBag();
        Resolve(draft, lineage, project, report);
        return report;
    }

    /// <summary>
    /// What lies outside a network's own text was inherited. It is said at the network that has it; where it only arises from what an heir
    /// changes, at the heir. A layer that an heir misses may be one that could not be read. What is said of a network as a whole is not said again of its heirs.
    /// </summary>
    private static void Attribute(DiagnosticBag report, DeclaredNetwork draft, SpecChain lineage, ProjectOptions project, DiagnosticBag all)
    {
        var ancestors = Inheritance.Ancestors(draft, lineage.Find).ToList();
        var areBasesRead = !ancestors.SelectMany(lineage.FoundIn).Any(found => found.IsError);
        var ofBases = new Lazy<List<DiagnosticBag>>(() => [.. ancestors.Select(ancestor => ReportOn(ancestor, lineage, project))]);
        // Warnings wait until the errors are mended: what follows from a mistake is no advice.
        foreach (var found in report.Found.Where(found => found.IsError || !report.HasErrors))
        {
            if (found.Code == Codes.UnknownLayer && !areBasesRead)
                continue;
            if (draft.Base is null || (draft.Owns(found.Span) && !(found.Code.IsOfNetwork && IsOfBases(found.Code))))
                all.Add(found);
            else if (found.IsError && areBasesRead && !ofBases.Value.Exists(report => report.HasErrors))
                all.Add(found.Code, draft.Base.Span, $"'{draft.Name.Text}', as it extends '{draft.Base.Text}': {found.Message}");
        }

        bool IsOfBases(Code code) => ofBases.Value.Exists(report => report.Found.Any(other => other.Code == code));
    }
}
