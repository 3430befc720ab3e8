using SkiaSharp;

namespace ZfDecl.Imaging;

/// <summary>Paints the tiles of a cell: the projections on the left, the patches on the right, each pixel enlarged to a square.</summary>
/// <param name="grid">Where the tiles lie.</param>
/// <param name="channels">1 for grey, 3 for colour.</param>
/// <param name="scale">The scale of the projections.</param>
internal sealed class TilePainter(SheetGrid grid, int channels, ProjectionScale scale)
{
    /// <summary>Draws a line around each tile: white patches must not run into each other.</summary>
    public void DrawEdges(SKCanvas canvas, int tiles, int left, int top)
    {
        using var paint = new SKPaint { Color = SheetColors.TileEdge };
        for (var rank = 0; rank < tiles; rank++)
        {
            var (x, y) = grid.TileAt(rank);
            foreach (var block in (int[])[left, left + grid.BlockWidth + SheetGrid.BlockGap])
                canvas.DrawRect(block + x - 1, top + y - 1, grid.TileWidth * grid.Enlargement + 2, grid.TileHeight * grid.Enlargement + 2, paint);
        }
    }

    /// <param name="bitmap">Of colour type <see cref="SKColorType.Rgba8888"/>.</param>
    /// <param name="tiles">The tiles, the strongest unit's first.</param>
    /// <param name="left">The left column of the projections.</param>
    /// <param name="top">The top row of both blocks.</param>
    public void Paint(SKBitmap bitmap, IReadOnlyList<Tile> tiles, int left, int top)
    {
        for (var rank = 0; rank < tiles.Count; rank++)
        {
            var tile = tiles[rank];
            var (x, y) = grid.TileAt(rank);
            Paint(bitmap, tile, left + x, top + y, i => scale.Shade(tile.Projection[i]));
            Paint(bitmap, tile, left + x + grid.BlockWidth + SheetGrid.BlockGap, top + y, i => tile.Patch[i]);
        }
    }

    /// <summary>Paints one projection by itself.</summary>
    public void PaintProjection(SKBitmap bitmap, Tile tile, int left, int top) => Paint(bitmap, tile, left, top, i => scale.Shade(tile.Projection[i]));

    /// <summary>Paints one patch by itself.</summary>
    public void PaintPatch(SKBitmap bitmap, Tile tile, int left, int top) => Paint(bitmap, tile, left, top, i => tile.Patch[i]);

    private unsafe void Paint(SKBitmap bitmap, Tile tile, int left, int top, Func<int, byte> shade)
    {
        var pixels = (Rgba*)bitmap.GetPixels();
        var plane = grid.TileHeight * grid.TileWidth;
        var (green, blue) = channels == 1 ? (0, 0) : (plane, 2 * plane);
        for (var i = 0; i < plane; i++)
        {
            var color = tile.Inside[i] ? new(shade(i), shade(green + i), shade(blue + i)) : Rgba.Of(SheetColors.Outside);
            var (x, y) = (left + i % grid.TileWidth * grid.Enlargement, top + i / grid.TileWidth * grid.Enlargement);
            for (var row = 0; row < grid.Enlargement; row++)
                new Span<Rgba>(pixels + (long)(y + row) * bitmap.Width + x, grid.Enlargement).Fill(color);
        }
    }

    /// <summary>A pixel as it lies in memory.</summary>
    private readonly record struct Rgba(byte Red, byte Green, byte Blue, byte Alpha = 255)
    {
        public static Rgba Of(SKColor color) => new(color.Red, color.Green, color.Blue);
    }
}
