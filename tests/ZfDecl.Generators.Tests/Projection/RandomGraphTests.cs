using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>Random networks that branch and join, against loops over pixels, autograd and brute force.</summary>
public class RandomGraphTests
{
    private const int Count = 16;
    private const double Tolerance = 1e-5;

    private static readonly IReadOnlyList<RandomGraph> Graphs = [.. Enumerable.Range(0, Count).Select(RandomGraph.Of)];
    private static readonly Lazy<IReadOnlyList<NetworkEntry>> Compiled = new(() => SpecCompilation.Of([.. Graphs.Select(graph => ($"specs/{graph.Name}.yaml", graph.Spec()))]).Load());

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Count)];

    [Fact]
    public void TheRandomGraphsHaveEveryKindThatTheyCanGrow() => Assert.Equal(
        ["Add", "Affine", "BatchNorm", "Concat", "Conv", "Dense", "Mul", "Pad", "Pool", "Rectifier", "Shuffle"], Graphs.SelectMany(graph => graph.Nodes).Select(node => node.GetType().Name).Distinct().Order());

    [Theory]
    [MemberData(nameof(Seeds))]
    public void EveryLayerYieldsWhatLoopsOverPixelsYield(int seed) => On(seed, (graph, net, image, seen, naive) =>
    {
        foreach (var node in graph.Nodes)
        {
            var (info, expected) = (net.Info.Layer(node.Name), naive.Output(node.Name));
            Assert.Equal((expected.GetLength(0), expected.GetLength(1), expected.GetLength(2)), (info.Output.Maps, info.Output.Height, info.Output.Width));
            AssertClose(expected, seen.Activation(info.Index), $"{node.Name} of\n{graph.Spec()}");
        }
        using var scores = net.call(image);
        AssertClose(naive.Output("fc9"), scores, graph.Spec());
        int[] all = [.. net.Info.Layers.Select(layer => layer.Index)];
        net.ForwardWithHooks(image, new HashSet<int>(all), (layer, maps, rows) => Assert.InRange((seen.Activation(layer) - (rows is null ? maps : nn.functional.relu(maps))).abs().max().item<float>(), 0, 1e-4f));
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AProjectionEqualsLoopsOverPixelsByEveryRule(int seed) => On(seed, (graph, net, image, seen, naive) =>
    {
        var random = new Random(seed);
        foreach (var relu in Enum.GetValues<ReluRule>())
        {
            foreach (var unpool in Enum.GetValues<UnpoolRule>())
            {
                var rules = new DeconvnetOptions { Relu = relu, Unpool = unpool };
                using var deconvnet = net.CreateDeconvnet(rules);
                foreach (var node in graph.Nodes)
                {
                    var layer = net.Info.Layers[net.Info.Layer(node.Name).Readout];
                    var signal = new double[layer.Output.Maps, layer.Output.Height, layer.Output.Width];
                    signal[random.Next(layer.Output.Maps), random.Next(layer.Output.Height), random.Next(layer.Output.Width)] = 1;
                    signal[random.Next(layer.Output.Maps), random.Next(layer.Output.Height), random.Next(layer.Output.Width)] = -0.5;
                    using var entered = tensor(signal.Cast<double>().Select(value => (float)value).ToArray()).view(seen.Activation(layer.Index).shape);
                    using var projection = deconvnet.Project(seen, layer.Index, entered);
                    AssertClose(naive.Project(layer.Name, signal, rules), projection, $"{relu}, {unpool} from {layer.Name} of\n{graph.Spec()}");
                }
            }
        }
    });

    [Theory]
    [MemberData(nameof(Seeds))]
    public void TheMaskRuleIsTheGradientOfTheNetwork(int seed) => On(seed, (graph, net, image, seen, naive) =>
    {
        using var tracked = image.detach().clone().requires_grad_(true);
        net.call(tracked)[0, 2].backward();
        using var deconvnet = net.CreateDeconvnet(new() { Relu = ReluRule.Mask });
        using var signal = zeros_like(seen.Activation(net.Info.Scores.Index));
        signal[0, 2] = 1;
        using var projection = deconvnet.Project(seen, net.Info.Scores.Index, signal);
        var most = tracked.grad!.abs().max().item<float>();
        Assert.InRange((projection - tracked.grad!).abs().max().item<float>(), 0, Tolerance * most);
    });

    /// <summary>Brute force: a pixel that is no number makes every unit that sees it no number. A window may see nothing of what it covers in the padding.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void AUnitsReceptiveFieldIsWhatReachesItOnAnyPath(int seed) => On(seed, (graph, net, image, _, _) =>
    {
        var pixels = graph.Height * graph.Width;
        var images = where(eye(pixels).view(pixels, 1, graph.Height, graph.Width).gt(0), float.NaN, 1f).repeat(1, graph.Channels, 1, 1);
        using var seen = net.Record(images);
        var gates = graph.Nodes.OfType<RandomGraph.Mul>().Where(node => net.Info.Layer(node.From[1]).Output != net.Info.Layer(node.Name).Output).Select(node => node.Name).ToHashSet();
        foreach (var node in graph.Nodes)
        {
            if (node.From.Any(gates.Contains))
                gates.Add(node.Name);       // of what a gate sees, the whole image, the field is a cover
            var layer = net.Info.Layer(node.Name);
            var reached = isnan(seen.Activation(layer.Index)).view(pixels, layer.Output.Maps, -1).any(1);
            foreach (var at in new[] { new UnitPosition(0, 0), new(layer.Output.Height - 1, layer.Output.Width - 1), new(layer.Output.Height / 2, layer.Output.Width / 2) })
            {
                var field = layer.ReceptiveField.At(at.Y, at.X);
                var found = Around(reached.select(1, (at.Y * layer.Output.Width) + at.X).view(graph.Height, graph.Width));
                Assert.True(found is null || Holds(field, found.Value), $"{layer.Name} ({at.Y}, {at.X}): declared {field}, found {found} of\n{graph.Spec()}");
                if (!gates.Contains(node.Name) && field.ClipTo(graph.Height, graph.Width) == field)
                    Assert.True(found == field, $"{layer.Name} ({at.Y}, {at.X}): declared {field}, found {found} of\n{graph.Spec()}");
            }
        }
    });

    private static bool Holds(PixelRegion field, PixelRegion found) =>
        field.Top <= found.Top && field.Left <= found.Left && field.Top + field.Height >= found.Top + found.Height && field.Left + field.Width >= found.Left + found.Width;

    /// <summary>The least rectangle around all pixels that are true, [height, width]; null where none is.</summary>
    private static PixelRegion? Around(Tensor pixels)
    {
        long[] rows = [.. pixels.any(1).nonzero().flatten().data<long>()], columns = [.. pixels.any(0).nonzero().flatten().data<long>()];
        return rows.Length == 0 ? null : new((int)rows[0], (int)columns[0], (int)(rows[^1] - rows[0]) + 1, (int)(columns[^1] - columns[0]) + 1);
    }

    private static void On(int seed, Action<RandomGraph, ConvNet, Tensor, Recording, NaiveGraph> check)
    {
        using var scope = NewDisposeScope();
        var graph = Graphs[seed];
        using var net = Compiled.Value.Single(entry => entry.Info.Name == graph.Name).Create(4);
        using var generator = new Generator((ulong)seed);
        using (no_grad())
        {
            foreach (var (name, weights) in net.state_dict().Where(entry => entry.Value.is_floating_point()))
            {
                var values = randn(weights.shape, generator: generator);
                weights.copy_(name.EndsWith("running_var", StringComparison.Ordinal) ? values.abs() + 0.5 : name.StartsWith("act", StringComparison.Ordinal) ? values.abs() * 0.3
                    : values * (weights.dim() > 1 ? Math.Sqrt(2.0 * weights.shape[0] / weights.numel()) : 0.5));
            }
        }
        net.eval();
        var image = randn([1, graph.Channels, graph.Height, graph.Width], generator: generator);
        using var seen = net.Record(image);
        var (flat, pixels) = (image.data<float>().ToArray(), new double[graph.Channels, graph.Height, graph.Width]);
        for (var i = 0; i < flat.Length; i++)
            pixels[i / (graph.Height * graph.Width), i / graph.Width % graph.Height, i % graph.Width] = flat[i];
        check(graph, net, image, seen, new(graph, net, pixels, seen));
    }

    /// <summary>The largest difference is at most 1e-5 of the largest expected value.</summary>
    private static void AssertClose(double[,,] expected, Tensor actual, string what)
    {
        var values = actual.contiguous().data<float>().ToArray();
        double[] flat = [.. expected.Cast<double>()];
        Assert.Equal(flat.Length, values.Length);
        var worst = flat.Zip(values, (e, a) => Math.Abs(e - a)).Max();
        Assert.True(worst <= Tolerance * Math.Max(flat.Max(Math.Abs), 1e-6), $"differs by {worst} of {flat.Max(Math.Abs)}: {what}");
    }
}
