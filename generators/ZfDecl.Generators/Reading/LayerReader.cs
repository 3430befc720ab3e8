using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Kinds;
using ZfDecl.Generators.Primitives;
using ZfDecl.Generators.Yaml;

namespace ZfDecl.Generators.Reading;

/// <summary>From a node to a layer as written: its kind and its name are known, its settings are not read yet.</summary>
internal static class LayerReader
{
    private const string Example = "'- { conv: conv1, maps: 96, kernel: 7 }'";
    private static readonly IReadOnlyList<string> Words = [.. LayerKind.All.Select(kind => kind.Word)];

    /// <summary>Reads a list of layers; something unreadable stands for those that are none, which are reported.</summary>
    public static List<LayerSpec> ReadAll(IEnumerable<Node> items, DiagnosticBag report) => [.. Repetition.Expand(items, report).Select(layer => Read(layer.Item, report) with { Round = layer.Round })];

    /// <summary>Reports every layer whose name an earlier one has, or the network.</summary>
    public static void CheckNames(string network, IReadOnlyList<LayerSpec> layers, DiagnosticBag report)
    {
        var first = new Dictionary<string, LayerSpec>(StringComparer.OrdinalIgnoreCase);
        foreach (var layer in layers.Where(layer => layer.Kind is not Kinds.Unreadable))
        {
            if (Names.ProblemOfLayer(layer.Name.Text, network) is { } problem)
                report.Add(Codes.WrongName, layer.Name.Span, problem);
            if (!first.TryGetValue(layer.Name.Text, out var earlier))
                first.Add(layer.Name.Text, layer);
            else
                report.Add(Codes.DuplicateLayer, layer.Name.Span, $"the name '{layer.Name.Text}' is taken by the layer in line {earlier.Name.Span.Line + 1}{File(earlier, layer)}; give each layer a name of its own");
        }
    }

    /// <summary>The file of a layer, where another stands elsewhere.</summary>
    private static string File(LayerSpec layer, LayerSpec other) =>
        layer.Name.Span.File == other.Name.Span.File ? "" : $" of {layer.Name.Span.File.Split('/', '\\').Last()}";

    private static LayerSpec Read(Node item, DiagnosticBag report)
    {
        if (item is not MapNode { Entries: [var head, ..] entries })
        {
            report.Add(Codes.WrongValue, item.Span, item is ScalarNode scalar && Words.Contains(scalar.Text)
                ? $"the layer has no name; write '- {{ {scalar.Text}: <name> }}'"
                : $"a layer is a mapping such as {Example}; this is {item.Description}");
            return Unreadable(item);
        }
        if (entries.FirstOrDefault(entry => Words.Contains(entry.Key.Text)) is not { } kind)
        {
            report.Add(Codes.UnknownKind, head.Key.Span, $"'{head.Key.Text}' is no kind of layer{Nearest.Hint(head.Key.Text, Words)}");
            return Unreadable(item);
        }
        if (kind.Value is not ScalarNode name || !kind.HasValue)
        {
            report.Add(Codes.Missing, kind.Key.Span, $"the {kind.Key.Text} layer has no name; write '{kind.Key.Text}: <name>', for example '{kind.Key.Text}: {kind.Key.Text}1'");
            return Unreadable(item);
        }
        if (Names.ProblemOfLayer(name.Text) is { } problem)
        {
            report.Add(Codes.WrongName, name.Span, problem);
            return Unreadable(item);
        }
        return new(LayerKind.Find(kind.Key.Text)!, name, [.. entries.Where(entry => entry != kind)]);
    }

    /// <summary>What stands for a layer that could not be read: of the name that is meant, as far as it has one.</summary>
    private static LayerSpec Unreadable(Node item) => new(
        Kinds.Unreadable.Instance, item is MapNode { Entries: [{ Value: ScalarNode { Text: { } text } name }, ..] } && Names.ProblemOfLayer(text) is null ? name : new(item.Span, "…"), []);
}
