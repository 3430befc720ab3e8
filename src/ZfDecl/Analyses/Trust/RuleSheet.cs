using SkiaSharp;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Imaging;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Trust;

/// <summary>The same units under three rules, side by side: what they saw, and the projections of the paper's rule, the gradient and guided backpropagation.</summary>
/// <param name="caption">What the sheet says of where its pictures come from.</param>
/// <param name="layer">The layer of the units.</param>
/// <param name="input">The shape of the network's input; 1 channel is shown in grey, 3 in colour.</param>
/// <param name="units">The units; at least one.</param>
public sealed class RuleSheet(SheetCaption caption, LayerInfo layer, FeatureShape input, IReadOnlyList<UnitUnderRules> units)
{
    private const int Margin = 40, Across = 4, LabelHeight = 26, HeaderGap = 16, Room = 170;

    /// <summary>Draws the sheet.</summary>
    /// <returns>A PNG.</returns>
    public byte[] ToPng()
    {
        (string Name, Func<UnitUnderRules, VisualizedUnit> Unit, Func<UnitUnderRules, double?> Share, Func<UnitUnderRules, double> Likeness)[] rules =
        [
            ("deconv", unit => unit.Deconv, unit => unit.OnObject?.Deconv, unit => unit.Likeness.Deconv),
            ("mask", unit => unit.Masked, unit => unit.OnObject?.Masked, unit => unit.Likeness.Masked),
            ("guided", unit => unit.Guided, unit => unit.OnObject?.Guided, unit => unit.Likeness.Guided),
        ];
        var scales = rules.Select(rule => ProjectionScale.Of([.. units.Select(unit => rule.Unit(unit).Projection)], FeatureSheet.ScaleQuantile)).ToArray();
        var window = new UnitWindow(layer.ReceptiveField, input);
        var side = Math.Max(window.Height, window.Width);
        var reduced = Math.Min(side, Room);
        var tile = new SheetGrid
        {
            TileHeight = Math.Max(1, window.Height * reduced / side),
            TileWidth = Math.Max(1, window.Width * reduced / side),
            Enlargement = Math.Max(1, Room / side),
            TilesAcross = 1,
            TilesDown = 1,
            Columns = 1,
            Rows = 1,
        };
        var (cellWidth, cellHeight) = (tile.BlockWidth + 12, tile.BlockHeight + LabelHeight);
        var (columns, rows) = (1 + rules.Length, units.Count);
        var pairs = rows > Across ? 2 : 1;          // so many units stand in one row
        var lines = (rows + pairs - 1) / pairs;
        var width = (pairs * columns * cellWidth) + ((pairs - 1) * 40);
        var header = Header(rules.Select((rule, i) => (rule.Name, scales[i])), width);
        using var bitmap = new SKBitmap(new SKImageInfo(width + (2 * Margin), header.Height + HeaderGap + (lines * cellHeight) + (2 * Margin) - (cellHeight - LabelHeight - tile.BlockHeight), SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SheetColors.Paper);
            header.Draw(canvas, Margin, Margin);
            for (var i = 0; i < units.Count; i++)
            {
                var (x, y) = PositionOf(i);
                Text(canvas, $"map {units[i].Map}: {units[i].Deconv.Class}", x, y - 7, tile.BlockWidth);
                for (var rule = 0; rule < rules.Length; rule++)
                    Text(canvas, rules[rule].Share(units[i]) is { } share
                        ? FormattableString.Invariant($"{rules[rule].Name}: {100 * share:0} %")
                        : FormattableString.Invariant($"{rules[rule].Name}: {rules[rule].Likeness(units[i]):0.00}"), x + ((rule + 1) * cellWidth), y - 7, tile.BlockWidth);
            }
        }
        for (var i = 0; i < units.Count; i++)
        {
            var (x, y) = PositionOf(i);
            var shown = rules.Select(rule => Tile.Of(rule.Unit(units[i]), input, tile.TileHeight, tile.TileWidth)).ToArray();
            new TilePainter(tile, input.Maps, scales[0]).PaintPatch(bitmap, shown[0], x, y);
            for (var rule = 0; rule < rules.Length; rule++)
                new TilePainter(tile, input.Maps, scales[rule]).PaintProjection(bitmap, shown[rule], x + ((rule + 1) * cellWidth), y);
        }
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();

        (int X, int Y) PositionOf(int i) => (Margin + (i % pairs * ((columns * cellWidth) + 40)), Margin + header.Height + HeaderGap + LabelHeight + (i / pairs * cellHeight));
    }

    private SheetHeader Header(IEnumerable<(string Rule, ProjectionScale Scale)> scales, int width)
    {
        var header = new SheetHeader(width);
        header.Title($"{caption.Network}  ·  {layer.Name} under three rules");
        header.Text($"The strongest unit of each of the most active maps: what it saw, then its projection by the paper's rule (deconv), by the gradient (mask, footnote 1 of the paper) and by both (guided); "
            + $"beside the rule, {(units[0].OnObject is null ? "the correlation with what it saw" : "the share of the energy that lies on the object")}  ·  {caption.Data}  ·  {caption.Weights}");
        header.Text($"A scale for each rule, since their magnitudes differ: mid grey 0, black and white {string.Join(", ", scales.Select(pair => $"±{pair.Scale.RangeText} {pair.Rule}"))}");
        return header;
    }

    private static void Text(SKCanvas canvas, string text, float x, float baseline, float most) => SheetText.Draw(canvas, text, x, baseline, 14, SheetColors.Ink, most);
}
