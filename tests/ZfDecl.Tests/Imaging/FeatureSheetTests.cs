using SkiaSharp;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Imaging;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Tests.Imaging;

public class FeatureSheetTests
{
    private static readonly SheetCaption Caption = new() { Network = "Toy", Data = "validation, 100 images", Weights = "weights.safetensors, epoch 3" };

    [Fact]
    public void AGreySheetLooksAsApproved() => Snapshot.Png(Sheet(channels: 1, side: 5, maps: 6).ToPng());

    [Fact]
    public void AColourSheetLooksAsApproved() => Snapshot.Png(Sheet(channels: 3, side: 11, maps: 4, top: 5).ToPng());

    [Fact]
    public void AllProjectionsOfASheetShareOneScale()
    {
        // Map 0 answers ten times as strongly as map 1: a value of the range is white in the one, mid grey and a tenth in the other.
        var sheet = new FeatureSheet(Caption, Layer(1, 2), new(1, 12, 12), maps: 2, top: 1);
        sheet.Add(new(0, [Unit(new(4, 4, 1, 1), [1f], [10])]));
        sheet.Add(new(1, [Unit(new(4, 4, 1, 1), [0.1f], [20])]));
        Assert.Equal([255, 10, 141, 20], Shades(sheet));         // 128 + 127 · 0.1 = 140.7
    }

    [Fact]
    public void ADeadMapIsAnEvenMidGrey()
    {
        var sheet = new FeatureSheet(Caption, Layer(1, 2), new(1, 12, 12), maps: 2, top: 1);
        sheet.Add(new(0, [Unit(new(4, 4, 1, 1), [1f], [10])]));
        sheet.Add(new(1, []));
        Assert.Equal([255, 10, 128, 128], Shades(sheet));
    }

    [Fact]
    public void WhatLiesOutsideOfTheImageHasATintOfItsOwn()
    {
        var sheet = new FeatureSheet(Caption, Layer(1, 1), new(1, 12, 12), maps: 1, top: 1);
        sheet.Add(new(0, [Unit(new(-1, 0, 1, 1), [0f], [0])]));
        using var picture = SKBitmap.Decode(sheet.ToPng());
        var (x, y) = Corner(picture, sheet.Grid, 0);
        Assert.Equal(SheetColors.Outside, picture.GetPixel(x + 1, y + 1));
    }

    [Fact]
    public void AnInputThatIsNeitherGreyNorColourIsRefused() =>
        Assert.Throws<ArgumentException>(() => new FeatureSheet(Caption, Layer(3, 4), new(2, 12, 12), 4, 9));

    [Fact]
    public void ReducingDoesNotMixInWhatLiesOutsideOfTheImage()
    {
        var unit = Unit(new(-1, 0, 4, 4), [.. Enumerable.Repeat(0f, 4), .. Enumerable.Repeat(6f, 12)], [.. new byte[4], .. Enumerable.Repeat((byte)200, 12)]);
        var tile = Tile.Of(unit, new(1, 12, 12), 2, 2);
        Assert.Equal([6f, 6, 6, 6], tile.Projection);
        Assert.Equal<byte>([200, 200, 200, 200], tile.Patch);
    }

    /// <summary>The shades just inside of the projection and the patch of each of two maps of one tile each.</summary>
    private static int[] Shades(FeatureSheet sheet)
    {
        using var picture = SKBitmap.Decode(sheet.ToPng());
        return [.. Enumerable.Range(0, 2).SelectMany(cell =>
        {
            var (x, y) = Corner(picture, sheet.Grid, cell);
            return new int[] { picture.GetPixel(x + 1, y + 1).Green, picture.GetPixel(x + 1 + sheet.Grid.BlockWidth + SheetGrid.BlockGap, y + 1).Green };
        })];
    }

    /// <summary>The upper left pixel of a cell's projections: the grid stands at the bottom, in the middle.</summary>
    private static (int X, int Y) Corner(SKBitmap picture, SheetGrid grid, int cell)
    {
        var (x, y) = grid.Cell(cell);
        return ((picture.Width - grid.Width) / 2 + x, picture.Height - FeatureSheet.Margin(grid) - grid.Height + y + grid.LabelHeight);
    }

    private static FeatureSheet Sheet(int channels, int side, int maps, int top = 9)
    {
        var random = new Random(11);
        var sheet = new FeatureSheet(Caption, Layer(side, maps), new(channels, 24, 24), maps, top);
        for (var map = 0; map < maps; map++)
        {
            // An oriented wave for each map, weaker from map to map; map 2 is dead, map 3 has few units.
            var units = Enumerable.Range(0, map == 2 ? 0 : map == 3 ? 3 : top).Select(rank =>
            {
                var (top, left) = (random.Next(-2, 24 - side + 2), random.Next(-2, 24 - side + 2));
                float Wave(int i) => MathF.Sin(i / side % side * (map + 1) * 0.5f + i % side * 0.8f + i / (side * side)) * (5 - map);
                return Unit(new(top, left, side, side),
                    [.. Enumerable.Range(0, channels * side * side).Select(Wave)],
                    [.. Enumerable.Range(0, channels * side * side).Select(i => (byte)(128 + 20 * Wave(i) + random.Next(10)))], rank, 9.5f / (map + 1));
            });
            sheet.Add(new(map, [.. units]));
        }
        return sheet;
    }

    private static VisualizedUnit Unit(PixelRegion region, float[] projection, byte[] patch, int rank = 0, float value = 1) => new()
    {
        Rank = rank,
        Unit = new(value, rank, 0, 0),
        ImageName = "",
        Class = "",
        Region = region,
        Projection = projection,
        Patch = patch,
    };

    private static LayerInfo Layer(int side, int maps) => new(0, "conv1", "conv", new(maps, 24, 24), new(side, side, 1, 1, 0, 0), 0, 0, 0);
}
