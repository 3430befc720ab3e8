using ZfDecl.Networks;
using static ZfDecl.Generators.Tests.Projection.NaiveMaps;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>
/// A graph's forward pass and projection written as loops over pixels, in double precision, for one image. It shares nothing with the generator but the spec
/// and the weights, and with the recording nothing but which of equal maxima is taken.
/// </summary>
internal sealed class NaiveGraph
{
    private readonly RandomGraph graph;
    private readonly Dictionary<string, float[]> weights;
    private readonly Dictionary<string, double[,,]> outputs = [];
    private readonly Dictionary<string, (int Y, int X)[,,]> switches = [];

    public NaiveGraph(RandomGraph graph, ConvNet net, double[,,] image, Recording seen)
    {
        this.graph = graph;
        weights = net.state_dict().Where(entry => entry.Value.is_floating_point()).ToDictionary(entry => entry.Key, entry => entry.Value.contiguous().data<float>().ToArray());
        outputs["images"] = image;
        foreach (var node in graph.Nodes)
            outputs[node.Name] = Forward(node, [.. node.From.Select(from => outputs[from])], seen);
    }

    public double[,,] Output(string node) => outputs[node];

    /// <summary>Takes a signal at the output of a node to the image: what comes back to a node from all its readers adds up.</summary>
    public double[,,] Project(string node, double[,,] signal, DeconvnetOptions rules)
    {
        var signals = outputs.ToDictionary(one => one.Key, one => Like(one.Value));
        signals[node] = signal;
        foreach (var one in graph.Nodes.Reverse().SkipWhile(one => one.Name != node))
        {
            for (var i = 0; i < one.From.Length; i++)
            {
                var down = Down(one, i, signals[one.Name], rules);
                Each(down, (map, y, x) => signals[one.From[i]][map, y, x] += down[map, y, x]);
            }
        }
        return signals["images"];
    }

    private double[,,] Forward(RandomGraph.Node node, double[][,,] inputs, Recording seen)
    {
        var x = inputs[0];
        switch (node)
        {
            case RandomGraph.Conv conv:
                var convolved = Positions(conv.Window, x, conv.Maps, up: false);
                EachTap(conv, x, convolved, (to, from, weight) => convolved[to.Map, to.Y, to.X] += weight * x[from.Map, from.Y, from.X]);
                return Map(convolved, (value, map) => value + weights[$"{conv.Name}.bias"][map]);
            case RandomGraph.Pool { Max: true } pool:
                return Maxima(pool, x, seen);
            case RandomGraph.Pool pool:
                var means = Positions(pool.Window, x, x.GetLength(0), pool.Up);
                Each(means, (map, y, at) => EachShare(pool, x, y, at, (row, column, share) => means[map, y, at] += share * x[map, row, column]));
                return means;
            case RandomGraph.Rectifier rectifier:
                return Map(x, (value, map) => NaiveRectifier.Value(rectifier.Rule, value, Slope(rectifier, map)));
            case RandomGraph.BatchNorm or RandomGraph.Affine:
                return Map(x, (value, map) => (value * Scale(node, map)) + Shift(node, map));
            case RandomGraph.Pad { Padding: var p }:
                var padded = new double[x.GetLength(0), x.GetLength(1) + p[0] + p[2], x.GetLength(2) + p[1] + p[3]];
                Each(x, (map, y, at) => padded[map, y + p[0], at + p[1]] = x[map, y, at]);
                return padded;
            case RandomGraph.Shuffle { Groups: var groups }:
                var shuffled = Like(x);
                Each(x, (map, y, at) => shuffled[Shuffled(map, groups, x.GetLength(0)), y, at] = x[map, y, at]);
                return shuffled;
            case RandomGraph.Add:
                return Zip(inputs, (a, b) => a + b);
            case RandomGraph.Mul:
                return Zip(inputs, (a, b) => a * b);
            case RandomGraph.Concat:
                var joined = new double[inputs.Sum(input => input.GetLength(0)), x.GetLength(1), x.GetLength(2)];
                var first = 0;
                foreach (var input in inputs)
                {
                    Each(input, (map, y, at) => joined[first + map, y, at] = input[map, y, at]);
                    first += input.GetLength(0);
                }
                return joined;
            default:
                var (dense, flat) = ((RandomGraph.Dense)node, x.Cast<double>().ToArray());
                var units = new double[dense.Units, 1, 1];
                for (var unit = 0; unit < dense.Units; unit++)
                    units[unit, 0, 0] = weights["fc9.bias"][unit] + flat.Select((value, i) => value * weights["fc9.weight"][(unit * flat.Length) + i]).Sum();
                return units;
        }
    }

    private double[,,] Down(RandomGraph.Node node, int input, double[,,] signal, DeconvnetOptions rules)
    {
        var x = outputs[node.From[input]];
        var down = Like(x);
        switch (node)
        {
            case RandomGraph.Conv conv:
                EachTap(conv, x, signal, (to, from, weight) => down[from.Map, from.Y, from.X] += weight * signal[to.Map, to.Y, to.X]);
                return down;
            case RandomGraph.Pool { Max: true }:
                Each(signal, (map, y, at) =>
                {
                    var (row, column) = switches[node.Name][map, y, at];
                    down[map, row, column] = rules.Unpool == UnpoolRule.Sum ? down[map, row, column] + signal[map, y, at] : signal[map, y, at];
                });
                return down;
            case RandomGraph.Pool pool:
                Each(signal, (map, y, at) => EachShare(pool, x, y, at, (row, column, share) => down[map, row, column] += share * signal[map, y, at]));
                return down;
            case RandomGraph.Rectifier rectifier:
                Each(x, (map, y, at) => down[map, y, at] = NaiveRectifier.Back(rectifier.Rule, rules.Relu, signal[map, y, at], x[map, y, at], Slope(rectifier, map)));
                return down;
            case RandomGraph.BatchNorm or RandomGraph.Affine:
                return Map(signal, (value, map) => value * Scale(node, map));
            case RandomGraph.Pad { Padding: var p }:
                Each(x, (map, y, at) => down[map, y, at] = signal[map, y + p[0], at + p[1]]);
                return down;
            case RandomGraph.Shuffle { Groups: var groups }:
                Each(x, (map, y, at) => down[map, y, at] = signal[Shuffled(map, groups, x.GetLength(0)), y, at]);
                return down;
            case RandomGraph.Add:
                return signal;
            case RandomGraph.Mul:
                var other = outputs[node.From[1 - input]];
                Each(signal, (map, y, at) => down[map, Math.Min(y, x.GetLength(1) - 1), Math.Min(at, x.GetLength(2) - 1)] +=
                    signal[map, y, at] * other[map, Math.Min(y, other.GetLength(1) - 1), Math.Min(at, other.GetLength(2) - 1)]);
                return down;
            case RandomGraph.Concat:
                var first = node.From.Take(input).Sum(from => outputs[from].GetLength(0));
                Each(x, (map, y, at) => down[map, y, at] = signal[first + map, y, at]);
                return down;
            default:
                var position = 0;
                Each(down, (map, y, at) =>
                {
                    for (var unit = 0; unit < signal.GetLength(0); unit++)
                        down[map, y, at] += signal[unit, 0, 0] * weights["fc9.weight"][(unit * x.Length) + position];
                    position++;
                });
                return down;
        }
    }

    private double[,,] Maxima(RandomGraph.Pool pool, double[,,] x, Recording seen)
    {
        var (output, w) = (Positions(pool.Window, x, x.GetLength(0), pool.Up), pool.Window);
        var from = new (int, int)[output.GetLength(0), output.GetLength(1), output.GetLength(2)];
        var (chosen, width) = (seen.Switches(seen.Info.Layer(pool.Name).Index), x.GetLength(2));
        Each(output, (map, y, at) =>
        {
            var best = double.NegativeInfinity;
            EachPosition(w, y, at, (row, column) =>
            {
                if (row >= 0 && row < x.GetLength(1) && column >= 0 && column < width && x[map, row, column] > best)
                    (best, from[map, y, at]) = (x[map, row, column], (row, column));
            });
            output[map, y, at] = best;
            var position = (int)chosen[0, map, y, at].item<long>();
            if (Math.Abs(x[map, position / width, position % width] - best) <= 1e-6 * Math.Abs(best))
                from[map, y, at] = (position / width, position % width);
        });
        switches[pool.Name] = from;
        return output;
    }

    private static void EachShare(RandomGraph.Pool pool, double[,,] x, int y, int at, Action<int, int, double> visit)
    {
        var (height, width, counted, inside) = (x.GetLength(1), x.GetLength(2), 0, new List<(int Row, int Column)>());
        EachPosition(pool.Window, y, at, (row, column) =>
        {
            var isInside = row >= 0 && row < height && column >= 0 && column < width;
            counted += isInside || (pool.CountPadding && row < height + pool.Window.Padding[2] && column < width + pool.Window.Padding[3]) ? 1 : 0;
            if (isInside)
                inside.Add((row, column));
        });
        foreach (var (row, column) in inside)
            visit(row, column, 1.0 / counted);
    }

    private void EachTap(RandomGraph.Conv conv, double[,,] input, double[,,] output, Action<(int Map, int Y, int X), (int Map, int Y, int X), double> visit)
    {
        var (weight, w) = (weights[$"{conv.Name}.weight"], conv.Window);
        var (channels, maps) = (input.GetLength(0) / conv.Groups, conv.Maps / conv.Groups);
        Each(output, (map, y, x) =>
        {
            for (var c = 0; c < channels; c++)
            {
                var tap = 0;
                EachPosition(w, y, x, (row, column) =>
                {
                    if (row >= 0 && row < input.GetLength(1) && column >= 0 && column < input.GetLength(2))
                        visit((map, y, x), ((map / maps * channels) + c, row, column), weight[(((map * channels) + c) * w.Kernel.Y * w.Kernel.X) + tap]);
                    tap++;
                });
            }
        });
    }

    private static void EachPosition(RandomGraph.Window w, int y, int x, Action<int, int> visit)
    {
        for (var ky = 0; ky < w.Kernel.Y; ky++)
            for (var kx = 0; kx < w.Kernel.X; kx++)
                visit((y * w.Stride.Y) - w.Padding[0] + (ky * w.Dilation.Y), (x * w.Stride.X) - w.Padding[1] + (kx * w.Dilation.X));
    }

    private double Scale(RandomGraph.Node node, int map) => node is RandomGraph.Affine
        ? weights[$"{node.Name}.weight"][map] : weights[$"{node.Name}.weight"][map] / Math.Sqrt(weights[$"{node.Name}.running_var"][map] + 1e-5);

    private double Shift(RandomGraph.Node node, int map) =>
        weights[$"{node.Name}.bias"][map] - (node is RandomGraph.Affine ? 0 : weights[$"{node.Name}.running_mean"][map] * Scale(node, map));

    private double Slope(RandomGraph.Rectifier node, int map) => node.Rule == "prelu" ? weights[$"{node.Name}.weight"][map] : 0;

    private static int Shuffled(int map, int groups, int maps) => (map % (maps / groups) * groups) + (map / (maps / groups));

    private static double[,,] Positions(RandomGraph.Window window, double[,,] x, int maps, bool up)
    {
        var (height, width) = RandomGraph.Positions(window, x.GetLength(1), x.GetLength(2), up);
        return new double[maps, height, width];
    }

    /// <summary>Value by value; a further input of 1×1 goes with every value of its map.</summary>
    private static double[,,] Zip(double[][,,] inputs, Func<double, double, double> join)
    {
        var (result, other) = (Like(inputs[0]), inputs[1]);
        Each(result, (map, y, x) => result[map, y, x] = join(inputs[0][map, y, x], other[map, Math.Min(y, other.GetLength(1) - 1), Math.Min(x, other.GetLength(2) - 1)]));
        return result;
    }
}
