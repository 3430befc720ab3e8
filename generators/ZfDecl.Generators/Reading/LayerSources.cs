using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Reading;

/// <summary>What layers read, by name, as they are written: what their <c>from</c> names, else the layer above.</summary>
internal sealed class LayerSources
{
    private readonly Dictionary<LayerSpec, IReadOnlyList<string>> sources = [];

    public LayerSources(IReadOnlyList<LayerSpec> layers)
    {
        for (var i = 0; i < layers.Count; i++)
            sources[layers[i]] = Written(layers[i]) ?? [i == 0 ? LayerKeys.Image : layers[i - 1].Name.Text];
    }

    /// <summary>The names of what goes into one of the layers.</summary>
    public IReadOnlyList<string> Of(LayerSpec layer) => sources[layer];

    /// <summary>Whether a layer says what it reads.</summary>
    public static bool IsWritten(LayerSpec layer) => Find(layer) is not null;

    /// <summary>The layer, reading others: a <c>from</c> is written where they are not just the one above.</summary>
    public static LayerSpec With(LayerSpec layer, IReadOnlyList<string> names, string above)
    {
        var before = Find(layer);
        if (before is null ? names is [var only] && only == above : names.SequenceEqual(Written(layer) ?? []))
            return layer;
        var others = layer.Entries.Where(entry => entry != before);
        if (names is [var same] && same == above && !layer.Kind.From.Required)
            return layer with { Entries = [.. others] };
        var span = before?.Value.Span ?? layer.Name.Span;
        var nodes = names.Select(name => new ScalarNode(span, name)).ToList();
        return layer with { Entries = [.. others, new(new(before?.Key.Span ?? span, LayerKeys.From.Name), nodes is [var one] ? one : new ListNode(span, nodes))] };
    }

    private static Entry? Find(LayerSpec layer) => layer.Entries.FirstOrDefault(entry => entry.Key.Text == LayerKeys.From.Name);

    private static IReadOnlyList<string>? Written(LayerSpec layer) => Find(layer)?.Value switch
    {
        ScalarNode name => [name.Text],
        ListNode list => [.. list.Items.OfType<ScalarNode>().Select(name => name.Text)],
        _ => null,
    };
}
