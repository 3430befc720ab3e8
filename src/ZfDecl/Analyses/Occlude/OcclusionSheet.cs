using SkiaSharp;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Imaging;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Occlude;

/// <summary>
/// A picture of an occlusion, after Zeiler &amp; Fergus 2014, Fig. 6: the image; for each position of the square, drawn at its middle, the watched map's summed
/// activity, the class's probability and the most probable class; and what the watched map projects here and in other images.
/// </summary>
/// <param name="caption">What the sheet says of its image and its network.</param>
/// <param name="maps">The occlusion.</param>
/// <param name="input">The shape of the network's input; 1 channel is shown in grey, 3 in colour.</param>
/// <param name="image">[C, H, W] of the input, 0 … 255.</param>
/// <param name="own">The watched map's strongest unit in this image.</param>
/// <param name="others">The watched map's strongest units in other images, the strongest first.</param>
public sealed class OcclusionSheet(OcclusionCaption caption, OcclusionMaps maps, FeatureShape input, byte[] image, VisualizedUnit own, IReadOnlyList<VisualizedUnit> others)
{
    private const int PanelSide = 360, ProjectionSide = 390, Gap = 36, Margin = 40, TextSize = 15, LineHeight = 21, MostNamed = 6;
    private const byte HeatOpacity = 170;

    private static readonly SKColor[] ClassColors =
    [
        new(0x00, 0x72, 0xB2), new(0xE6, 0x9F, 0x00), new(0x00, 0x9E, 0x73), new(0xCC, 0x79, 0xA7), new(0x56, 0xB4, 0xE9), new(0xD5, 0x5E, 0x00), new(0x99, 0x99, 0x99),
    ];

    private readonly float zoom = (float)PanelSide / Math.Max(input.Height, input.Width);

    private string Subject => maps.HasClasses ? $"{caption.Classes[maps.Class]} ({caption.ClassIs})" : $"{maps.Layer.Name}, map {maps.Map}";

    private int Panels => !maps.HasClasses ? 2 : maps.PredictedProbability is null ? 4 : 5;

    private int PanelWidth => (int)(input.Width * zoom);

    private int PanelHeight => (int)(input.Height * zoom);

    /// <summary>Draws the sheet.</summary>
    /// <returns>A PNG.</returns>
    public byte[] ToPng()
    {
        var width = (Panels * PanelWidth) + ((Panels - 1) * Gap);
        var scale = ProjectionScale.Of([own.Projection, .. others.Select(unit => unit.Projection)], FeatureSheet.ScaleQuantile);
        var header = Header(scale, width);
        var (single, nine) = (Grid(1), Grid(Math.Max(1, others.Count)));
        var panels = Margin + header.Height + (2 * LineHeight);
        var legend = panels + PanelHeight + 12;
        var projections = legend + (Math.Max(4, Math.Min(MostNamed + 1, maps.Predicted.Distinct().Count())) * LineHeight) + (2 * LineHeight);
        var height = projections + Math.Max(single.BlockHeight, nine.BlockHeight) + Margin;
        var right = Margin + (2 * single.BlockWidth) + SheetGrid.BlockGap + (2 * Gap);
        using var bitmap = new SKBitmap(new SKImageInfo(Math.Max(width, right - Margin + (2 * nine.BlockWidth) + SheetGrid.BlockGap) + (2 * Margin), height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SheetColors.Paper);
            header.Draw(canvas, Margin, Margin);
            DrawImage(canvas, PanelAt(0, panels));
            DrawActivity(canvas, PanelAt(1, panels), legend);
            if (maps.HasClasses)
                DrawProbability(canvas, PanelAt(2, panels), legend, maps.Class, maps.Probability, maps.CleanProbability);
            if (maps is { PredictedProbability: { } ofPredicted, CleanPredictedProbability: { } cleanPredicted })
                DrawProbability(canvas, PanelAt(3, panels), legend, maps.CleanPredicted, ofPredicted, cleanPredicted);
            if (maps.HasClasses)
                DrawPredicted(canvas, PanelAt(Panels - 1, panels), legend);
            Text(canvas, $"{maps.Layer.Name}, map {maps.Map} here: projection, patch", Margin, projections - 8, SheetColors.Ink);
            Text(canvas, others.Count == 0 ? "no other image excites it" : $"its {others.Count} strongest in other images ({caption.Data}): projections, patches", right, projections - 8, SheetColors.Ink);
            new TilePainter(single, input.Maps, scale).DrawEdges(canvas, 1, Margin, projections);
            new TilePainter(nine, input.Maps, scale).DrawEdges(canvas, others.Count, right, projections);
        }
        new TilePainter(single, input.Maps, scale).Paint(bitmap, [Tile.Of(own, input, single.TileHeight, single.TileWidth)], Margin, projections);
        new TilePainter(nine, input.Maps, scale).Paint(bitmap, [.. others.Select(unit => Tile.Of(unit, input, nine.TileHeight, nine.TileWidth))], right, projections);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private SheetHeader Header(ProjectionScale scale, int width)
    {
        var header = new SheetHeader(width);
        header.Title($"{caption.Network}  ·  {caption.Image}  ·  {Subject}");
        header.Text(FormattableString.Invariant(
            $"A grey square of {maps.Grid.Size}×{maps.Grid.Size} pixels (the mean, 0 after preprocessing) covers {maps.Grid.Rows}×{maps.Grid.Columns} positions, {maps.Grid.Stride} {(maps.Grid.Stride == 1 ? "pixel" : "pixels")} apart; each position's answer is drawn at its middle  ·  {caption.Weights}"));
        if (maps.Grid.Coverage is { Length: > 0 } coverage)
            header.Text(char.ToUpperInvariant(coverage[0]) + coverage[1..]);
        header.Text(FormattableString.Invariant($"One scale for all projections: black −{scale.RangeText}, mid grey 0, white +{scale.RangeText}"));
        return header;
    }

    private SKRect PanelAt(int column, int top) => SKRect.Create(Margin + (column * (PanelWidth + Gap)), top, PanelWidth, PanelHeight);

    private void DrawImage(SKCanvas canvas, SKRect panel)
    {
        var least = maps.Grid.At(maps.Least);
        Text(canvas, maps.HasClasses ? "least probable with the frame covered" : "least active with the frame covered", panel.Left, panel.Top - 8, SheetColors.Ink, PanelWidth);
        DrawPixels(canvas, panel);
        var square = SKRect.Create(panel.Left + (least.Left * zoom), panel.Top + (least.Top * zoom), least.Width * zoom, least.Height * zoom);
        Frame(canvas, square, SheetColors.Paper, 5);
        Frame(canvas, square, SheetColors.Ink, 2);
        Frame(canvas, panel, SheetColors.TileEdge, 1);
    }

    private void DrawActivity(SKCanvas canvas, SKRect panel, int legend)
    {
        var (least, most) = (Math.Min(maps.Activity.Min(), maps.CleanActivity), Math.Max(maps.Activity.Max(), maps.CleanActivity));
        Text(canvas, $"{maps.Layer.Name}, map {maps.Map}: summed activity", panel.Left, panel.Top - 8, SheetColors.Ink, PanelWidth);
        DrawCells(canvas, panel, position => Viridis.At((maps.Activity[position] - least) / Math.Max(most - least, float.Epsilon)));
        var range = Math.Max(most - least, float.Epsilon);
        DrawBar(canvas, panel, legend, $"{Short(least)}", $"{Short(most)}", (maps.CleanActivity - least) / range, Short(maps.CleanActivity));

        static string Short(float value) => FormattableString.Invariant($"{value:G4}");
    }

    private void DrawProbability(SKCanvas canvas, SKRect panel, int legend, int index, IReadOnlyList<float> probabilities, float clean)
    {
        var odds = new LogOddsScale([.. probabilities, clean]);
        Text(canvas, $"probability of {caption.Classes[index]}{(index == maps.CleanPredicted ? ", the predicted class" : "")}", panel.Left, panel.Top - 8, SheetColors.Ink, PanelWidth);
        DrawCells(canvas, panel, position => Viridis.At(odds.At(probabilities[position])));
        DrawBar(canvas, panel, legend, LogOddsScale.Text(odds.Least), LogOddsScale.Text(odds.Most), odds.At(clean), LogOddsScale.Text(clean));
        Text(canvas, $"covered {LogOddsScale.Text(probabilities.Min())} … {LogOddsScale.Text(probabilities.Max())}; spaced by log-odds", panel.Left, legend + (3 * LineHeight) + 12, SheetColors.FaintInk, PanelWidth);
    }

    private void DrawPredicted(SKCanvas canvas, SKRect panel, int legend)
    {
        Text(canvas, "most probable class", panel.Left, panel.Top - 8, SheetColors.Ink, PanelWidth);
        var frequent = maps.Predicted.GroupBy(index => index).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).ToArray();
        var named = frequent.Take(MostNamed).Select(group => group.Key).ToArray();
        DrawCells(canvas, panel, position => Color(Array.IndexOf(named, maps.Predicted[position])));
        for (var i = 0; i < named.Length; i++)
            Key(i, $"{caption.Classes[named[i]]}, {Share(frequent[i].Count())}{(named[i] == maps.CleanPredicted ? ", also uncovered" : "")}");
        if (frequent.Length > MostNamed)
            Key(MostNamed, $"{frequent.Length - MostNamed} others, {Share(frequent.Skip(MostNamed).Sum(group => group.Count()))}");

        static SKColor Color(int position) => position < 0 ? ClassColors[^1] : ClassColors[position];

        string Share(int count) => FormattableString.Invariant($"{100.0 * count / maps.Predicted.Count:0.#} %");

        void Key(int row, string text)
        {
            using var paint = new SKPaint { Color = Color(row < named.Length ? row : -1) };
            var top = legend + (row * LineHeight);
            canvas.DrawRect(panel.Left, top, 14, 14, paint);
            Text(canvas, text, panel.Left + 22, top + 13, SheetColors.FaintInk, PanelWidth - 22);
        }
    }

    /// <summary>A cell for each position, of the stride's size, around the middle of the square, over the image in grey, which shows through.</summary>
    private void DrawCells(SKCanvas canvas, SKRect panel, Func<int, SKColor> color)
    {
        var grid = maps.Grid;
        DrawPixels(canvas, panel, inGrey: true);
        canvas.Save();
        canvas.ClipRect(panel);
        using var paint = new SKPaint { IsAntialias = false };
        for (var position = 0; position < grid.Count; position++)
        {
            var (row, column) = (position / grid.Columns, position % grid.Columns);
            var (top, left) = (grid.Top + (row * grid.Stride) + ((grid.Size - grid.Stride) / 2f), grid.Left + (column * grid.Stride) + ((grid.Size - grid.Stride) / 2f));
            paint.Color = color(position).WithAlpha(HeatOpacity);
            canvas.DrawRect(panel.Left + (left * zoom), panel.Top + (top * zoom), grid.Stride * zoom, grid.Stride * zoom, paint);
        }
        canvas.Restore();
        Frame(canvas, panel, SheetColors.TileEdge, 1);
    }

    private static void DrawBar(SKCanvas canvas, SKRect panel, int top, string least, string most, double at, string clean)
    {
        var bar = SKRect.Create(panel.Left, top, panel.Width, 14);
        using (var shader = Viridis.Across(bar))
        using (var paint = new SKPaint { Shader = shader })
            canvas.DrawRect(bar, paint);
        var position = bar.Left + (float)(panel.Width * at);
        using (var paint = new SKPaint { Color = SheetColors.Ink, StrokeWidth = 2 })
            canvas.DrawLine(position, bar.Top - 3, position, bar.Bottom + 3, paint);
        Text(canvas, least, bar.Left, top + 14 + LineHeight, SheetColors.Ink);
        Text(canvas, most, bar.Right, top + 14 + LineHeight, SheetColors.Ink, align: SKTextAlign.Right);
        Text(canvas, $"uncovered (the mark) {clean}", bar.Left, top + 14 + (2 * LineHeight), SheetColors.FaintInk);
    }

    private void DrawPixels(SKCanvas canvas, SKRect panel, bool inGrey = false)
    {
        var plane = input.Height * input.Width;
        var (green, blue) = input.Maps == 1 ? (0, 0) : (plane, 2 * plane);
        using var picture = new SKBitmap(new SKImageInfo(input.Width, input.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        picture.Pixels = [.. Enumerable.Range(0, plane).Select(i => new SKColor(image[i], image[green + i], image[blue + i])).Select(color => inGrey ? Grey(color) : color)];
        using var shown = SKImage.FromBitmap(picture);
        canvas.DrawImage(shown, panel, new SKSamplingOptions(SKFilterMode.Nearest));

        static SKColor Grey(SKColor color)
        {
            var grey = (byte)Math.Round((0.299 * color.Red) + (0.587 * color.Green) + (0.114 * color.Blue));
            return new(grey, grey, grey);
        }
    }

    /// <summary>Tiles of a block as high as a panel.</summary>
    private SheetGrid Grid(int count)
    {
        var window = new UnitWindow(maps.Layer.ReceptiveField, input);
        var down = (int)Math.Ceiling(count / Math.Ceiling(Math.Sqrt(count)));
        var (side, room) = (Math.Max(window.Height, window.Width), (ProjectionSide / down) - SheetGrid.TileGap);
        var reduced = Math.Min(side, room);
        return new()
        {
            TileHeight = Math.Max(1, window.Height * reduced / side),
            TileWidth = Math.Max(1, window.Width * reduced / side),
            Enlargement = Math.Max(1, room / side),
            TilesAcross = (int)Math.Ceiling(Math.Sqrt(count)),
            TilesDown = down,
            Columns = 1,
            Rows = 1,
        };
    }

    private static void Frame(SKCanvas canvas, SKRect box, SKColor color, float line)
    {
        using var paint = new SKPaint { Color = color, IsStroke = true, StrokeWidth = line };
        canvas.DrawRect(box, paint);
    }

    private static void Text(SKCanvas canvas, string text, float x, float baseline, SKColor color, float most = float.MaxValue, SKTextAlign align = SKTextAlign.Left) =>
        SheetText.Draw(canvas, text, x, baseline, TextSize, color, most, align);
}
