using ZfDecl.Networks;
using ZfDecl.Projection;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>What is computed in windows against what is computed in whole images, on random networks that branch and join.</summary>
public class GraphInWindowsTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Names => [.. RandomGraphs.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void AUnitIsProjectedAsInTheWholeImage(string name)
    {
        var (seed, rules) = (RandomGraphs.SeedOf(name), Enum.GetValues<ReluRule>());
        using var scope = NewDisposeScope();
        using var net = RandomGraphs.Create(name);
        var (choice, rule) = (new Random(seed), rules[seed % rules.Length]);
        using var seen = net.Record(RandomGraphs.Images(net, seed, count: 2));
        using var whole = net.CreateDeconvnet(new() { Relu = rule, Unpool = seed % 2 == 0 ? UnpoolRule.Sum : UnpoolRule.Overwrite });
        var windowed = new WindowedDeconvnet(net, whole.Options);
        var reached = net.Info.Layers.Where(layer => windowed.Supports(layer.Index)).ToArray();
        Assert.Equal(net.Info.Layers.Where(layer => HasWindows(net.Info, layer.Readout)), reached);
        foreach (var layer in reached)
        {
            UnitSignal[] units = [new(1, layer.Output.Maps - 1, new(layer.Output.Height - 1, layer.Output.Width - 1), -0.5f), .. Enumerable.Range(0, 4).Select(_ => Some(choice, layer))];
            var projections = new float[units.Length][];
            windowed.Project(seen, layer.Index, units, (index, projection) => projections[index] = Pixels(net, projection));
            for (var i = 0; i < units.Length; i++)
            {
                using var one = seen.Select([units[i].Image]);
                using var signal = zeros_like(one.FeatureMaps(layer.Index)).contiguous();
                signal[0, units[i].Map, units[i].At.Y, units[i].At.X] = units[i].Value;
                AssertClose(whole.Project(one, layer.Index, signal).flatten(), projections[i], $"{layer.Name} {units[i]} of\n{net.Info.ResolvedSpec}");
            }
        }
    }

    [Fact]
    public void ManyUnitsTogetherAreToTheBitWhatEachIsAlone()
    {
        using var net = RandomGraphs.Create(BlockGraph.All[^1].Name);
        using var images = RandomGraphs.Images(net, 3, count: 2);
        using var seen = net.Record(images);
        var (windowed, choice, layer) = (new WindowedDeconvnet(net), new Random(3), net.Info.Layers.Last(layer => layer.Inputs.Count > 1));
        UnitSignal[] units = [.. Enumerable.Range(0, 40).Select(_ => Some(choice, layer))];
        var together = new float[units.Length][];
        windowed.Project(seen, layer.Index, units, (index, projection) => together[index] = Pixels(net, projection));
        for (var i = 0; i < units.Length; i++)
            windowed.Project(seen, layer.Index, [units[i]], (_, projection) => Assert.Equal(together[i], Pixels(net, projection)));
    }

    /// <summary>Whether the layer and all that lead up to it take their step in a window.</summary>
    private static bool HasWindows(NetworkInfo info, int layer) =>
        layer == LayerInfo.Image || (info.Layers[layer].Backward is not (BackwardStep.WholeImage or BackwardStep.None) && info.Layers[layer].Inputs.All(input => HasWindows(info, input)));

    private static UnitSignal Some(Random choice, LayerInfo layer) =>
        new(choice.Next(2), choice.Next(layer.Output.Maps), new(choice.Next(layer.Output.Height), choice.Next(layer.Output.Width)), 1 + choice.NextSingle());

    private static float[] Pixels(ConvNet net, PixelSignal projection)
    {
        var (input, pixels) = (net.Info.Input, new float[net.Info.Input.Count]);
        Assert.Equal(projection.Region, projection.Region.ClipTo(input.Height, input.Width));
        projection.CopyTo(new(0, 0, input.Height, input.Width), pixels);
        return pixels;
    }

    /// <summary>The largest difference is at most 1e-5 of the largest expected value.</summary>
    private static void AssertClose(Tensor expected, float[] actual, string what)
    {
        var (worst, scale) = ((expected - tensor(actual)).abs().max().item<float>(), expected.abs().max().item<float>());
        Assert.True(worst <= Tolerance * scale, $"differs by {worst} of {scale}: {what}");
    }
}
