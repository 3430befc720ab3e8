using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Reading;

/// <summary>
/// Makes the edits of a derived network to the layers it inherits. Who reads whom stays, whatever is put between: who read a removed layer reads what that
/// read, who read a layer that something is inserted after reads the last of that, and a layer that something is inserted before reads the last of that.
/// </summary>
/// <param name="inherited">The layers of the network that is extended.</param>
/// <param name="derived">The network that extends it.</param>
/// <param name="report">Takes what is wrong.</param>
internal sealed class LayerEdits(IReadOnlyList<LayerSpec> inherited, DeclaredNetwork derived, DiagnosticBag report)
{
    private readonly LayerSources sources = new(inherited);
    private readonly Dictionary<string, IReadOnlyList<string>> instead = [];     // what is read in the place of a layer
    private readonly List<LayerSpec> layers = [];

    /// <summary>The layers of the derived network.</summary>
    public List<LayerSpec> Apply()
    {
        var removed = new HashSet<LayerSpec>(Removed().Select(Find).OfType<LayerSpec>());
        var changes = Targets(SpecKeys.Change);
        var (before, after) = (Targets(SpecKeys.InsertBefore), Targets(SpecKeys.InsertAfter));
        foreach (var layer in inherited)
        {
            var reads = sources.Of(layer).SelectMany(Instead).ToList();
            if (before.TryGetValue(layer, out var insertion))
                reads = Insert(insertion, reads);
            if (!removed.Contains(layer))
            {
                var kept = changes.TryGetValue(layer, out var change) ? Changed(layer, change) : layer;
                var isRewired = change?.Value is MapNode map && map.Find(LayerKeys.From.Name) is not null;
                Add(kept, isRewired ? null : reads);
                reads = [layer.Name.Text];
            }
            else if (changes.TryGetValue(layer, out var lost))
                report.Add(Codes.Contradiction, lost.Key.Span, $"'{layer.Name.Text}' is changed here and removed as well; keep one of the two");
            instead[layer.Name.Text] = after.TryGetValue(layer, out insertion) ? Insert(insertion, reads) : reads;
        }
        return layers;
    }

    private IReadOnlyList<string> Instead(string name) => instead.TryGetValue(name, out var others) ? others : [name];

    /// <summary>Adds layers of which the first reads some others, and tells what is read behind them.</summary>
    private List<string> Insert(Entry insertion, List<string> reads)
    {
        foreach (var layer in LayerReader.ReadAll(insertion.Value is ListNode list ? list.Items : [insertion.Value], report))
        {
            Add(layer, LayerSources.IsWritten(layer) ? null : reads);
            reads = [layer.Name.Text];
        }
        return reads;
    }

    /// <summary>Adds a layer that reads some others; as it is written where these are null.</summary>
    private void Add(LayerSpec layer, List<string>? reads)
    {
        if (layer.Kind.From == LayerKeys.From)
            reads = reads?.Distinct().ToList();
        if (reads is { Count: > 1 } && layer.Kind.From == LayerKeys.From)
        {
            report.Add(Codes.Contradiction, EditSpan(), $"{layer.Owner} of '{derived.Name.Text}' would read {string.Join(" and ", reads)}, and takes one input; write 'change: {{ {layer.Name.Text}: {{ from: … }} }}' with the one that is meant, or join them before it");
            reads = reads.GetRange(0, 1);
        }
        var above = layers.Count == 0 ? LayerKeys.Image : layers[layers.Count - 1].Name.Text;
        layers.Add(reads is null ? layer : LayerSources.With(layer, reads, above));
    }

    private SourceSpan EditSpan() => derived.Top.SpanOf(SpecKeys.Edits.FirstOrDefault(edit => edit != SpecKeys.Change && derived.Top.IsWritten(edit)) ?? SpecKeys.Extends);

    private IEnumerable<ScalarNode> Removed()
    {
        foreach (var item in derived.Top.Get(SpecKeys.Remove)?.Items ?? [])
        {
            if (item is ScalarNode name)
                yield return name;
            else
                report.Add(Codes.WrongValue, item.Span, $"'remove' lists names of layers; this is {item.Description}");
        }
    }

    private LayerSpec? Find(ScalarNode name)
    {
        var found = inherited.FirstOrDefault(layer => layer.Name.Text == name.Text);
        if (found is null)
            report.Add(Codes.UnknownLayer, name.Span, $"'{derived.Base!.Text}' has no layer '{name.Text}'{Nearest.Hint(name.Text, inherited.Select(layer => layer.Name.Text))}");
        return found;
    }

    private Dictionary<LayerSpec, Entry> Targets(Key<MapNode> key)
    {
        var targets = new Dictionary<LayerSpec, Entry>();
        foreach (var entry in derived.Top.Get(key)?.Entries ?? [])
        {
            if (Find(entry.Key) is { } layer)
                targets[layer] = entry;
        }
        return targets;
    }

    private LayerSpec Changed(LayerSpec layer, Entry change)
    {
        if (change.Value is MapNode map)
            return layer with { Name = new(change.Key.Span, layer.Name.Text), Entries = Inheritance.Merge(layer.Entries, map.Entries, depth: 1) };
        report.Add(Codes.WrongValue, change.Value.Span, $"the change of '{layer.Name.Text}' is {change.Value.Description}; it is a mapping of {string.Join(", ", layer.Kind.EveryKey.Select(key => key.Name))}");
        return layer;
    }
}
