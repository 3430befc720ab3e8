using System.Collections;
using System.Globalization;
using System.Text;
using ZfDecl.Interchange.Declared;

namespace ZfDecl.Interchange.Specs;

/// <summary>Writes a network as a person would: a line a layer, defaults left out, what goes in named only where it is not the layer above.</summary>
internal static class SpecText
{
    private const int MostShown = 5;

    /// <summary>The text of a spec.</summary>
    /// <param name="name">The name of the network.</param>
    /// <param name="summary">One sentence on what it is.</param>
    /// <param name="draft">Its layers, named.</param>
    /// <param name="classes">How many classes it tells apart; 0 for none.</param>
    /// <param name="preprocess">What is done to an image.</param>
    /// <param name="provenance">Where it comes from.</param>
    /// <param name="meant">The warnings that are known of layers, by the layer's name: a comment on its line says so.</param>
    public static string Write(string name, string summary, DraftNetwork draft, int classes, PreprocessText preprocess, Provenance provenance, IReadOnlyDictionary<string, string> meant)
    {
        var text = new StringBuilder();
        text.Append(Head(name, provenance));
        if (!preprocess.IsStated)
            Line("# It does not say what is done to an image before: write that into 'preprocess'. Often it is 'subtract: channel-mean', 'divide: std', mean: [123.675, 116.28, 103.53], std: [58.395, 57.12, 57.375].");
        Line($"network: {name}");
        Line($"summary: '{summary.Replace("'", "''", StringComparison.Ordinal)}'");
        Line($"input: {{ channels: {draft.Image.Maps}, height: {draft.Image.Height}, width: {draft.Image.Width} }}");
        Line($"classes: {(classes > 0 ? classes.ToString(CultureInfo.InvariantCulture) : "none")}");
        Line("layers:");
        for (var i = 0; i < draft.Layers.Count; i++)
            Line($"  - {Layer(draft, i, classes)}{(meant.TryGetValue(draft.Layers[i].Name, out var codes) ? $"      # {codes} is meant" : "")}");
        Line($"preprocess: {{ {string.Join(", ", preprocess.Keys.Select(key => $"{key.Key}: {key.Value}"))} }}");
        if (Shown(draft) is { Count: > 0 } shown)
            Line($"visualize: {{ layers: [{string.Join(", ", shown)}], top: 9 }}");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    /// <summary>The comments that a spec begins with: how it is used, and where it comes from.</summary>
    public static string Head(string name, Provenance provenance) => string.Concat(
        new[] { "yaml-language-server: $schema=zfdecl.schema.json", $"dotnet msbuild -t:Visualize -p:Spec={name} -p:Run=imported -p:Data=path/to/images" }.Concat(provenance.Lines).Select(line => $"# {line}\n"));

    private static string Layer(DraftNetwork draft, int index, int classes)
    {
        var layer = draft.Layers[index];
        var text = new StringBuilder($"{{ {layer.Kind}: {layer.Name}");
        var scores = draft.End.Kind == "softmax" ? draft.End.Below : draft.End;
        foreach (var (key, value) in layer.Keys.Where(key => !(key.Key == "units" && layer == scores && classes > 0)))
            text.Append(CultureInfo.InvariantCulture, $", {key}: {Value(value)}");
        string[] from = [.. layer.Inputs.Select(input => input?.Name ?? "images")];
        if (from.Length > 1)
            text.Append(CultureInfo.InvariantCulture, $", from: [{string.Join(", ", from)}]");
        else if (from[0] != (index == 0 ? "images" : draft.Layers[index - 1].Name))
            text.Append(CultureInfo.InvariantCulture, $", from: {from[0]}");
        return text.Append(" }").ToString();
    }

    private static string Value(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IEnumerable list and not string => $"[{string.Join(", ", list.Cast<object>().Select(Value))}]",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value}"),
    };

    /// <summary>The layers whose maps are worth showing: of each size of maps the last convolution, or the last sum where there are sums; all convolutions of a small network.</summary>
    private static List<string> Shown(DraftNetwork draft)
    {
        var convolutions = draft.Layers.Where(layer => layer.Kind == "conv").ToList();
        if (convolutions.Count <= MostShown)
            return [.. convolutions.Select(layer => layer.Name)];
        var sizes = draft.Layers.Where(layer => layer.Kind is "conv" or "add" or "concat" && layer.Output.Height > 1).GroupBy(layer => (layer.Output.Height, layer.Output.Width));
        return [.. sizes.Select(same => (same.LastOrDefault(layer => layer.Kind is "add" or "concat") ?? same.Last()).Name).TakeLast(MostShown)];
    }
}
