using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;

namespace ZfDecl.Generators.Reading;

/// <summary>From a YAML node to a spec as written.</summary>
internal static class SpecReader
{
    public static NetworkSpec? Read(Node root, Report report)
    {
        if (root is not MapNode map)
        {
            report.Add(Codes.WrongValue, root.Span, $"a spec is a mapping that starts with 'network: <Name>'; this is {root.Description}");
            return null;
        }
        var top = Settings.Read("a spec", map.Span with { End = map.Span.Start, EndLine = map.Span.Line, EndColumn = map.Span.Column }, map.Entries, SpecKeys.All, report);
        var layers = new List<LayerSpec>();
        foreach (var item in top.Get(SpecKeys.Layers)?.Items ?? [])
        {
            if (ReadLayer(item, report) is { } layer)
                layers.Add(layer);
        }
        foreach (var layer in layers)
        {
            var first = layers.First(other => string.Equals(other.Name.Text, layer.Name.Text, StringComparison.OrdinalIgnoreCase));
            if (first != layer)
                report.Add(Codes.DuplicateLayer, layer.Name.Span, $"the name '{layer.Name.Text}' is taken by the layer in line {first.Name.Span.Line + 1}; give each layer a name of its own");
        }
        return new(top, layers);
    }

    private static LayerSpec? ReadLayer(Node item, Report report)
    {
        var words = LayerKind.All.Select(kind => kind.Word).ToList();
        if (item is ScalarNode scalar)
        {
            report.Add(Codes.WrongValue, item.Span, words.Contains(scalar.Text)
                ? $"the layer has no name; write '- {{ {scalar.Text}: <name> }}'"
                : $"a layer is a mapping such as '- {{ conv: conv1, maps: 96, kernel: 7 }}'; this is {item.Description}");
            return null;
        }
        if (item is not MapNode { Entries: [var head, ..] entries })
        {
            report.Add(Codes.WrongValue, item.Span, $"a layer is a mapping such as '- {{ conv: conv1, maps: 96, kernel: 7 }}'; this is {item.Description}");
            return null;
        }
        if (entries.FirstOrDefault(entry => words.Contains(entry.Key.Text)) is not { } kind)
        {
            report.Add(Codes.UnknownKind, head.Key.Span, $"'{head.Key.Text}' is no kind of layer{Nearest.Hint(head.Key.Text, words)}");
            return null;
        }
        if (kind.Value is not ScalarNode name || !kind.HasValue)
        {
            report.Add(Codes.Missing, kind.Key.Span, $"the {kind.Key.Text} layer has no name; write '{kind.Key.Text}: <name>', for example '{kind.Key.Text}: {kind.Key.Text}1'");
            return null;
        }
        if (Names.ProblemOfLayer(name.Text) is { } problem)
        {
            report.Add(Codes.WrongName, name.Span, problem);
            return null;
        }
        return new(LayerKind.Find(kind.Key.Text)!, name, [.. entries.Where(entry => entry != kind)]);
    }
}
