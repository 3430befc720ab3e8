using ZfDecl.Analyses.Occlude;
using ZfDecl.Messages;
using ZfDecl.Networks;

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
    [InlineData(41, 29, 1, 11, 4, 3, 3)]        // rows 3, 14, 25, 36 and columns 3, 14, 25: 3 and 4 pixels are left at the ends
    [InlineData(224, 224, 1, 2, 112, 112, 0)]   // the even rows; the last one has no square
    [InlineData(10, 10, 2, 9, 2, 2, 0)]         // 0 … 1 and 9 … 10, of which the last is cut off
    public void WhereTheStrideIsLongerThanTheSideAsManySquaresLieInTheImageAsShowInIt(int height, int width, int size, int stride, int rows, int columns, int top)
    {
        var grid = new OccluderGrid(new(1, height, width), size, stride);
        Assert.Equal((rows, columns, top), (grid.Rows, grid.Columns, grid.Top));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 60)]
    [InlineData(9, 14)]
    [InlineData(28, 28)]
    [InlineData(41, 29)]
    [InlineData(64, 63)]
    [InlineData(224, 224)]
    public void NoSquareOfAnyGridLiesOutsideOfTheImageAndAllAreCentred(int height, int width)
    {
        for (var size = 1; size <= Math.Min(height, width); size++)
        {
            for (var stride = 1; stride <= Math.Max(height, width); stride++)
            {
                var grid = new OccluderGrid(new(1, height, width), size, stride);
                AssertSound([.. Enumerable.Range(0, grid.Rows).Select(row => grid.At(row * grid.Columns)).Select(square => (square.Top, square.Height))], grid.Top, height, size, stride);
                AssertSound([.. Enumerable.Range(0, grid.Columns).Select(grid.At).Select(square => (square.Left, square.Width))], grid.Left, width, size, stride);
            }
        }
    }

    /// <param name="visible">Where the squares begin along an axis, and how much of each lies within the image.</param>
    /// <param name="first">Where the first would begin if it were not cut off.</param>
    /// <param name="extent">Of the image.</param>
    /// <param name="size">Of a square.</param>
    /// <param name="stride">From one to the next.</param>
    private static void AssertSound((int Start, int Length)[] visible, int first, int extent, int size, int stride)
    {
        var grid = $"{extent} pixels, size {size}, stride {stride}";
        Assert.True(visible.All(square => 2 * square.Length >= size), $"less than half of a square shows: {grid}");
        var (before, after) = (first, extent - (first + ((visible.Length - 1) * stride) + size));       // pixels left at the ends; below 0 where a square sticks out
        Assert.True(Math.Abs(before - after) <= 1, $"{before} pixels before, {after} after: {grid}");
        Assert.True(before + after <= Math.Max(0, stride - size), $"there is room for one more square: {grid}");
        Assert.True(-(before + after) < size, $"one square too many: {grid}");
        if (stride > size)
            return;
        // Where they overlap: the fewest that cover every pixel.
        Assert.Equal((int)Math.Ceiling((double)(extent - size) / stride) + 1, visible.Length);
        Assert.Equal((0, extent), (visible[0].Start, visible[^1].Start + visible[^1].Length));
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

    [Theory]
    [InlineData(224, 224, 50, 6, "")]                   // 29 steps of 6 and the last 50 pixels are 224
    [InlineData(224, 224, 32, 7, "squares at the border are cut off by the image, in a corner to 30×30 pixels")]
    [InlineData(64, 64, 63, 63, "squares at the border are cut off by the image, in a corner to 32×32 pixels")]     // 126 pixels over 64: 31 outside on each side
    [InlineData(10, 10, 2, 9, "squares at the border are cut off by the image, in a corner to 1×1 pixels; the stride is longer than the side, so the squares do not cover everything")]
    [InlineData(224, 224, 1, 2, "the stride is longer than the side, so the squares do not cover everything")]
    [InlineData(28, 28, 2, 28, "the stride is longer than the side, so the squares do not cover everything")]
    [InlineData(5, 5, 5, 5, "")]
    public void TheGridSaysWhatIsCutOffAndWhetherItCoversTheImage(int height, int width, int size, int stride, string coverage) =>
        Assert.Equal(coverage, new OccluderGrid(new(1, height, width), size, stride).Coverage);

    [Fact]
    public void TheUsualSquareIsAsLargeAsThePapers() => Assert.Equal((50, 8), OccluderGrid.UsualFor(new(3, 224, 224)));
}
