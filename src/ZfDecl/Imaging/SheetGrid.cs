namespace ZfDecl.Imaging;

/// <summary>Where the cells of a sheet and the tiles in them lie, in pixels. A cell shows one map: a label, a block of projections, a block of patches.</summary>
public sealed record SheetGrid
{
    /// <summary>Pixels between neighbouring tiles.</summary>
    public const int TileGap = 4;

    /// <summary>Pixels between the two blocks of a cell.</summary>
    public const int BlockGap = 14;

    private const int ComfortableWidth = 2800, ComfortableHeight = 2100, LongestSide = 4800;
    private const double Proportions = 1.45;     // of the grid: 4:3 with the header above it
    private const int LargestEnlarged = 96, SmallestReadable = 30, NarrowestCell = 120;

    /// <summary>Rows of a tile before it is enlarged: those of the window, or fewer where the sheet would be too large.</summary>
    public required int TileHeight { get; init; }

    /// <summary>Columns of a tile before it is enlarged.</summary>
    public required int TileWidth { get; init; }

    /// <summary>How many pixels each way one pixel of a tile becomes.</summary>
    public required int Enlargement { get; init; }

    /// <summary>Tiles next to each other in a block: a block is as near to a square as it can be, and wider than high if it is none.</summary>
    public required int TilesAcross { get; init; }

    /// <summary>Rows of tiles in a block.</summary>
    public required int TilesDown { get; init; }

    /// <summary>Cells next to each other, chosen so that the sheet is about 4:3 and few positions stay empty.</summary>
    public required int Columns { get; init; }

    /// <summary>Rows of cells.</summary>
    public required int Rows { get; init; }

    /// <summary>Pixels between neighbouring cells.</summary>
    public int CellGap => Math.Max(24, BlockWidth / 6);

    /// <summary>Columns of a block.</summary>
    public int BlockWidth => TilesAcross * (TileWidth * Enlargement + TileGap) - TileGap;

    /// <summary>Rows of a block.</summary>
    public int BlockHeight => TilesDown * (TileHeight * Enlargement + TileGap) - TileGap;

    /// <summary>The size of a cell's label, in pixels.</summary>
    public int LabelSize => Math.Clamp(BlockWidth / 11, 12, 16);

    /// <summary>Rows above the blocks, for the label.</summary>
    public int LabelHeight => LabelSize * 3 / 2;

    /// <summary>Columns of a cell.</summary>
    public int CellWidth => Math.Max(2 * BlockWidth + BlockGap, NarrowestCell);

    /// <summary>Rows of a cell.</summary>
    public int CellHeight => LabelHeight + BlockHeight;

    /// <summary>Columns of the grid.</summary>
    public int Width => Columns * (CellWidth + CellGap) - CellGap;

    /// <summary>Rows of the grid.</summary>
    public int Height => Rows * (CellHeight + CellGap) - CellGap;

    /// <summary>The upper left corner of a cell, from the grid's own.</summary>
    public (int X, int Y) Cell(int index) => (index % Columns * (CellWidth + CellGap), index / Columns * (CellHeight + CellGap));

    /// <summary>The upper left corner of a tile, from its block's own.</summary>
    public (int X, int Y) TileAt(int rank) =>
        (rank % TilesAcross * (TileWidth * Enlargement + TileGap), rank / TilesAcross * (TileHeight * Enlargement + TileGap));

    /// <summary>
    /// Lays out a sheet: small windows are enlarged by the largest whole factor that keeps the sheet comfortable, at least until they are readable;
    /// windows that would make it larger than 4800 pixels a side are reduced.
    /// </summary>
    /// <param name="height">Rows of a window.</param>
    /// <param name="width">Columns of a window.</param>
    /// <param name="cells">How many maps are shown; at least 1.</param>
    /// <param name="top">How many units of each; at least 1.</param>
    public static SheetGrid For(int height, int width, int cells, int top)
    {
        var side = Math.Max(height, width);
        var readable = Math.Max(1, (SmallestReadable + side - 1) / side);
        for (var factor = Math.Max(readable, LargestEnlarged / side); factor > readable; factor--)
        {
            if (Arrange(height, width, factor, cells, top) is { Width: <= ComfortableWidth, Height: <= ComfortableHeight } comfortable)
                return comfortable;
        }
        for (var factor = readable; factor > 1; factor--)
        {
            if (Arrange(height, width, factor, cells, top) is { Width: <= LongestSide, Height: <= LongestSide } small)
                return small;
        }
        for (var reduced = side; ; reduced--)
        {
            var grid = Arrange(Math.Max(1, height * reduced / side), Math.Max(1, width * reduced / side), 1, cells, top);
            if (reduced == 1 || grid is { Width: <= LongestSide, Height: <= LongestSide })
                return grid;
        }
    }

    private static SheetGrid Arrange(int height, int width, int factor, int cells, int top)
    {
        var across = (int)Math.Ceiling(Math.Sqrt(top));
        var one = new SheetGrid
        {
            TileHeight = height,
            TileWidth = width,
            Enlargement = factor,
            TilesAcross = across,
            TilesDown = (top + across - 1) / across,
            Columns = 1,
            Rows = cells,
        };
        return Enumerable.Range(1, cells)
            .Select(columns => one with { Columns = columns, Rows = (cells + columns - 1) / columns })
            .MinBy(grid => Math.Abs(Math.Log(grid.Width / (Proportions * grid.Height))) + (double)(grid.Columns * grid.Rows - cells) / cells)!;
    }
}
