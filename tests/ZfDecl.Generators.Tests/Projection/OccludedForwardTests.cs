using ZfDecl.Analyses.Occlude;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>What an occluder changes, computed window by window, against the forward pass of the occluded images.</summary>
public class OccludedForwardTests
{
    private const double Tolerance = 1e-5;
    private const float Grey = 0.3f;

    public static TheoryData<string> Names => [.. RandomNetworks.Nets.Select(net => net.Name), .. RandomGraphs.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheWindowsThatAnOccluderReachesMakeTheForwardPassOfTheOccludedImage(string name)
    {
        using var scope = NewDisposeScope();
        using var net = Create(name);
        var image = RandomGraphs.Images(net, seed: 3, count: 1);
        using var forward = new OccludedForward(net, image);
        var (height, width) = (net.Info.Input.Height, net.Info.Input.Width);
        IReadOnlyList<PixelRegion> places = [new(0, 0, 3, 3), new(height - 2, width - 4, 4, 4), new(-1, 5, 3, 5), .. Enumerable.Range(0, 9).Select(i => new PixelRegion(1 + i, 2 * i / 3, 3, 3))];
        var occluded = image.repeat(places.Count, 1, 1, 1);
        for (var i = 0; i < places.Count; i++)
        {
            var inside = places[i].ClipTo(height, width);
            occluded[i].narrow(1, inside.Top, inside.Height).narrow(2, inside.Left, inside.Width).fill_(Grey);
        }
        var seen = net.Record(occluded);
        var expected = seen.Activation(net.Info.Layers.Count - 1);
        foreach (var layer in net.Info.Layers.Where(layer => net.Info.IsChain || layer.Index % 4 == 0))
        {
            var map = layer.Output.Maps - 1;
            using var all = forward.Run(places, Grey, layer.Index, map);
            AssertClose(expected, all.Probabilities, "the probabilities");
            // A sum of values of both signs can be as good as nothing beside them: the magnitude of the layer's is the scale.
            var maps = seen.FeatureMaps(layer.Index).reshape(places.Count, layer.Output.Maps, -1);
            AssertClose(maps.select(1, map).sum(1), all.Activity, $"the activity of {layer.Name}", maps.abs().sum(2).max().item<float>());
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OccludersTogetherGiveWhatEachGivesAlone(string name)
    {
        AssertAloneAsTogether(name, size: 5, stride: 4);
        AssertAloneAsTogether(name, size: 1, stride: 6);        // gaps between the squares
    }

    private static void AssertAloneAsTogether(string name, int size, int stride)
    {
        using var scope = NewDisposeScope();
        using var net = Create(name);
        using var forward = new OccludedForward(net, RandomGraphs.Images(net, seed: 4, count: 1));
        var grid = new OccluderGrid(net.Info.Input, size, stride);
        IReadOnlyList<PixelRegion> places = [.. Enumerable.Range(0, grid.Count).Select(grid.At)];
        var layer = net.Info.Layers.Last(layer => layer.Kind == "conv");
        using var together = forward.Run(places, Grey, layer.Index, map: 0);
        foreach (var i in new[] { 0, grid.Count / 2, grid.Count - 1 })
        {
            using var alone = forward.Run([places[i]], Grey, layer.Index, map: 0);
            AssertClose(alone.Probabilities[0], together.Probabilities[i], "the probabilities");
            AssertClose(alone.Activity, together.Activity.narrow(0, i, 1), "the activity", together.Activity.abs().max().item<float>());
        }
    }

    [Fact]
    public void ARectangleOutsideOfTheImageIsRefused()
    {
        var random = RandomNet.Of(5);
        using var net = RandomNetworks.Create(random, 5);
        using var image = DeconvnetTests.Image(random, 5);
        using var forward = new OccludedForward(net, image);
        Assert.Throws<ArgumentException>(() => forward.Run([new(random.Height, 0, 3, 3)], Grey, 0, 0));
    }

    private static ConvNet Create(string name) =>
        RandomGraphs.Names.Contains(name) ? RandomGraphs.Create(name) : RandomNetworks.Create(RandomNetworks.Nets.Single(net => net.Name == name), seed: 3);

    private static void AssertClose(Tensor expected, Tensor actual, string what, float scale = 0)
    {
        Assert.Equal(expected.shape, actual.shape);
        scale = Math.Max(scale, expected.abs().max().item<float>());
        var worst = (expected - actual).abs().max().item<float>();
        Assert.True(worst <= Tolerance * scale, $"differs by {worst} of {scale}: {what}");
    }
}
