using ZfDecl.Findings;
using ZfDecl.Imaging.Diagrams;
using ZfDecl.Networks;
using ZfDecl.Report.Contents;
using ZfDecl.Runs;

namespace ZfDecl.Report.Page;

/// <summary>The architecture, one row per layer; with another run, both side by side and what differs marked.</summary>
internal static class ArchitecturePart
{
    private static readonly (string Name, Func<LayerInfo, string> Of)[] Columns =
    [
        ("kernel", layer => layer.Window is { } window ? Pair(window.KernelHeight, window.KernelWidth) : ""),
        ("stride", layer => layer.Window is { } window ? Single(window.StrideY, window.StrideX) : ""),
        ("output", layer => layer.Output is { Height: 1, Width: 1 } output ? FormattableString.Invariant($"{output.Maps:N0}") : layer.Output.ToString()),
        ("parameters", layer => layer.Parameters == 0 ? "" : FormattableString.Invariant($"{layer.Parameters:N0}")),
        ("multiply-adds", layer => layer.MultiplyAdds == 0 ? "" : Figures.Short(layer.MultiplyAdds)),
        ("receptive field", layer => Pair(layer.ReceptiveField.Height, layer.ReceptiveField.Width)),
    ];

    public static PagePart? Of(ReportRun run, ReportRun? against) => (run.Network, against?.Network) switch
    {
        (null, _) => null,
        ({ } own, null) => Part(Html.Of($"""
            <table>
            <caption>Input {own.Input.ToString()}, {own.Classes:N0} classes. Sizes are rows × columns; an output is maps × rows × columns. The receptive field is what one unit sees, in pixels of the input.</caption>
            <thead><tr><th scope="col">layer</th><th scope="col" class="text">kind</th>{Heads()}</tr></thead>
            <tbody>{own.Layers.Select(layer => Html.Of($"<tr><th scope=\"row\">{Link(layer, run)}</th><td class=\"text\">{layer.Kind}</td>{Columns.Select(column => Cell(column.Of(layer), false))}</tr>\n"))}</tbody>
            {Total(own, 2)}
            </table>
            """), Drawn(own, run)),
        ({ } own, { } other) => Part(Html.Of($"""
            <table>
            <caption>Input {own.Input.ToString()}{(own.Input == other.Input ? "" : $" and {other.Input}")}. What differs is marked.</caption>
            <thead><tr><td></td><th scope="colgroup" colspan="{Columns.Length + 1}">{run.Name}</th><th scope="colgroup" class="second" colspan="{Columns.Length + 1}">{against!.Name}</th></tr>
            <tr><th scope="col">layer</th><th scope="col" class="text">kind</th>{Heads()}<th scope="col" class="text second">kind</th>{Heads()}</tr></thead>
            <tbody>{Pairs(own.Layers, other.Layers).Select(pair => Html.Of($"<tr><th scope=\"row\">{(pair.Own ?? pair.Other)!.Name}</th>{Half(pair.Own, pair.Other, "text")}{Half(pair.Other, pair.Own, "text second")}</tr>\n"))}</tbody>
            </table>
            """)),
    };

    /// <summary>The layers of two networks in one order, those of the same name together.</summary>
    internal static IEnumerable<(LayerInfo? Own, LayerInfo? Other)> Pairs(IReadOnlyList<LayerInfo> own, IReadOnlyList<LayerInfo> other)
    {
        var left = own.ToDictionary(layer => layer.Name, StringComparer.Ordinal);
        var waiting = new Queue<LayerInfo>(other);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var layer in own)
        {
            while (waiting.TryPeek(out var next) && (!left.ContainsKey(next.Name) || taken.Contains(next.Name)))
            {
                waiting.Dequeue();
                if (!taken.Contains(next.Name))
                    yield return (null, next);
            }
            taken.Add(layer.Name);
            yield return (layer, other.FirstOrDefault(match => match.Name == layer.Name));
        }
        foreach (var rest in waiting.Where(rest => !taken.Contains(rest.Name)))
            yield return (null, rest);
    }

    private static PagePart Part(Html table, Html drawn = default) => new("architecture", "Architecture", Html.Of($"{drawn}<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"layers\">{table}</div>"));

    /// <summary>The graph, open where there is more to see than a chain.</summary>
    private static Html Drawn(NetworkRecord network, ReportRun run)
    {
        var svg = new Html(NetworkDiagram.Svg(network.Input, network.Layers, layer => IsShown(layer, run) ? $"#{layer.Name}" : null));
        var open = new Html(network.Layers.All(layer => layer.Inputs is [var input] && input == layer.Index - 1) ? "" : " open");
        return Html.Of($"<details{open}><summary>The layers as a graph</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"the layers as a graph\">{svg}</div></details>\n");
    }

    private static IEnumerable<Html> Heads() => Columns.Select(column => Html.Of($"<th scope=\"col\">{column.Name}</th>"));

    private static Html Half(LayerInfo? layer, LayerInfo? beside, string kindClass) => layer is null
        ? Html.Of($"<td class=\"{kindClass} differs\" colspan=\"{Columns.Length + 1}\">not there</td>")
        : Html.Of($"<td class=\"{kindClass}\">{layer.Kind}</td>{Columns.Select(column => Cell(column.Of(layer), beside is not null && column.Of(beside) != column.Of(layer)))}");

    private static Html Cell(string text, bool differs) => differs ? Html.Of($"<td class=\"differs\">{text}</td>") : Html.Of($"<td>{text}</td>");

    private static Html Total(NetworkRecord network, int before) => Html.Of(
        $"<tfoot><tr><th scope=\"row\" colspan=\"{before}\">together</th><td></td><td></td><td></td><td>{network.Layers.Sum(layer => layer.Parameters):N0}</td><td>{Figures.Short(network.Layers.Sum(layer => layer.MultiplyAdds))}</td><td></td></tr></tfoot>");

    private static bool IsShown(LayerInfo layer, ReportRun run) => run.Layers.Any(shown => shown.Index.Layer == layer.Name);

    private static Html Link(LayerInfo layer, ReportRun run) => IsShown(layer, run)
        ? Html.Of($"<a href=\"#{layer.Name}\">{layer.Name}</a>")
        : Html.Of($"{layer.Name}");

    private static string Pair(int rows, int columns) => FormattableString.Invariant($"{rows}×{columns}");

    private static string Single(int rows, int columns) => rows == columns ? FormattableString.Invariant($"{rows}") : Pair(rows, columns);
}
