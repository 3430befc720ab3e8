using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Reading;

/// <summary>Makes a whole network of one that extends another: the keys it writes win, and its edits are made to the other's layers.</summary>
internal static class Inheritance
{
    /// <summary>The network with all that it inherits; null where something it extends is missing, which is reported.</summary>
    /// <param name="declared">The network as written.</param>
    /// <param name="find">Finds a network by its name.</param>
    /// <param name="report">Takes what is wrong.</param>
    public static NetworkSpec? Complete(DeclaredNetwork declared, Func<string, DeclaredNetwork?> find, DiagnosticBag report)
    {
        var chain = new List<DeclaredNetwork> { declared };
        while (chain[chain.Count - 1] is { Base: { } name } derived)
        {
            if (find(name.Text) is not { } parent)
                return null;
            if (chain.Contains(parent))
            {
                if (parent == declared)
                    report.Add(Codes.Cycle, declared.Base!.Span, $"'{declared.Name.Text}' extends itself: {string.Join(" extends ", chain.Select(one => one.Name.Text))} extends {declared.Name.Text}; end the chain with a network that has layers of its own");
                return null;
            }
            chain.Add(parent);
        }
        chain.Reverse();
        var (entries, layers) = (chain[0].Top.Entries, chain[0].Layers);
        foreach (var derived in chain.Skip(1))
        {
            var edited = new LayerEdits(layers, derived, derived == declared ? report : new()).Apply();
            entries = Merge(WithoutRemoved(entries, layers, edited), derived.Top.Entries, depth: 0);
            layers = edited;
        }
        LayerReader.CheckNames(declared.Name.Text, layers, report);
        var owner = declared.Base is null ? "a spec" : $"the network '{declared.Name.Text}'";
        var whole = entries.Where(entry => SpecKeys.Whole.Any(key => key.Name == entry.Key.Text));
        return new(declared.Name, SettingValues.Read(owner, declared.Top.Span, whole, SpecKeys.Whole, report, meant: chain.SelectMany(one => one.Top.Misspelt)), layers);
    }

    /// <summary>The names of all networks that a network extends, nearest first, as far as they are known.</summary>
    public static IEnumerable<DeclaredNetwork> Ancestors(DeclaredNetwork declared, Func<string, DeclaredNetwork?> find)
    {
        var seen = new HashSet<DeclaredNetwork> { declared };
        for (var one = declared; one.Base is { } name && find(name.Text) is { } parent && seen.Add(parent); one = parent)
            yield return parent;
    }

    /// <summary>Entries of both mappings; where both have a key, the derived's value, or both merged where both are mappings.</summary>
    public static List<Entry> Merge(IReadOnlyList<Entry> inherited, IReadOnlyList<Entry> own, int depth)
    {
        var merged = new List<Entry>();
        foreach (var entry in inherited)
        {
            var overriding = own.FirstOrDefault(other => other.Key.Text == entry.Key.Text);
            merged.Add(overriding switch
            {
                null => entry,
                { Value: MapNode map } when depth == 0 && entry.Value is MapNode before => new(overriding.Key, new MapNode(map.Span, Merge(before.Entries, map.Entries, depth + 1))),
                _ => overriding,
            });
        }
        merged.AddRange(own.Where(entry => inherited.All(other => other.Key.Text != entry.Key.Text)));
        return merged;
    }

    /// <summary>
    /// The inherited entries, whose list of layers to visualise loses those that are gone; where none is left, the default holds. Factors of layers that are gone go with
    /// them.
    /// </summary>
    private static List<Entry> WithoutRemoved(IReadOnlyList<Entry> inherited, IReadOnlyList<LayerSpec> before, IReadOnlyList<LayerSpec> layers)
    {
        var names = new HashSet<string>(layers.Select(layer => layer.Name.Text));
        var gone = new HashSet<string>(before.Select(layer => layer.Name.Text).Where(name => !names.Contains(name)));
        return [.. inherited.Select(entry => (entry.Key.Text, entry.Value) switch
        {
            (var word, MapNode map) when word == VisualizeKeys.Section.Word => new Entry(entry.Key, new MapNode(map.Span, [.. map.Entries.Select(Kept).OfType<Entry>()])),
            (var word, MapNode map) when word == TrainKeys.Section.Word => new Entry(entry.Key, new MapNode(map.Span, [.. map.Entries.Select(WithoutFactors)])),
            _ => entry,
        })];

        Entry WithoutFactors(Entry entry) => (entry.Key.Text == TrainKeys.Rates.Name || entry.Key.Text == TrainKeys.Decay.Name) && entry.Value is MapNode factors
            ? new(entry.Key, new MapNode(factors.Span, [.. factors.Entries.Where(factor => !gone.Contains(factor.Key.Text))]))
            : entry;

        Entry? Kept(Entry entry)
        {
            if (entry.Key.Text != VisualizeKeys.Layers.Name)
                return entry;
            var items = entry.Value is ListNode list ? list.Items : [entry.Value];
            var kept = items.Where(item => item is not ScalarNode name || names.Contains(name.Text)).ToList();
            return kept.Count == items.Count ? entry : kept.Count == 0 ? null : new(entry.Key, new ListNode(entry.Value.Span, kept));
        }
    }
}
