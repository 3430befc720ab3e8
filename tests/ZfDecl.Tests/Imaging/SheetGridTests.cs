using ZfDecl.Imaging;

namespace ZfDecl.Tests.Imaging;

public class SheetGridTests
{
    [Theory]
    [InlineData(5, 256)]
    [InlineData(13, 64)]
    [InlineData(28, 10)]
    [InlineData(139, 256)]
    [InlineData(224, 1000)]
    [InlineData(3, 1)]
    public void ASheetIsAtMost4800PixelsASide(int window, int maps)
    {
        var grid = SheetGrid.For(window, window, maps, 9);
        Assert.InRange(grid.Width, 1, 4800);
        Assert.InRange(grid.Height, 1, 4800);
        Assert.True(grid.Rows * grid.Columns >= maps);
    }

    [Theory]
    [InlineData(5, 256)]
    [InlineData(13, 64)]
    [InlineData(139, 256)]
    public void ASheetOfManyMapsIsAboutFourToThree(int window, int maps)
    {
        var grid = SheetGrid.For(window, window, maps, 9);
        Assert.InRange((double)grid.Width / grid.Height, 1.2, 1.75);     // before the header comes on top
    }

    [Fact]
    public void ASmallFieldIsEnlargedByAWholeFactorUntilItCanBeRead()
    {
        var grid = SheetGrid.For(5, 5, 256, 9);
        Assert.Equal((5, 5), (grid.TileHeight, grid.TileWidth));
        Assert.InRange(grid.Enlargement * 5, 30, 96);
    }

    [Fact]
    public void ALargeFieldIsReducedInProportion()
    {
        var grid = SheetGrid.For(200, 100, 256, 9);
        Assert.Equal(1, grid.Enlargement);
        Assert.InRange(grid.TileHeight, 10, 199);
        Assert.Equal(grid.TileHeight / 2, grid.TileWidth);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(4, 2, 2)]
    [InlineData(5, 3, 2)]
    [InlineData(9, 3, 3)]
    [InlineData(10, 4, 3)]
    public void ABlockIsNearlySquare(int top, int across, int down)
    {
        var grid = SheetGrid.For(7, 7, 16, top);
        Assert.Equal((across, down), (grid.TilesAcross, grid.TilesDown));
    }

    [Fact]
    public void TilesAndCellsDoNotOverlapAndFillTheGrid()
    {
        var grid = SheetGrid.For(7, 5, 10, 5);
        var (tileHeight, tileWidth) = (grid.TileHeight * grid.Enlargement, grid.TileWidth * grid.Enlargement);
        Assert.Equal((tileWidth + SheetGrid.TileGap, 0), grid.TileAt(1));
        Assert.Equal((tileWidth + SheetGrid.TileGap, tileHeight + SheetGrid.TileGap), grid.TileAt(4));
        Assert.Equal(grid.BlockHeight, grid.TileAt(4).Y + tileHeight);
        Assert.Equal(grid.Width, grid.Cell(grid.Columns - 1).X + grid.CellWidth);
        Assert.Equal(grid.Height, grid.Cell(grid.Rows * grid.Columns - 1).Y + grid.CellHeight);
    }
}
