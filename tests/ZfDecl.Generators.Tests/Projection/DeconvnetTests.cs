using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>The generated deconvnets against two other formulations, on random networks.</summary>
public class DeconvnetTests
{
    private const double Tolerance = 1e-5;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 16)];

    public static TheoryData<int, ReluRule> SeedsAndRules
    {
        get
        {
            var data = new TheoryData<int, ReluRule>();
            foreach (var rule in Enum.GetValues<ReluRule>())
                for (var seed = 0; seed < 16; seed++)
                    data.Add(seed, rule);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AProjectionEqualsLoopsOverPixels(int seed) => EachUnit(seed, ReluRule.Deconv, (random, net, image, layer, map, at, value, projection) =>
    {
        using var seen = net.Record(image);
        var naive = new NaiveDeconvnet(random, net, Pixels(image), seen);
        var info = net.Info.Layer(layer);
        var entered = net.Info.Layers[info.Readout].Name;
        var output = naive.Output(entered);
        Assert.Equal(output[map, at.Y, at.X], value, Tolerance * output.Cast<double>().Max(Math.Abs));
        var expected = naive.Project(entered, map, at.Y, at.X, value).Cast<double>().ToArray();
        AssertClose(expected, projection, $"{layer} of\n{random.Spec()}");
    });

    [Theory]
    [MemberData(nameof(SeedsAndRules))]
    public void AProjectionIsTheGradientOfANetworkWhoseRelusFollowTheRule(int seed, ReluRule rule) => EachUnit(seed, rule, (random, net, image, layer, map, at, value, projection) =>
    {
        var entered = net.Info.Layers[net.Info.Layer(layer).Readout].Name;
        using var gradient = GradientDeconvnet.Project(random, net, image, rule, entered, map, at.Y, at.X, value);
        AssertClose([.. gradient.data<float>().Select(value => (double)value)], projection, $"{layer} of\n{random.Spec()}");
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void TheMaskRuleIsTheGradient(int seed)
    {
        // Zeiler & Fergus 2014, footnote 1: masking by the forward activation is backpropagation. Only without normalisation, which the deconvnet passes over.
        var random = RandomNet.Of(seed);
        random = random with { Layers = [.. random.Layers.Where(layer => layer is not (RandomNet.Norm or RandomNet.Contrast))] };
        using var net = RandomNetworks.Compile(random, seed);
        net.eval();
        using var images = Image(random, seed);
        using var tracked = images.detach().clone().requires_grad_(true);
        using var scores = net.call(tracked);
        using var unit = scores[0, 2];
        unit.backward();
        using var seen = net.Record(images);
        using var deconvnet = net.CreateDeconvnet(new() { Relu = ReluRule.Mask });
        using var signal = zeros_like(seen.Activation(net.Info.Layer("fc9").Index));
        signal[0, 2] = 1;
        using var projection = deconvnet.Project(seen, net.Info.Layer("fc9").Index, signal);
        AssertClose([.. tracked.grad!.data<float>().Select(value => (double)value)], projection, random.Spec());
    }

    [Fact]
    public void TheStrongestUnitIsProjectedWhereNoneIsNamed()
    {
        var random = RandomNet.Of(3);
        using var net = RandomNetworks.Create(random, 3);
        using var images = Image(random, 3, count: 4);
        using var seen = net.Record(images);
        using var deconvnet = net.CreateDeconvnet();
        var conv = net.Info.Layer("conv2");
        using var strongest = deconvnet.Project(seen, conv.Index, 1);
        for (var image = 0; image < 4; image++)
        {
            using var map = seen.FeatureMaps(conv.Index)[image, 1];
            using var at = map.argmax();
            var place = (int)at.item<long>();
            using var one = seen.Select([image]);
            using var named = deconvnet.Project(one, conv.Index, 1, new(place / conv.Output.Width, place % conv.Output.Width));
            using var row = strongest[image];
            AssertClose([.. named.data<float>().Select(value => (double)value)], row, "strongest");
        }
    }

    [Fact]
    public void OverlappingWindowsAddUpOrTheLastOneWins()
    {
        // One map of 1×3 whose middle is the maximum of both windows of 1×2; both send 2 down: by sum 4 (2 + 2), by overwriting 2.
        const string Spec = """
            network: Overlap
            input: { channels: 1, height: 1, width: 3 }
            classes: 2
            layers:
              - { maxpool: pool1, kernel: [1, 2], stride: 1 }
              - { dense: fc2 }
            """;
        using var net = SpecCompilation.Of(Spec).Create("Overlap");
        using var image = tensor(new float[] { 0, 2, 1 }).view(1, 1, 1, 3);
        using var seen = net.Record(image);
        using var signal = full([1, 1, 1, 2], 2f);
        Assert.Equal([0f, 4f, 0f], Projected(new()));
        Assert.Equal([0f, 2f, 0f], Projected(new() { Unpool = UnpoolRule.Overwrite }));

        float[] Projected(DeconvnetOptions options)
        {
            using var deconvnet = net.CreateDeconvnet(options);
            using var down = deconvnet.Project(seen, 0, signal);
            return [.. down.data<float>()];
        }
    }

    [Fact]
    public void ARecordingOutlivesTheScopeOfItsMaking()
    {
        var random = RandomNet.Of(6);
        using var net = RandomNetworks.Create(random, 6);
        using var images = Image(random, 6);
        using var outer = NewDisposeScope();
        Recording seen;
        using (NewDisposeScope())
        {
            seen = net.Record(images);
            seen.MoveToOuterDisposeScope();
        }
        foreach (var layer in net.Info.Layers)
            Assert.False(seen.Activation(layer.Index).IsInvalid);
    }

    [Fact]
    public void ASignalOfAnotherShapeIsRefusedWithBothShapes()
    {
        var random = RandomNet.Of(7);
        using var net = RandomNetworks.Create(random, 7);
        using var images = Image(random, 7);
        using var seen = net.Record(images);
        using var deconvnet = net.CreateDeconvnet();
        using var wrong = zeros(1, 3);
        var error = Assert.Throws<ArgumentException>(() => deconvnet.Project(seen, net.Info.Layer("fc9").Index, wrong));
        Assert.Contains("the signal is [1, 3]; layer 'fc9' yields [1, 4]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => deconvnet.Project(seen, 99, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => deconvnet.Project(seen, 0, 99));
        Assert.Throws<ArgumentOutOfRangeException>(() => deconvnet.Project(seen, 0, 0, new(0, 99)));
    }

    private delegate void UnitCheck(RandomNet random, ConvNet net, Tensor image, string layer, int map, UnitPosition at, float value, Tensor projection);

    /// <summary>Projects the strongest unit of a random map of every layer, with the generated deconvnet.</summary>
    private static void EachUnit(int seed, ReluRule rule, UnitCheck check)
    {
        var random = RandomNet.Of(seed);
        using var net = RandomNetworks.Create(random, seed);
        using var image = Image(random, seed);
        using var seen = net.Record(image);
        using var deconvnet = net.CreateDeconvnet(new() { Relu = rule });
        var (choice, alive) = (new Random(seed), 0);
        foreach (var layer in random.Layers)
        {
            var info = net.Info.Layer(layer.Name);
            var map = choice.Next(info.Output.Maps);
            using var units = seen.FeatureMaps(info.Index).select(1, map).flatten();
            using var strongest = units.argmax();
            var place = (int)strongest.item<long>();
            var at = new UnitPosition(place / info.Output.Width, place % info.Output.Width);
            using var projection = deconvnet.Project(seen, info.Index, map, at);
            Assert.Equal([1, random.Channels, random.Height, random.Width], projection.shape);
            check(random, net, image, layer.Name, map, at, units[place].item<float>(), projection);
            using var largest = projection.abs().max();
            alive += largest.item<float>() > 0 ? 1 : 0;
        }
        Assert.True(alive > 0, "every projection is empty: the seed checks nothing");
    }

    internal static Tensor Image(RandomNet random, int seed, int count = 1)
    {
        using var generator = new Generator((ulong)seed);
        return randn([count, random.Channels, random.Height, random.Width], generator: generator);
    }

    private static double[,,] Pixels(Tensor image)
    {
        var (channels, height, width) = ((int)image.shape[1], (int)image.shape[2], (int)image.shape[3]);
        var (flat, pixels) = (image.data<float>().ToArray(), new double[channels, height, width]);
        for (var i = 0; i < flat.Length; i++)
            pixels[i / (height * width), i / width % height, i % width] = flat[i];
        return pixels;
    }

    /// <summary>The largest difference is at most 1e-5 of the largest expected value.</summary>
    private static void AssertClose(double[] expected, Tensor actual, string what)
    {
        var values = actual.data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        var scale = expected.Max(Math.Abs);
        var worst = expected.Zip(values, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst <= Tolerance * scale, $"differs by {worst} of {scale}: {what}");
    }
}
