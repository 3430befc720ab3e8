using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis;

[Collection(Alone.Name)]
public class FeatureVisualizationTests
{
    [Theory]
    [InlineData("conv1", ToyNet.Conv1)]
    [InlineData("conv2", ToyNet.Conv2)]
    public void EachUnitIsProjectedAloneAndCutToWhatItSees(string name, int layer)
    {
        using var net = new ToyNet();
        using var images = new ToyImages(30);
        var visualization = Over(net, images, [name], top: 4);
        var found = Assert.Single(visualization.FindStrongest());
        var maps = visualization.Project(found).ToArray();

        Assert.Equal(net.Info.Layers[layer].Output.Maps, maps.Length);
        if (layer == ToyNet.Conv2)
            Assert.Contains(maps, map => map.Units.Any(unit => unit.Region.ClipTo(12, 12) != unit.Region));
        foreach (var map in maps)
        {
            Assert.Equal(found.Of(map.Map).ToArray(), map.Units.Select(unit => unit.Unit));
            foreach (var unit in map.Units)
                AssertIsAsOneByOne(net, images, layer, map.Map, unit);
        }
    }

    [Fact]
    public void AUnitOfADenseLayerSeesTheWholeImage()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(12);
        var visualization = Over(net, images, ["fc3"], top: 2);
        var units = visualization.Project(visualization.FindStrongest()[0]).SelectMany(map => map.Units.Select(unit => (map.Map, Unit: unit))).ToArray();
        Assert.NotEmpty(units);
        foreach (var (map, unit) in units)
        {
            Assert.Equal(new(0, 0, 12, 12), unit.Region);
            AssertIsAsOneByOne(net, images, ToyNet.Fc3, map, unit);
        }
    }

    [Fact]
    public void ANetworkForAnotherNumberOfClassesHasAsManyUnitsAtItsEnd()
    {
        using var net = new ToyNet(classes: 7);
        using var images = new ToyImages(12);
        var visualization = Over(net, images, ["fc3"], top: 2);
        Assert.Equal(7, visualization.Project(visualization.FindStrongest()[0]).Count());
    }

    [Fact]
    public void TheBatchSizeDoesNotMatter()
    {
        using var net = new ToyNet(channels: 3);
        using var images = new ToyImages(25, channels: 3);
        var (one, many) = (Units(1), Units(16));
        Assert.Equal(one.Length, many.Length);
        foreach (var (a, b) in one.Zip(many))
        {
            Assert.Equal((a.Rank, a.Unit with { Value = 0 }, a.ImageName, a.Class, a.Region), (b.Rank, b.Unit with { Value = 0 }, b.ImageName, b.Class, b.Region));
            Assert.Equal(a.Unit.Value, b.Unit.Value, 1e-5f);
            Assert.Equal(a.Patch, b.Patch);
            Assert.True(a.Projection.Zip(b.Projection).All(pair => Math.Abs(pair.First - pair.Second) < 1e-5));
        }

        VisualizedUnit[] Units(int batch)
        {
            var visualization = new FeatureVisualization(net, images, images.Preprocessor(), new() { Layers = ["conv2"], Top = 3, Batch = batch }, new SilentLog());
            return [.. visualization.Project(visualization.FindStrongest()[0]).SelectMany(map => map.Units)];
        }
    }

    [Fact]
    public void ADeadMapHasNoUnits()
    {
        using var net = new ToyNet();
        Kill(net, map: 2);
        using var images = new ToyImages(10);
        var visualization = Over(net, images, ["conv1"], top: 3);
        var maps = visualization.Project(visualization.FindStrongest()[0]).ToArray();
        Assert.Equal([false, false, true, false], maps.Select(map => map.IsDead));
    }

    [Fact]
    public void OnlyTheMapsThatAreAskedForAreProjected()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(10);
        var visualization = new FeatureVisualization(net, images, images.Preprocessor(), new() { Layers = ["conv2"], Maps = MapSelection.Parse("4+1", 1) }, new SilentLog());
        var found = visualization.FindStrongest()[0];
        Assert.Equal([4, 1], visualization.Project(found).Select(map => map.Map));
        Assert.False(found.Of(5).IsEmpty);
    }

    [Fact]
    public void AnActivationThatDoesNotComeOutAgainIsAnErrorThatNamesTheUnitAndBothValues()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(10);
        var visualization = Over(net, images, ["conv2"], top: 3);
        var found = visualization.FindStrongest()[0];
        images.Change = 1;
        var error = Assert.Throws<ZfDeclException>(() => visualization.Project(found).Count());
        Assert.Equal("ZF1401", error.Code);
        Assert.Matches(@"layer 'conv2', map \d, unit \(\d, \d\), image \d: the search found an activation of [\d.E-]+, recording the image again gives [\d.E-]+;", error.Message);
    }

    [Fact]
    public void NoTensorIsLeftBehind()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(20);
        var before = Tensor.TotalCount;
        var visualization = Over(net, images, ["conv1", "conv2", "fc3"], top: 3);
        foreach (var found in visualization.FindStrongest())
            Assert.NotEmpty(visualization.Project(found));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData("conv9", 9, 20, "no layer 'conv9' to visualise; its layers are conv1, relu1,")]
    [InlineData("conv1", 0, 20, "top is 0")]
    [InlineData("conv1", 9, 0, "no images")]
    public void WhatCannotBeVisualisedIsNamed(string layer, int top, int count, string expected)
    {
        using var net = new ToyNet();
        using var images = new ToyImages(count);
        var error = Assert.Throws<ZfDeclException>(() => Over(net, images, [layer], top));
        Assert.Equal("ZF1402", error.Code);
        Assert.Contains(expected, error.Message);
    }

    /// <summary>Another way to the same: the image alone, the map's strongest unit by the deconvnet itself, pixel by pixel.</summary>
    private static void AssertIsAsOneByOne(ToyNet net, ToyImages images, int layer, int map, VisualizedUnit unit)
    {
        var (stored, pixels) = (new byte[images.Shape.Count], new float[images.Shape.Maps * 144]);
        images.Read(unit.Unit.Image, stored);
        images.Preprocessor().Evaluation(stored, pixels);
        using var scope = NewDisposeScope();
        using var seen = net.Record(tensor(pixels, [1, images.Shape.Maps, 12, 12]));
        using var deconvnet = net.CreateDeconvnet();
        var projection = deconvnet.Project(seen, layer, map, new UnitPosition(unit.Unit.Y, unit.Unit.X));
        var region = unit.Region;
        for (var y = 0; y < region.Height; y++)
        {
            for (var x = 0; x < region.Width; x++)
            {
                var (row, column, at) = (region.Top + y, region.Left + x, y * region.Width + x);
                var isInside = row is >= 0 and < 12 && column is >= 0 and < 12;
                Assert.Equal(isInside ? projection[0, 0, row, column].item<float>() : 0, unit.Projection[at], 1e-5f);
                Assert.Equal(isInside ? stored[(row + 1) * 14 + column + 1] : 0, unit.Patch[at]);      // 14×14 stored, 12×12 seen
            }
        }
        // Nothing of the projection lies outside of what the unit sees.
        Assert.Equal(projection.abs().sum().item<float>(), unit.Projection.Sum(Math.Abs), 1e-3f);
        Assert.Equal((images.NameOf(unit.Unit.Image), images.Classes[unit.Unit.Image % 3]), (unit.ImageName, unit.Class));
    }

    private static void Kill(ToyNet net, int map)
    {
        using var noGrad = no_grad();
        net.conv1.weight![map].zero_();
        net.conv1.bias![map] = -1;
    }

    private static FeatureVisualization Over(ToyNet net, ImageSet images, string[] layers, int top) =>
        new(net, images, ((ToyImages)images).Preprocessor(), new() { Layers = layers, Top = top }, new SilentLog());
}
