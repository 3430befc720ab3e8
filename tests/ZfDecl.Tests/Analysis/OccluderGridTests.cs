using ZfDecl.Analysis;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Tests.Analysis;

public class OccluderGridTests
{
    [Fact]
    public void TheSquaresAreCentredAndCutOffAtTheBorder()
    {
        // 32 wide in steps of 7 over 224: 28 steps reach 196, 2 + 2 beyond the border.
        var grid = new OccluderGrid(new(3, 224, 224), size: 32, stride: 7);
        Assert.Equal((29, 29, -2, -2), (grid.Rows, grid.Columns, grid.Top, grid.Left));
        Assert.Equal(new PixelRegion(0, 0, 30, 30), grid.At(0));
        Assert.Equal(new PixelRegion(5, 12, 32, 32), grid.At((1 * 29) + 2));
        Assert.Equal(new PixelRegion(194, 194, 30, 30), grid.At(grid.Count - 1));
    }

    [Theory]
    [InlineData(28, 20, 6, 2)]
    [InlineData(9, 14, 9, 1)]
    [InlineData(5, 5, 1, 1)]
    [InlineData(64, 64, 14, 5)]
    public void EveryPixelIsCovered(int height, int width, int size, int stride)
    {
        var grid = new OccluderGrid(new(1, height, width), size, stride);
        var covered = new bool[height, width];
        for (var position = 0; position < grid.Count; position++)
        {
            var square = grid.At(position);
            for (var y = square.Top; y < square.Top + square.Height; y++)
            {
                for (var x = square.Left; x < square.Left + square.Width; x++)
                    covered[y, x] = true;
            }
        }
        Assert.DoesNotContain(false, covered.Cast<bool>());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(21, 1)]
    [InlineData(5, 0)]
    [InlineData(5, 29)]
    public void ASquareThatDoesNotFitIsRefusedWithTheImagesSize(int size, int stride)
    {
        var error = Assert.Throws<ZfDeclException>(() => new OccluderGrid(new(1, 28, 20), size, stride));
        Assert.Equal("ZF1450", error.Code);
        Assert.Contains("28×20", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheUsualSquareIsAsLargeAsThePapers() => Assert.Equal((50, 8), OccluderGrid.UsualFor(new(3, 224, 224)));
}
