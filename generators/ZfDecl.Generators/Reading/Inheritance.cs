using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Reading;

/// <summary>Makes a whole network of one that extends another: the keys it writes win, and its edits are made to the other's layers.</summary>
internal static class Inheritance
{
    /// <summary>The network with all that it inherits; null where something it extends is missing, which is reported.</summary>
    /// <param name="draft">The network as written.</param>
    /// <param name="find">Finds a network by its name.</param>
    /// <param name="report">Takes what is wrong.</param>
    public static NetworkSpec? Complete(DeclaredNetwork draft, Func<string, DeclaredNetwork?> find, DiagnosticBag report)
    {
        var lineage = new List<DeclaredNetwork> { draft };
        while (lineage[lineage.Count - 1] is { Base: { } name } heir)
        {
            if (find(name.Text) is not { } parent)
                return null;
            if (lineage.Contains(parent))
            {
                if (parent == draft)
                    report.Add(Codes.Cycle, draft.Base!.Span, $"'{draft.Name.Text}' extends itself: {string.Join(" extends ", lineage.Select(one => one.Name.Text))} extends {draft.Name.Text}; end the chain with a network that has layers of its own");
                return null;
            }
            lineage.Add(parent);
        }
        lineage.Reverse();
        var (entries, layers) = (lineage[0].Top.Entries, lineage[0].Layers);
        foreach (var heir in lineage.Skip(1))
        {
            var edited = Edit(layers, heir, heir == draft ? report : new());
            entries = Merge(WithoutRemoved(entries, layers, edited), heir.Top.Entries, depth: 0);
            layers = edited;
        }
        LayerReader.CheckNames(draft.Name.Text, layers, report);
        var owner = draft.Base is null ? "a spec" : $"the network '{draft.Name.Text}'";
        var whole = entries.Where(entry => SpecKeys.Whole.Any(key => key.Name == entry.Key.Text));
        return new(draft.Name, SettingValues.Read(owner, draft.Top.Span, whole, SpecKeys.Whole, report, meant: lineage.SelectMany(one => one.Top.Misspelt)), layers);
    }

    /// <summary>The names of all networks that a network extends, nearest first, as far as they are known.</summary>
    public static IEnumerable<DeclaredNetwork> Ancestors(DeclaredNetwork draft, Func<string, DeclaredNetwork?> find)
    {
        var seen = new HashSet<DeclaredNetwork> { draft };
        for (var one = draft; one.Base is { } name && find(name.Text) is { } parent && seen.Add(parent); one = parent)
            yield return parent;
    }

    /// <summary>Entries of both mappings; where both have a key, the heir's value, or both merged where both are mappings.</summary>
    private static List<Entry> Merge(IReadOnlyList<Entry> inherited, IReadOnlyList<Entry> own, int depth)
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

    private static List<LayerSpec> Edit(IReadOnlyList<LayerSpec> inherited, DeclaredNetwork heir, DiagnosticBag report)
    {
        var removed = new HashSet<LayerSpec>(Names().Select(Find).OfType<LayerSpec>());
        var changes = Targets(SpecKeys.Change);
        var (before, after) = (Targets(SpecKeys.InsertBefore), Targets(SpecKeys.InsertAfter));
        var layers = new List<LayerSpec>();
        foreach (var layer in inherited)
        {
            layers.AddRange(Inserted(before, layer));
            if (!removed.Contains(layer))
                layers.Add(changes.TryGetValue(layer, out var change) ? Changed(layer, change) : layer);
            else if (changes.TryGetValue(layer, out var lost))
                report.Add(Codes.Contradiction, lost.Key.Span, $"'{layer.Name.Text}' is changed here and removed as well; keep one of the two");
            layers.AddRange(Inserted(after, layer));
        }
        return layers;

        IEnumerable<ScalarNode> Names()
        {
            foreach (var item in heir.Top.Get(SpecKeys.Remove)?.Items ?? [])
            {
                if (item is ScalarNode name)
                    yield return name;
                else
                    report.Add(Codes.WrongValue, item.Span, $"'remove' lists names of layers; this is {item.Description}");
            }
        }

        LayerSpec? Find(ScalarNode name)
        {
            var found = inherited.FirstOrDefault(layer => layer.Name.Text == name.Text);
            if (found is null)
                report.Add(Codes.UnknownLayer, name.Span, $"'{heir.Base!.Text}' has no layer '{name.Text}'{Nearest.Hint(name.Text, inherited.Select(layer => layer.Name.Text))}");
            return found;
        }

        Dictionary<LayerSpec, Entry> Targets(Key<MapNode> key)
        {
            var targets = new Dictionary<LayerSpec, Entry>();
            foreach (var entry in heir.Top.Get(key)?.Entries ?? [])
            {
                if (Find(entry.Key) is { } layer)
                    targets[layer] = entry;
            }
            return targets;
        }

        IEnumerable<LayerSpec> Inserted(Dictionary<LayerSpec, Entry> targets, LayerSpec at) =>
            targets.TryGetValue(at, out var entry) ? LayerReader.ReadAll(entry.Value is ListNode list ? list.Items : [entry.Value], report) : [];

        LayerSpec Changed(LayerSpec layer, Entry change)
        {
            if (change.Value is MapNode map)
                return layer with { Name = new(change.Key.Span, layer.Name.Text), Entries = Merge(layer.Entries, map.Entries, depth: 1) };
            report.Add(Codes.WrongValue, change.Value.Span, $"the change of '{layer.Name.Text}' is {change.Value.Description}; it is a mapping of {string.Join(", ", layer.Kind.Keys.Select(key => key.Name))}");
            return layer;
        }
    }
}
