using ZfDecl.Analysis;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis;

public class RecordedTopUnitsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ThePooledMapsTellTheSameAsTheMapsThemselves(bool channelsLast)
    {
        using var scope = NewDisposeScope();
        using var net = new ToyNet(seed: 3);
        var images = randn([20, 1, 12, 12], generator: new Generator(4)).round();        // many ties
        if (channelsLast)
            images = images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        using var seen = net.Record(images);
        var layer = net.Info.Layers[ToyNet.Conv1] with { Output = new(4, 12, 12) };
        Assert.Equal("pool1", PooledMaps.Behind(net.Info, layer)?.Name);
        var (pooled, whole) = (new TopUnits(layer, 5), new TopUnits(layer, 5));
        int[] indices = [.. Enumerable.Range(0, 20)];
        pooled.Add(seen, indices);
        whole.Add(seen.FeatureMaps(ToyNet.Conv1), indices);
        for (var map = 0; map < 4; map++)
            Assert.Equal(whole.Of(map).ToArray(), pooled.Of(map).ToArray());
    }

    [Theory]
    [InlineData(2, 2, 0, 6, 12, true)]
    [InlineData(3, 2, 0, 5, 12, false)]     // rounded down: the last row is seen by no window
    [InlineData(3, 2, 0, 6, 12, true)]      // rounded up
    [InlineData(1, 2, 0, 6, 12, false)]     // a stride beyond the kernel
    [InlineData(3, 2, 1, 6, 12, true)]
    public void OnlyAPoolingThatSeesEveryUnitStandsForItsMaps(int kernel, int stride, int padding, int places, int units, bool expected)
    {
        var conv = new LayerInfo(0, "conv1", "conv", new(2, units, units), default, 0, 0, 0);
        var pool = new LayerInfo(1, "pool1", "maxpool", new(2, places, places), default, 0, 0, 1) { Window = new(kernel, kernel, stride, stride, padding, padding, 1, 1) };
        using var net = new ToyNet();
        Assert.Equal(expected, PooledMaps.Behind(net.Info with { Layers = [conv, pool] }, conv) is not null);
    }

    [Fact]
    public void AllUnitsOfAnImageCompeteWhereThatIsWanted()
    {
        var maps = zeros(2, 1, 2, 3);
        maps[0, 0, 0, 1] = 5;
        maps[0, 0, 1, 2] = 4;
        maps[1, 0, 1, 0] = 4;
        maps[1, 0, 1, 1] = 6;
        var found = new TopUnits(new(0, "some", "conv", new(1, 2, 3), default, 0, 0, 0), 3, PerImage.All);
        found.Add(maps, [0, 1]);
        Assert.Equal([new(6, 1, 1, 1), new(5, 0, 0, 1), new TopUnit(4, 0, 1, 2)], found.Of(0).ToArray());
    }

    [Fact]
    public void ASearchInPartsIsTheWholeSearch()
    {
        var layer = new LayerInfo(0, "some", "conv", new(3, 4, 4), default, 0, 0, 0);
        var maps = (randn([30, 3, 4, 4], generator: new Generator(6)) * 2).round();
        var (whole, joined) = (new TopUnits(layer, 4), new TopUnits(layer, 4));
        whole.Add(maps, [.. Enumerable.Range(0, 30)]);
        foreach (var (first, count) in new[] { (20, 10), (0, 7), (7, 13) })
        {
            var part = new TopUnits(layer, 4);
            part.Add(maps.narrow(0, first, count), [.. Enumerable.Range(first, count)]);
            joined.Add(part);
        }
        for (var map = 0; map < 3; map++)
            Assert.Equal(whole.Of(map).ToArray(), joined.Of(map).ToArray());
        Assert.Equal(30, joined.Images);
    }

}
