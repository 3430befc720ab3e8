using System.Globalization;
using SkiaSharp;
using ZfDecl.Imaging;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Visualize;

/// <summary>
/// A picture of a layer, after Zeiler &amp; Fergus 2014, Fig. 2: for each feature map the projections of its strongest units beside the image patches
/// that caused them, all projections on one scale. Dead maps are an even mid grey.
/// </summary>
/// <remarks>Maps are added one by one and kept only at the size they are shown in.</remarks>
public sealed class FeatureSheet
{
    /// <summary>The quantile of the absolute projected values other than 0 that is shown as white.</summary>
    public const double ScaleQuantile = 0.98;

    private const int NarrowestContent = 1000;

    private readonly SheetCaption caption;
    private readonly LayerInfo layer;
    private readonly FeatureShape input;
    private readonly int maps;
    private readonly int top;
    private readonly PerImage perImage;
    private readonly UnitWindow window;
    private readonly List<Cell> cells = [];

    /// <param name="caption">What the sheet says of where its pictures come from.</param>
    /// <param name="layer">The layer it shows.</param>
    /// <param name="input">The shape of the network's input; 1 channel is shown in grey, 3 in colour.</param>
    /// <param name="maps">How many maps will be added; at least 1.</param>
    /// <param name="top">How many units of each map are shown at most; at least 1.</param>
    /// <param name="perImage">How many of them may be of one image.</param>
    /// <exception cref="ArgumentException">The input has neither 1 nor 3 channels.</exception>
    public FeatureSheet(SheetCaption caption, LayerInfo layer, FeatureShape input, int maps, int top, PerImage perImage = PerImage.One)
    {
        if (input.Maps is not (1 or 3))
            throw new ArgumentException($"an input of {input.Maps} channels cannot be shown; 1 (grey) and 3 (colour) can", nameof(input));
        (this.caption, this.layer, this.input, this.maps, this.top, this.perImage) = (caption, layer, input, maps, top, perImage);
        window = new(layer.ReceptiveField, input);
        Grid = SheetGrid.For(window.Height, window.Width, maps, top);
    }

    /// <summary>Where everything lies below the header.</summary>
    public SheetGrid Grid { get; }

    /// <summary>Adds the next map.</summary>
    public void Add(VisualizedMap map) => cells.Add(new(
        map.Map,
        map.IsDead ? 0 : map.Units[0].Unit.Value,
        [.. map.Units.Take(top).Select(unit => Tile.Of(unit, input, Grid.TileHeight, Grid.TileWidth))]));

    /// <summary>The one scale of the projections that were added so far.</summary>
    public ProjectionScale Scale() => ProjectionScale.Of([.. cells.SelectMany(cell => cell.Tiles).Select(tile => tile.Projection)], ScaleQuantile);

    /// <summary>Draws the maps that were added so far.</summary>
    /// <returns>The sheet as a PNG.</returns>
    public byte[] ToPng()
    {
        var scale = Scale();
        var painter = new TilePainter(Grid, input.Maps, scale);
        var margin = Margin(Grid);
        var header = Header(scale, Math.Max(Grid.Width, NarrowestContent));
        var (left, above) = (margin + (Math.Max(NarrowestContent - Grid.Width, 0) / 2), margin + header.Height + margin * 2 / 3);
        using var bitmap = new SKBitmap(new SKImageInfo(2 * margin + Math.Max(Grid.Width, NarrowestContent), above + Grid.Height + margin, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SheetColors.Paper);
            header.Draw(canvas, margin, margin);
            for (var i = 0; i < cells.Count; i++)
            {
                var (x, y) = Grid.Cell(i);
                DrawLabel(canvas, cells[i], left + x, above + y);
                DrawDead(canvas, cells[i], left + x, above + y + Grid.LabelHeight);
                painter.DrawEdges(canvas, cells[i].Tiles.Count, left + x, above + y + Grid.LabelHeight);
            }
        }
        for (var i = 0; i < cells.Count; i++)
        {
            var (x, y) = Grid.Cell(i);
            painter.Paint(bitmap, cells[i].Tiles, left + x, above + y + Grid.LabelHeight);
        }
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Pixels around everything.</summary>
    internal static int Margin(SheetGrid grid) => Math.Clamp(grid.Width / 50, 32, 72);

    private SheetHeader Header(ProjectionScale scale, int width)
    {
        var field = layer.ReceptiveField;
        var shown = (window.Height, window.Width) == (field.Height, field.Width)
            ? ""
            : $", shown within the image's {window.Height}×{window.Width}";
        var sized = (Grid.TileHeight, Grid.TileWidth) == (window.Height, window.Width)
            ? Grid.Enlargement == 1 ? "in original size" : $"enlarged ×{Grid.Enlargement}"
            : $"reduced to {Grid.TileHeight}×{Grid.TileWidth} by area averaging";
        var count = maps < layer.Output.Maps ? $" ({maps} of the {layer.Output.Maps} maps shown)" : "";
        var dead = cells.Count(cell => cell.Tiles.Count == 0);

        var header = new SheetHeader(width);
        header.Title($"{caption.Network}  ·  {layer.Name}");
        header.Text($"{layer.Kind}, {layer.Output} units{count}  ·  receptive field {field.Height}×{field.Width}{shown}, {sized}  ·  {caption.Data}  ·  {caption.Weights}");
        header.Text(Invariant($"Each cell: the map's number and strongest activation; left, its {top} strongest units ({(perImage == PerImage.One ? "at most one an image" : "any number of an image")}), each projected alone; right, what they saw"));
        header.Scale(Invariant(
            $"One scale for all projections{(input.Maps == 3 ? ", in each colour channel" : "")}: black −{scale.RangeText}, mid grey 0, white +{scale.RangeText} (the {scale.Quantile * 100:0.##} % quantile of the absolute values other than 0; {scale.Clipped * 100:0.##} % of them are clipped)"));
        if (cells.Any(cell => cell.Tiles.Any(tile => tile.Inside.Contains(false))))
            header.Key(DrawSwatch(SheetColors.Outside), 1, "outside of the image");
        if (dead > 0)
            header.Key(DrawSwatch(SheetColors.Zero), 1, $"dead: no activation above 0 in any image ({dead} of {cells.Count} maps)");
        return header;
    }

    private void DrawLabel(SKCanvas canvas, Cell cell, int x, int y)
    {
        using var font = OpenSans.At(Grid.LabelSize);
        using var paint = new SKPaint { IsAntialias = true, Color = SheetColors.Ink };
        canvas.DrawText(cell.Map.ToString(CultureInfo.InvariantCulture), x, y + Grid.LabelSize, SKTextAlign.Left, font, paint);
        paint.Color = SheetColors.FaintInk;
        var value = cell.Tiles.Count == 0 ? "0" : Invariant($"{cell.Strongest:G3}");
        canvas.DrawText(value, x + 2 * Grid.BlockWidth + SheetGrid.BlockGap, y + Grid.LabelSize, SKTextAlign.Right, font, paint);
    }

    private void DrawDead(SKCanvas canvas, Cell cell, int x, int y)
    {
        if (cell.Tiles.Count > 0)
            return;
        using var font = OpenSans.At(Grid.LabelSize);
        using var paint = new SKPaint { IsAntialias = true, Color = SheetColors.Zero };
        var block = SKRect.Create(x, y, 2 * Grid.BlockWidth + SheetGrid.BlockGap, Grid.BlockHeight);
        canvas.DrawRect(block, paint);
        paint.Color = SheetColors.Paper;
        canvas.DrawText("dead", block.MidX, block.MidY + Grid.LabelSize * 0.35f, SKTextAlign.Center, font, paint);
    }

    private static Action<SKCanvas, SKRect> DrawSwatch(SKColor color) => (canvas, box) =>
    {
        using var paint = new SKPaint { Color = color };
        canvas.DrawRect(box, paint);
        SheetHeader.Frame(canvas, box);
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>A map at the size it is shown in.</summary>
    private sealed record Cell(int Map, float Strongest, IReadOnlyList<Tile> Tiles);
}
