using ZfDecl.Analyses.Occlude;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>What an occluder changes, computed window by window, against the forward pass of the occluded images.</summary>
public class OccludedForwardTests
{
    private const double Tolerance = 1e-5;
    private const float Grey = 0.3f;

    public static TheoryData<string> Names => [.. RandomNetworks.Nets.Select(net => net.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void TheWindowsThatAnOccluderReachesMakeTheForwardPassOfTheOccludedImage(string name)
    {
        var random = RandomNetworks.Nets.Single(net => net.Name == name);
        using var scope = NewDisposeScope();
        using var net = RandomNetworks.Create(random, seed: 3);
        var image = DeconvnetTests.Image(random, seed: 3);
        using var forward = new OccludedForward(net, image);
        IReadOnlyList<PixelRegion> places = [new(0, 0, 3, 3), new(random.Height - 2, random.Width - 4, 4, 4), new(-1, 5, 3, 5), .. Enumerable.Range(0, 9).Select(i => new PixelRegion(1 + i, 2 * i / 3, 3, 3))];
        var occluded = image.repeat(places.Count, 1, 1, 1);
        for (var i = 0; i < places.Count; i++)
        {
            var inside = places[i].ClipTo(random.Height, random.Width);
            occluded[i].narrow(1, inside.Top, inside.Height).narrow(2, inside.Left, inside.Width).fill_(Grey);
        }
        var seen = net.Record(occluded);
        var expected = seen.Activation(net.Info.Layers.Count - 1);
        foreach (var layer in net.Info.Layers)
        {
            var map = layer.Output.Maps - 1;
            using var all = forward.Run(places, Grey, layer.Index, map);
            AssertClose(expected, all.Probabilities, "the probabilities");
            // A sum of values of both signs can be as good as nothing beside them: their magnitude is the scale.
            var maps = seen.FeatureMaps(layer.Index).select(1, map).reshape(places.Count, -1);
            AssertClose(maps.sum(1), all.Activity, $"the activity of {layer.Name}", maps.abs().sum(1).max().item<float>());
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
        var random = RandomNetworks.Nets.Single(net => net.Name == name);
        using var scope = NewDisposeScope();
        using var net = RandomNetworks.Create(random, seed: 4);
        using var forward = new OccludedForward(net, DeconvnetTests.Image(random, seed: 4));
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

    private static void AssertClose(Tensor expected, Tensor actual, string what, float scale = 0)
    {
        Assert.Equal(expected.shape, actual.shape);
        scale = Math.Max(scale, expected.abs().max().item<float>());
        var worst = (expected - actual).abs().max().item<float>();
        Assert.True(worst <= Tolerance * scale, $"differs by {worst} of {scale}: {what}");
    }
}
