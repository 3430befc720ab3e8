using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Reading;

/// <summary>From the root of a file to the networks it writes: its own, and one for each of its variants; of a study, its variants.</summary>
internal static class SpecReader
{
    /// <summary>The most variants of a file: each costs as much as a network.</summary>
    private const int MostVariants = 100;

    public static IReadOnlyList<DeclaredNetwork> Read(Node root, DiagnosticBag report)
    {
        if (root is not MapNode map)
        {
            report.Add(Codes.WrongValue, root.Span, $"a spec is a mapping that starts with 'network: <Name>'; this is {root.Description}");
            return [];
        }
        var isStudy = map.Find(StudyKeys.Word) is not null;        // of networks a study holds variants, if any
        if (isStudy)
            map = new(map.Span, [.. map.Entries.Where(entry => entry.Key.Text == SpecKeys.Extends.Name || entry.Key.Text == SpecKeys.Variants.Name)]);
        if (isStudy && map.Find(SpecKeys.Variants.Name) is null)
            return [];
        var networks = new List<DeclaredNetwork>();
        var head = map.Span with { End = map.Span.Start, EndLine = map.Span.Line, EndColumn = map.Span.Column };
        var top = SettingValues.Read("a spec", head, map.Entries, SpecKeys.Top, report, partial: true);
        var (ownBase, ownName) = (Written(SpecKeys.Extends), Written(SpecKeys.Network));
        var variants = top.Get(SpecKeys.Variants)?.Entries ?? [];
        if (IsUnreadable(ownName, SpecKeys.Network) || IsUnreadable(ownBase, SpecKeys.Extends) || (ownName is not null && !CheckName(ownName, report)))
            return [];  // what else could be said hangs on that name
        if (ownName is not null)
            networks.Add(new(map.Span, ownName, ownBase, top, ReadLayers(top, ownBase, report)));
        else if (isStudy && ownBase is null)
            report.Add(Codes.Missing, map.Find(SpecKeys.Variants.Name)!.Key.Span, "the variants of a study need a network that they alter; write 'extends: <Name>' above them");
        else if (ownBase is null || variants.Count == 0)
            report.Add(Codes.Missing, head, $"a spec lacks 'network': {SpecKeys.Network.Summary} Write 'network: …' with {SpecKeys.Network.Allowed}");
        else
            RefuseOwnerless(top, report);

        if (variants.Count > MostVariants)
            report.Add(Codes.TooLarge, top.SpanOf(SpecKeys.Variants), $"there are {variants.Count} variants; a file holds at most {MostVariants}: put the others into further files with 'extends'");
        foreach (var variant in variants.Take(MostVariants))
        {
            if ((ownName ?? ownBase) is not { } parent || !CheckName(variant.Key, report))
                continue;
            if (networks.Any(declared => declared.Name.Text == variant.Key.Text))
                report.Add(Codes.DuplicateNetwork, variant.Key.Span, $"the network of this file is called '{variant.Key.Text}' already; give the variant a name of its own");
            else if (variant.Value is MapNode own)
                networks.Add(new(Spanning(variant.Key.Span, own.Span), variant.Key, parent, SettingValues.Read($"the variant '{variant.Key.Text}'", variant.Key.Span, own.Entries, SpecKeys.Variant, report, partial: true), []));
            else
                report.Add(Codes.WrongValue, variant.Value.Span, $"the variant '{variant.Key.Text}' is {variant.Value.Description}; it is a mapping of {string.Join(", ", SpecKeys.Variant.Select(key => key.Name))}");
        }
        return networks;

        ScalarNode? Written(Key key) => map.Find(key.Name) is { HasValue: true, Value: ScalarNode name } ? name : null;

        bool IsUnreadable(ScalarNode? name, Key key) => name is null && top.IsWritten(key);
    }

    /// <summary>A file of variants alone has no network that a further key could belong to.</summary>
    private static void RefuseOwnerless(SettingValues top, DiagnosticBag report)
    {
        foreach (var entry in top.Entries.Where(entry => entry.Key.Text != SpecKeys.Extends.Name && entry.Key.Text != SpecKeys.Variants.Name))
            report.Add(Codes.Contradiction, entry.Key.Span, $"'{entry.Key.Text}' belongs to a network, and this file holds variants alone; write it into each variant, or name a network with 'network: <Name>'");
    }

    private static bool CheckName(ScalarNode name, DiagnosticBag report)
    {
        if (Names.ProblemOfNetwork(name.Text) is not { } problem)
            return true;
        report.Add(Codes.WrongName, name.Span, problem);
        return false;
    }

    private static List<LayerSpec> ReadLayers(SettingValues top, ScalarNode? extended, DiagnosticBag report)
    {
        if (extended is not null)
        {
            if (top.IsWritten(SpecKeys.Layers))
                report.Add(Codes.Contradiction, top.SpanOf(SpecKeys.Layers), $"a spec that extends '{extended.Text}' has its layers; alter them with {string.Join(", ", SpecKeys.Edits.Select(key => $"'{key.Name}'"))}");
            return [];
        }
        foreach (var edit in SpecKeys.Edits.Where(top.IsWritten))
            report.Add(Codes.Contradiction, top.SpanOf(edit), $"'{edit.Name}' alters the layers of another network; say which with 'extends: <Name>', or write it into 'layers'");
        return LayerReader.ReadAll(top.Get(SpecKeys.Layers)?.Items ?? [], report);
    }

    private static SourceSpan Spanning(SourceSpan start, SourceSpan to) => start with { End = to.End, EndLine = to.EndLine, EndColumn = to.EndColumn };
}
