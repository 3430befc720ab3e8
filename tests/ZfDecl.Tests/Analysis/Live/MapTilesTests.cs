using ZfDecl.Analyses.Live;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis.Live;

/// <summary>All maps of a layer, small.</summary>
[Collection(Alone.Name)]
public sealed class MapTilesTests : IDisposable
{
    private readonly ToyNet net = new();
    private readonly Tensor images = rand([1, 1, ToyNet.Side, ToyNet.Side], generator: new Generator(7));

    public void Dispose()
    {
        images.Dispose();
        net.Dispose();
    }

    [Theory]
    [InlineData(12)]
    [InlineData(5)]
    [InlineData(4)]
    public void ATileIsTheMeanOfWhatItsPixelsCoverOnItsOwnScale(int side)
    {
        using var recording = net.Record(images);
        var tiles = MapTiles.Of(recording, ToyNet.Conv1, side);
        Assert.Equal((4, side, side), (tiles.Maps, tiles.Height, tiles.Width));
        for (var map = 0; map < 4; map++)
        {
            var values = MapTiles.Map(recording, ToyNet.Conv1, map);
            using var expected = recording.FeatureMaps(ToyNet.Conv1)[0, map].contiguous();
            Assert.Equal(expected.data<float>().ToArray(), values);
            Assert.Equal(values.Max(), tiles.Max[map]);
            Assert.Equal(Array.IndexOf(values, values.Max()), (tiles.At[map].Y * 12) + tiles.At[map].X);
            for (var y = 0; y < side; y++)
            {
                for (var x = 0; x < side; x++)
                {
                    // Rows from ⌊y · 12 / side⌋ to ⌈(y + 1) · 12 / side⌉, columns likewise.
                    var rows = Enumerable.Range(y * 12 / side, (((y + 1) * 12) + side - 1) / side - (y * 12 / side)).ToArray();
                    var columns = Enumerable.Range(x * 12 / side, (((x + 1) * 12) + side - 1) / side - (x * 12 / side)).ToArray();
                    var mean = rows.SelectMany(row => columns.Select(column => values[(row * 12) + column])).Average();
                    Assert.Equal(values.Max() > 0 ? mean / values.Max() * 255 : 0, tiles.Values[(((map * side) + y) * side) + x], 0.51);
                }
            }
        }
    }

    [Fact]
    public void ALayerOfUnitsHasTilesOfOnePixelAndNoTensorIsLeft()
    {
        using var recording = net.Record(images);
        var before = Tensor.TotalCount;
        var tiles = MapTiles.Of(recording, ToyNet.Fc3, 8);
        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal((3, 1, 1), (tiles.Maps, tiles.Height, tiles.Width));
        Assert.All(tiles.Values.Zip(tiles.Max), tile => Assert.Equal(tile.Second > 0 ? 255 : 0, tile.First));
        Assert.True(tiles.Least <= tiles.Max.Min());
    }
}
