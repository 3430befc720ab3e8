using System.Globalization;
using System.Net;
using System.Text;
using ZfDecl.Networks;

namespace ZfDecl.Imaging.Diagrams;

/// <summary>
/// A network drawn as a graph, as SVG: from the image downwards a box for each layer, branches side by side, joined where they meet. Layers that only normalise,
/// rectify or pass on what another yields stand in its box. It is drawn in the colour of the text around it.
/// </summary>
public static class NetworkDiagram
{
    private const int BoxHeight = 34, Gap = 22, LaneGap = 18, Margin = 8, Corner = 6, PassingLane = 14;
    private const double CharacterWidth = 6.1;

    /// <summary>Draws a network.</summary>
    /// <param name="input">The shape of an image.</param>
    /// <param name="layers">The layers, each behind those that go into it.</param>
    /// <param name="link">What a layer's box leads to, for example <c>#conv1</c>; null where to nothing.</param>
    /// <param name="isNarrow">Whether a box shows only what its layer is called and the shape of its output, below each other; the rest is its tooltip.</param>
    /// <returns>An svg element with its size in pixels, for a page or a file of its own.</returns>
    public static string Svg(FeatureShape input, IReadOnlyList<LayerInfo> layers, Func<LayerInfo, string?>? link = null, bool isNarrow = false)
    {
        var boxes = DiagramBox.Of(layers);
        var layout = new DiagramLayout(boxes);
        BoxText[] texts = [.. boxes.Select(box => Text(box, input)).Select(text => isNarrow ? new(text.Name, "", Below: text.Beside, Tooltip: text.Below) : text)];
        var width = (int)(texts.Max(text => Math.Max(text.Name.Length + text.Beside.Length + 2, text.Below.Length)) * CharacterWidth) + 16;
        var left = Lefts(layout, width);
        var svg = new StringBuilder();
        foreach (var edge in layout.Edges)
            svg.Append("<path d=\"").Append(Path(layout, edge, lane => left[lane] + (Math.Min(width, left[lane + 1] - left[lane] - LaneGap) / 2))).Append("\"/>\n");
        var lines = $"<g fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".55\">\n{svg}</g>\n";
        svg.Clear();
        for (var box = 0; box < boxes.Count; box++)
            svg.Append(Box(boxes[box], texts[box], left[layout.Lanes[box]], Top(layout.Rows[box]), width, link));
        var (right, bottom) = (left[^1] - LaneGap + Margin, Top(layout.Rows.Max() + 1) - Gap + Margin);
        return string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{right}\" height=\"{bottom}\" viewBox=\"0 0 {right} {bottom}\" role=\"img\" aria-label=\"{layers.Count} layers as a graph\" font-family=\"sans-serif\" font-size=\"11\">\n{lines}{svg}</svg>\n");
    }

    private static BoxText Text(DiagramBox box, FeatureShape input)
    {
        if (box.Layers.Count == 0)
            return new("image", input.ToString(), "");
        var (layer, output) = (box.Layers[0], box.Layers[0].Output);
        var window = layer.Window is { } w ? $" {w.KernelHeight}×{w.KernelWidth}{(w is { StrideY: 1, StrideX: 1 } ? "" : w.StrideY == w.StrideX ? $", stride {w.StrideY}" : $", stride {w.StrideY}×{w.StrideX}")}" : "";
        return new(layer.Name, output is { Height: 1, Width: 1 } ? $"{output.Maps}" : output.ToString(), string.Join(" · ", box.Layers.Skip(1).Select(one => one.Kind).Prepend(layer.Kind + window)));
    }

    /// <summary>Where each lane begins; behind the last, where a further one would. One that only lets pass is narrow.</summary>
    private static int[] Lefts(DiagramLayout layout, int width)
    {
        var lanes = layout.Lanes.Concat(layout.Edges.Select(edge => edge.Lane)).Max() + 1;
        var left = new int[lanes + 1];
        left[0] = Margin;
        for (var lane = 0; lane < lanes; lane++)
            left[lane + 1] = left[lane] + (layout.Lanes.Contains(lane) ? width : PassingLane) + LaneGap;
        return left;
    }

    private static int Top(int row) => Margin + (row * (BoxHeight + Gap));

    /// <summary>Down from one box to the gap below it, across to the lane, down the lane, across to the other box, and into it with an arrow.</summary>
    private static string Path(DiagramLayout layout, DiagramEdge edge, Func<int, int> middle)
    {
        var (from, lane, to) = (middle(layout.Lanes[edge.From]), middle(edge.Lane), middle(layout.Lanes[edge.To]));
        var (top, end) = (Top(layout.Rows[edge.From]) + BoxHeight, Top(layout.Rows[edge.To]));
        var path = new StringBuilder(FormattableString.Invariant($"M{from} {top}"));
        if (layout.Rows[edge.To] - layout.Rows[edge.From] == 1)
            lane = to;
        Across(from, lane, top + (Gap / 2) - 3);
        Across(lane, to, end - (Gap / 2) + 3);
        return path.Append(CultureInfo.InvariantCulture, $"V{end}M{to - 3} {end - 5}L{to} {end}L{to + 3} {end - 5}").ToString();

        void Across(int x, int other, int y)
        {
            if (x == other)
                return;
            var (side, corner) = (Math.Sign(other - x), Math.Min(Corner, Math.Abs(other - x) / 2));
            path.Append(CultureInfo.InvariantCulture, $"V{y - corner}Q{x} {y} {x + (side * corner)} {y}H{other - (side * corner)}Q{other} {y} {other} {y + corner}");
        }
    }

    private static string Box(DiagramBox box, BoxText text, int left, int top, int width, Func<LayerInfo, string?>? link)
    {
        var role = box.Layers is [var first, ..] ? first.Role : LayerRole.Other;
        var (fill, corner) = role switch
        {
            LayerRole.Convolution or LayerRole.Dense => (".14", 4),
            LayerRole.Sum or LayerRole.Concatenation or LayerRole.Product => ("0", BoxHeight / 2),
            _ => (".05", 4),
        };
        var drawn = string.Create(CultureInfo.InvariantCulture, $"""
            <g fill="currentColor">{(text.Tooltip is { Length: > 0 } tooltip ? $"<title>{WebUtility.HtmlEncode(tooltip)}</title>" : "")}<rect x="{left}" y="{top}" width="{width}" height="{BoxHeight}" rx="{corner}" fill-opacity="{fill}" stroke="currentColor" stroke-opacity=".55"/>
            <text x="{left + 8}" y="{top + 14}" font-weight="bold">{WebUtility.HtmlEncode(text.Name)}</text><text x="{left + width - 8}" y="{top + 14}" text-anchor="end">{text.Beside}</text>
            <text x="{left + 8}" y="{top + 27}" fill-opacity=".75">{WebUtility.HtmlEncode(text.Below)}</text></g>

            """);
        var target = box.Layers.Select(layer => link?.Invoke(layer)).FirstOrDefault(found => found is not null);
        return target is null ? drawn : $"<a href=\"{WebUtility.HtmlEncode(target)}\">{drawn}</a>";
    }

    /// <summary>What a box says: what its first layer is called, beside and below that, and to whoever points at it.</summary>
    private readonly record struct BoxText(string Name, string Beside, string Below, string? Tooltip = null);
}
