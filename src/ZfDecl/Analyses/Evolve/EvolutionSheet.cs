using SkiaSharp;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Imaging;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Evolve;

/// <summary>
/// A picture of how a layer's features came about, after Zeiler &amp; Fergus 2014, Fig. 4: one row per map, one column per epoch; on the left the projections of its strongest
/// units, on the right what these saw. Each row has one scale, which is printed on it, so that a feature can be seen to grow.
/// </summary>
/// <param name="caption">What the sheet says of where its pictures come from.</param>
/// <param name="evolved">The layer.</param>
/// <param name="input">The shape of the network's input; 1 channel is shown in grey, 3 in colour.</param>
public sealed class EvolutionSheet(SheetCaption caption, EvolvedLayer evolved, FeatureShape input)
{
    private const int Margin = 40, NarrowestContent = 1100, LongestTile = 128, ShortestTile = 64, RowGap = 18, LabelColumn = 110, Left = Margin + LabelColumn;

    private readonly SheetGrid grid = Lay(new(evolved.Layer.ReceptiveField, input), evolved.Epochs.Count, evolved.Maps.Count);

    /// <summary>Draws it.</summary>
    /// <returns>A PNG file.</returns>
    /// <exception cref="InvalidOperationException">The input has neither 1 nor 3 channels.</exception>
    public byte[] ToPng()
    {
        if (input.Maps is not (1 or 3))
            throw new InvalidOperationException($"an input of {input.Maps} channels cannot be shown; 1 (grey) and 3 (colour) can");
        var content = Math.Max(LabelColumn + grid.Width, NarrowestContent);
        var header = Header(content);
        var epochsTop = Margin + header.Height + Margin / 2;
        var top = epochsTop + grid.LabelHeight;
        var rows = evolved.Maps.Select(Row).ToArray();
        using var bitmap = new SKBitmap(new SKImageInfo(content + 2 * Margin, RowTop(top, rows.Length) - RowGap + Margin, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        {
            canvas.Clear(SheetColors.Paper);
            header.Draw(canvas, Margin, Margin);
            DrawEpochs(canvas, epochsTop);
            for (var row = 0; row < rows.Length; row++)
            {
                var y = RowTop(top, row);
                DrawLabel(canvas, evolved.Maps[row], rows[row].Scale, y);
                new TilePainter(grid, input.Maps, rows[row].Scale).DrawEdges(canvas, evolved.Epochs.Count, Left, y + grid.LabelHeight);
            }
        }
        for (var row = 0; row < rows.Length; row++)
            new TilePainter(grid, input.Maps, rows[row].Scale).Paint(bitmap, rows[row].Tiles, Left, RowTop(top, row) + grid.LabelHeight);
        using (var canvas = new SKCanvas(bitmap))
        {
            for (var row = 0; row < rows.Length; row++)
                DrawDead(canvas, evolved.Maps[row], RowTop(top, row) + grid.LabelHeight);
        }
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private int RowTop(int first, int row) => first + row * (grid.CellHeight + RowGap);

    private static SheetGrid Lay(UnitWindow window, int epochs, int maps)
    {
        var side = Math.Max(window.Height, window.Width);
        var shown = Math.Min(side, LongestTile);
        var wanted = Math.Clamp((NarrowestContent - LabelColumn) / (2 * epochs), ShortestTile, LongestTile);
        return new()
        {
            TileHeight = Math.Max(1, window.Height * shown / side),
            TileWidth = Math.Max(1, window.Width * shown / side),
            Enlargement = Math.Max(1, wanted / shown),
            TilesAcross = epochs,
            TilesDown = 1,
            Columns = 1,
            Rows = maps,
        };
    }

    private SheetHeader Header(int width)
    {
        var field = evolved.Layer.ReceptiveField;
        var header = new SheetHeader(width);
        header.Title($"{caption.Network}  ·  {evolved.Layer.Name} during training");
        header.Text($"receptive field {field.Height}×{field.Width}  ·  {caption.Data}  ·  {caption.Weights}");
        header.Text("A row a map, a column an epoch: left, the map's strongest unit over all images, projected alone; right, what it saw. A jump comes from another image.");
        header.Text($"Each row has its own scale, of all its epochs: mid grey is 0, black and white the ± value below its number ({ProjectionQuantile}); the activation stands above each projection.");
        if (evolved.Maps.Any(map => map.Units.Contains(null)))
            header.Text("dead: no activation above 0 in any image after that epoch");
        return header;
    }

    private static string ProjectionQuantile => FormattableString.Invariant($"the {FeatureSheet.ScaleQuantile * 100:0.##} % quantile of the absolute values other than 0");

    private (Tile[] Tiles, ProjectionScale Scale) Row(EvolvedMap map)
    {
        var plane = grid.TileHeight * grid.TileWidth;
        Tile[] tiles = [.. map.Units.Select(unit => unit is not null
            ? Tile.Of(unit, input, grid.TileHeight, grid.TileWidth)
            : new(new float[input.Maps * plane], [.. Enumerable.Repeat(ProjectionScale.MidGrey, input.Maps * plane)], [.. Enumerable.Repeat(true, plane)]))];
        return (tiles, ProjectionScale.Of([.. tiles.Select(tile => tile.Projection)], FeatureSheet.ScaleQuantile));
    }

    private void DrawEpochs(SKCanvas canvas, int top)
    {
        using var font = OpenSans.At(grid.LabelSize);
        using var paint = new SKPaint { IsAntialias = true, Color = SheetColors.Ink };
        for (var i = 0; i < evolved.Epochs.Count; i++)
        {
            foreach (var block in (int[])[0, grid.BlockWidth + SheetGrid.BlockGap])
                canvas.DrawText(FormattableString.Invariant($"{(i == 0 ? "epoch " : "")}{evolved.Epochs[i]}"), Left + block + grid.TileAt(i).X, top + grid.LabelSize, SKTextAlign.Left, font, paint);
        }
    }

    private void DrawLabel(SKCanvas canvas, EvolvedMap map, ProjectionScale scale, int y)
    {
        using var font = OpenSans.At(grid.LabelSize);
        using var paint = new SKPaint { IsAntialias = true, Color = SheetColors.Ink };
        var middle = y + grid.LabelHeight + grid.BlockHeight / 2f;
        canvas.DrawText($"map {map.Map}", Margin, middle - 2, SKTextAlign.Left, font, paint);
        paint.Color = SheetColors.FaintInk;
        canvas.DrawText($"±{scale.RangeText}", Margin, middle + grid.LabelSize + 2, SKTextAlign.Left, font, paint);
        for (var i = 0; i < map.Units.Count; i++)
        {
            if (map.Units[i] is { } unit)
                canvas.DrawText(FormattableString.Invariant($"{unit.Unit.Value:G3}"), Left + grid.TileAt(i).X, y + grid.LabelSize, SKTextAlign.Left, font, paint);
        }
    }

    private void DrawDead(SKCanvas canvas, EvolvedMap map, int y)
    {
        using var font = OpenSans.At(grid.LabelSize);
        using var paint = new SKPaint { IsAntialias = true, Color = SheetColors.Paper };
        for (var i = 0; i < map.Units.Count; i++)
        {
            if (map.Units[i] is null)
                canvas.DrawText("dead", Left + grid.TileAt(i).X + grid.TileWidth * grid.Enlargement / 2f, y + grid.BlockHeight / 2f, SKTextAlign.Center, font, paint);
        }
    }
}
