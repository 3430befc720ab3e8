using ZfDecl.Analyses.Project;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using ZfDecl.Tests.Runs;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis;

/// <summary>How a unit is projected is what the layers below it declare: in a window, in the whole image, or not at all.</summary>
[Collection(Alone.Name)]
public class DeclaredProjectionTests
{
    [Fact]
    public void AUnitAboveAStepOfTheWholeImageIsProjectedThereAndThatIsSaidOnce()
    {
        using var windowed = new ToyNet();
        using var whole = new ToyNet(declare: layer => layer.Name == "pool1" ? layer with { Backward = BackwardStep.WholeImage } : layer);
        using var images = new ToyImages(20);
        var (log, silent) = (new ListeningLog(), new ListeningLog());
        var (expected, actual) = (Units(windowed, images, silent), Units(whole, images, log));
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (one, other) in expected.Zip(actual))
        {
            Assert.Equal((one.Unit, one.Region), (other.Unit, other.Region));
            Assert.All(one.Projection.Zip(other.Projection), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
        Assert.Equal(["conv2: projected in the whole image, as the step through pool1 (maxpool) takes all of it"], log.Lines);
        Assert.Empty(silent.Lines);
    }

    [Fact]
    public void AUnitAboveALayerWithoutAStepIsRefusedAndOneBelowIsNot()
    {
        using var net = new ToyNet(declare: layer => layer.Name == "pool1" ? layer with { Backward = BackwardStep.None } : layer);
        using var input = zeros(1, 1, ToyNet.Side, ToyNet.Side);
        var error = Assert.Throws<ZfDeclException>(() => ImageProjection.OfUnit(net, input, net.Info.Layer("conv2"), map: 0, at: null, new()));
        Assert.Equal("ZF1464", error.Code);
        Assert.Equal("layer 'conv2' cannot be projected: 'pool1' (maxpool) has no step of the backward projection; choose a layer below 'pool1'", error.Message);
        ImageProjection.OfUnit(net, input, net.Info.Layer("conv1"), map: 0, at: null, new());
    }

    private static VisualizedUnit[] Units(ToyNet net, ToyImages images, IRunLog log)
    {
        var visualization = new FeatureVisualization(net, images, images.Preprocessor(), new() { Layers = ["conv1", "conv2"], Top = 2 }, log);
        _ = visualization.Project(visualization.FindStrongest()).SelectMany(layer => layer.Maps).Count();
        return [.. visualization.Project(visualization.FindStrongest()).SelectMany(layer => layer.Maps.SelectMany(map => map.Units).ToArray())];
    }
}
