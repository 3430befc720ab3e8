using ZfDecl.Analyses.Project;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Tests.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis;

/// <summary>Projecting one image, against the recording and the deconvnet that it is made of.</summary>
[Collection(Alone.Name)]
public sealed class ImageProjectionTests : IDisposable
{
    private readonly ToyNet net = new(channels: 3);
    private readonly float[] input;
    private readonly Tensor images;

    public ImageProjectionTests()
    {
        var random = new Random(4);
        input = [.. Enumerable.Range(0, 3 * ToyNet.Side * ToyNet.Side).Select(_ => (float)(random.NextDouble() * 2 - 1))];
        images = tensor(input, [1, 3, ToyNet.Side, ToyNet.Side]);
    }

    private LayerInfo Conv2 => net.Info.Layers[ToyNet.Conv2];

    public void Dispose()
    {
        images.Dispose();
        net.Dispose();
    }

    [Fact]
    public void WithoutAMapOrAPlaceItIsTheLayersStrongestUnit()
    {
        var found = ImageProjection.OfUnit(net, images, Conv2, map: null, at: null, new());
        var maps = Maps();
        Assert.Equal(maps.Max(), found.Value);
        Assert.Equal(Array.IndexOf(maps, maps.Max()), Place(found));
        Assert.Equal([found.Value], found.Activation);
    }

    [Fact]
    public void WithAMapItIsTheStrongestOfThatMapAndWithAPlaceTheStrongestMapThere()
    {
        var maps = Maps();
        var ofMap = ImageProjection.OfUnit(net, images, Conv2, map: 2, at: null, new());
        Assert.Equal(2, ofMap.Unit!.Value.Map);
        Assert.Equal(maps[72..108].Max(), ofMap.Value);          // six maps of 6×6: map 2 is 72 … 107

        var there = ImageProjection.OfUnit(net, images, Conv2, map: null, at: new(3, 4), new());
        Assert.Equal(Enumerable.Range(0, 6).Max(map => maps[(map * 36) + (3 * 6) + 4]), there.Value);
        Assert.Equal(new UnitPosition(3, 4), there.Unit!.Value.At);

        var both = ImageProjection.OfUnit(net, images, Conv2, map: 2, at: new(3, 4), new());
        Assert.Equal(maps[72 + (3 * 6) + 4], both.Value);
    }

    [Fact]
    public void AUnitIsProjectedAsIfAllOthersOfItsLayerWereZero()
    {
        var found = ImageProjection.OfUnit(net, images, Conv2, map: null, at: null, new());
        using var scope = NewDisposeScope();
        using var seen = net.Record(images);
        using var deconvnet = net.CreateDeconvnet();
        var signal = zeros(1, 6 * 36);
        signal[0, Place(found)] = found.Value;
        Assert.Equal(Values(deconvnet.Project(seen, ToyNet.Conv2, signal.view(1, 6, 6, 6))), found.Projection);
    }

    [Fact]
    public void AWholeLayerIsProjectedWithAllItsActivations()
    {
        var found = ImageProjection.OfLayer(net, images, Conv2, new());
        Assert.Null(found.Unit);
        Assert.Equal(Maps(), found.Activation);
        Assert.Equal(Maps().Max(), found.Value);
        Assert.NotEqual(ImageProjection.OfUnit(net, images, Conv2, null, null, new()).Projection, found.Projection);
    }

    [Fact]
    public void TheRulesAreThoseThatAreAskedFor() => Assert.NotEqual(
        ImageProjection.OfUnit(net, images, Conv2, null, null, new()).Projection,
        ImageProjection.OfUnit(net, images, Conv2, null, null, new() { Relu = ReluRule.Mask }).Projection);

    [Theory]
    [InlineData(6, 0, 0, "layer 'conv2' has no map 6; its maps are 0 … 5")]
    [InlineData(0, 6, 0, "layer 'conv2' has no unit (6, 0); rows are 0 … 5, columns 0 … 5")]
    [InlineData(0, 0, -1, "layer 'conv2' has no unit (0, -1)")]
    public void AUnitThatIsNotThereIsNamedWithThoseThatAre(int map, int y, int x, string message)
    {
        var error = Assert.Throws<ZfDeclException>(() => ImageProjection.OfUnit(net, images, Conv2, map, new(y, x), new()));
        Assert.Equal("ZF1460", error.Code);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnActivationThatIsNoNumberIsRefused()
    {
        images[0, 0, 0, 5] = float.NaN;
        Assert.Equal("ZF1403", Assert.Throws<ZfDeclException>(() => ImageProjection.OfLayer(net, images, Conv2, new())).Code);
    }

    [Fact]
    public void TheTensorsAreKeptInAFile()
    {
        using var folder = new TemporaryFolder();
        var unit = ImageProjection.OfUnit(net, images, Conv2, map: 2, at: new(3, 4), new());
        unit.Write(folder["unit.safetensors"], net.Info.Input);
        ImageProjection.OfLayer(net, images, Conv2, new()).Write(folder["layer.safetensors"], net.Info.Input);

        using var scope = NewDisposeScope();
        var kept = SafeTensorsFile.Read(folder["unit.safetensors"]);
        Assert.Equal(["activation", "input", "position", "projection"], kept.Keys.Order());
        Assert.Equal([3, 12, 12], kept["projection"].shape);
        Assert.Equal(input, Values(kept["input"]));
        Assert.Equal(unit.Projection, Values(kept["projection"]));
        Assert.Equal([2L, 3, 4], kept["position"].data<long>().ToArray());
        Assert.Equal([6, 6, 6], SafeTensorsFile.Read(folder["layer.safetensors"])["activation"].shape);
    }

    [Fact]
    public void NoTensorIsLeftBehind()
    {
        ImageProjection.OfUnit(net, images, Conv2, null, null, new());
        var before = LiveTensors.CountAfterCollection();
        ImageProjection.OfUnit(net, images, Conv2, null, null, new());
        ImageProjection.OfLayer(net, images, Conv2, new());
        Assert.Equal(before, LiveTensors.CountAfterCollection());
    }

    /// <summary>What conv2 answers behind its relu, all units in order.</summary>
    private float[] Maps()
    {
        using var scope = NewDisposeScope();
        using var seen = net.Record(images);
        return Values(seen.Activation(ToyNet.Conv2 + 1));
    }

    private static int Place(ImageProjection found) => (found.Unit!.Value.Map * 36) + (found.Unit.Value.At.Y * 6) + found.Unit.Value.At.X;

    private static float[] Values(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
