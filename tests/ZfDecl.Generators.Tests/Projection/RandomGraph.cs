using System.Text;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>A random small network that branches and joins: uneven paddings, both roundings, dilation, shared inputs, gates, and every rectifier.</summary>
internal sealed record RandomGraph(string Name, int Channels, int Height, int Width, IReadOnlyList<RandomGraph.Node> Nodes)
{
    private static readonly string[] Rectifiers =
    [
        "relu", "relu, slope: 0.25", "relu, ceiling: 0.5", "relu, slope: 0.125, ceiling: 0.75", "prelu", "elu, alpha: 0.5", "sigmoid", "tanh", "silu", "hardswish",
    ];

    internal abstract record Node(string Name, string[] From);

    /// <summary>A window: kernel, stride and dilation, vertical and horizontal; the padding top, left, bottom and right, and as it is written.</summary>
    internal sealed record Window((int Y, int X) Kernel, (int Y, int X) Stride, (int Y, int X) Dilation, int[] Padding, string Written);

    internal sealed record Conv(string Name, string[] From, int Maps, Window Window, int Groups) : Node(Name, From);

    internal sealed record Pool(string Name, string[] From, bool Max, Window Window, bool Up, bool CountPadding) : Node(Name, From);

    internal sealed record Rectifier(string Name, string[] From, string Rule) : Node(Name, From);

    internal sealed record BatchNorm(string Name, string[] From) : Node(Name, From);

    internal sealed record Affine(string Name, string[] From) : Node(Name, From);

    internal sealed record Pad(string Name, string[] From, int[] Padding) : Node(Name, From);

    internal sealed record Shuffle(string Name, string[] From, int Groups) : Node(Name, From);

    internal sealed record Add(string Name, string[] From) : Node(Name, From);

    internal sealed record Concat(string Name, string[] From) : Node(Name, From);

    internal sealed record Mul(string Name, string[] From) : Node(Name, From);

    internal sealed record Dense(string Name, string[] From, int Units) : Node(Name, From);

    /// <summary>The same seed gives the same network, <c>Graph{seed}</c>.</summary>
    public static RandomGraph Of(int seed) => new Growth(seed).Grow();

    public string Spec()
    {
        var text = new StringBuilder($"network: {Name}\ninput: {{ channels: {Channels}, height: {Height}, width: {Width} }}\nclasses: 4\nlayers:\n");
        foreach (var node in Nodes)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  - {{ {Written(node)}, from: {(node.From.Length == 1 ? node.From[0] : $"[{string.Join(", ", node.From)}]")} }}\n");
        return text.ToString();
    }

    private static string Written(Node node) => node switch
    {
        Conv c => $"conv: {c.Name}, maps: {c.Maps}, {Written(c.Window)}, groups: {c.Groups}",
        Pool p => $"{(p.Max ? "maxpool" : "avgpool")}: {p.Name}, {Written(p.Window)}, rounding: {(p.Up ? "up" : "down")}{(p.Max || p.CountPadding ? "" : ", count-padding: false")}",
        Rectifier r => r.Rule.Split(',', 2) is [var kind, var settings] ? $"{kind}: {r.Name},{settings}" : $"{r.Rule}: {r.Name}",
        Pad p => $"pad: {p.Name}, padding: [{string.Join(", ", p.Padding)}]",
        Shuffle s => $"channel-shuffle: {s.Name}, groups: {s.Groups}",
        Dense d => $"dense: {d.Name}, units: {d.Units}",
        _ => $"{node.GetType().Name.ToLowerInvariant()}: {node.Name}",
    };

    private static string Written(Window w) => w.Written == "all" ? "kernel: all"
        : $"kernel: [{w.Kernel.Y}, {w.Kernel.X}], stride: [{w.Stride.Y}, {w.Stride.X}], dilation: [{w.Dilation.Y}, {w.Dilation.X}], padding: {w.Written}";

    /// <summary>Counts the positions of a window by sliding it: independent of the generator's formula.</summary>
    public static (int Y, int X) Positions(Window window, int height, int width, bool up)
    {
        return (Along(height, ((window.Kernel.Y - 1) * window.Dilation.Y) + 1, window.Stride.Y, window.Padding[0], window.Padding[2], up), Along(width, ((window.Kernel.X - 1) * window.Dilation.X) + 1, window.Stride.X, window.Padding[1], window.Padding[3], up));

        static int Along(int extent, int reach, int stride, int before, int behind, bool up)
        {
            var positions = 0;
            for (var start = -before; up ? start < extent : start + reach <= extent + behind; start += stride)
            {
                if (start + reach > extent + behind && (positions == 0 || start - stride + reach >= extent + behind))
                    break;
                positions++;
            }
            return positions;
        }
    }

    /// <summary>Grows a network node by node, each reading any that are there.</summary>
    private sealed class Growth(int seed)
    {
        private readonly Random random = new(seed);
        private readonly List<Node> nodes = [];
        private readonly Dictionary<string, (int Maps, int Y, int X, int StrideY, int StrideX)> shapes = [];

        public RandomGraph Grow()
        {
            var image = (Maps: random.Next(1, 4), Y: random.Next(11, 16), X: random.Next(11, 16), 1, 1);
            shapes["images"] = image;
            Add(RandomConv("images"));
            while (nodes.Count < 11)
            {
                if (Next(Any([.. shapes.Keys.Skip(random.Next(4) == 0 ? 0 : 1)])) is { } node)
                    Add(node);
            }
            var ends = nodes.Select(node => node.Name).Where(name => nodes.All(reader => !reader.From.Contains(name))).ToList();
            var means = ends.Select(end => { var mean = Whole(end); Add(mean); return mean.Name; }).ToArray();
            if (means.Length > 1)
                Add(new Concat(Name("join"), means));
            nodes.Add(new Dense("fc9", [nodes[^1].Name], 4));
            return new($"Graph{seed}", image.Maps, image.Y, image.X, nodes);
        }

        private Node? Next(string from)
        {
            var shape = shapes[from];
            var alike = shapes.Keys.Where(other => shapes[other] == shape && other != "images").ToArray();
            var beside = shapes.Keys.Where(other => (shapes[other].Y, shapes[other].X, shapes[other].StrideY, shapes[other].StrideX) == (shape.Y, shape.X, shape.StrideY, shape.StrideX)).ToArray();
            return random.Next(13) switch
            {
                0 or 1 or 2 => RandomConv(from),
                3 => RandomPool(from),
                4 or 5 => new Rectifier(Name("act"), [from], Any(Rectifiers)),
                6 => new BatchNorm(Name("batch"), [from]),
                7 => new Affine(Name("affine"), [from]),
                8 when shape is { Y: < 18, X: < 18 } => new Pad(Name("pad"), [from], [random.Next(3), random.Next(3), random.Next(1, 3), random.Next(3)]),
                9 when shape.Maps == 4 => new Shuffle(Name("shuffle"), [from], 2),
                10 when alike.Length > 0 => random.Next(4) == 0 ? new Mul(Name("mul"), [from, Any(alike)]) : new Add(Name("add"), [from, Any(alike)]),
                11 when shape.Maps < 9 => new Concat(Name("cat"), [from, Any(beside)]),
                12 when shapes.Keys.FirstOrDefault(gate => shapes[gate] is { Y: 1, X: 1 } one && one.Maps == shape.Maps) is { } gate => new Mul(Name("gated"), [from, gate]),
                12 => Whole(from),
                _ => null,
            };
        }

        private Conv RandomConv(string from)
        {
            var shape = shapes[from];
            var window = RandomWindow(shape, random.Next(3) == 0 ? 2 : 1, half: false);
            var maps = random.Next(2) == 0 ? 4 : 2 + random.Next(3);
            return new(Name("conv"), [from], maps, window, shape.Maps % 2 == 0 && maps % 2 == 0 ? random.Next(1, 3) : 1);
        }

        private Pool? RandomPool(string from)
        {
            var window = RandomWindow(shapes[from], random.Next(1, 3), half: true);
            return window.Kernel == (1, 1) ? null : new(Name("pool"), [from], random.Next(2) == 0, window, random.Next(2) == 0, random.Next(2) == 0);
        }

        private Pool Whole(string from) => new(Name("mean"), [from], Max: false, new((shapes[from].Y, shapes[from].X), (shapes[from].Y, shapes[from].X), (1, 1), [0, 0, 0, 0], "all"), Up: false, CountPadding: true);

        private Window RandomWindow((int Maps, int Y, int X, int StrideY, int StrideX) shape, int stride, bool half)
        {
            var (kernel, dilation) = ((Y: random.Next(1, 4), X: random.Next(1, 4)), random.Next(5) == 0 ? 2 : 1);
            var (reachY, reachX) = (((kernel.Y - 1) * dilation) + 1, ((kernel.X - 1) * dilation) + 1);
            var (mostY, mostX) = half ? (reachY / 2, reachX / 2) : (reachY - 1, reachX - 1);
            int[] padding = [random.Next(mostY + 1), random.Next(mostX + 1), random.Next(mostY + 1), random.Next(mostX + 1)];
            var written = $"[{string.Join(", ", padding)}]";
            if (random.Next(3) == 0)
            {
                var lower = random.Next(2) == 0;
                var (y, x) = (Missing(shape.Y, reachY, stride), Missing(shape.X, reachX, stride));
                padding = lower ? [y - (y / 2), x - (x / 2), y / 2, x / 2] : [y / 2, x / 2, y - (y / 2), x - (x / 2)];
                written = lower ? "same-lower" : "same";
            }
            return new(kernel, (stride, stride), (dilation, dilation), padding, written);
        }

        /// <summary>What is to be added so that there are ⌈extent / stride⌉ positions, as ONNX's SAME_UPPER and TensorFlow's SAME mean it.</summary>
        private static int Missing(int extent, int reach, int stride) => Math.Max(0, (((int)Math.Ceiling((double)extent / stride) - 1) * stride) + reach - extent);

        private void Add(Node? node)
        {
            if (node is null || ShapeOf(node) is not { Y: >= 1, X: >= 1 } shape || shape.Y * shape.X > 500)
                return;
            nodes.Add(node);
            shapes[node.Name] = shape;
        }

        private (int Maps, int Y, int X, int StrideY, int StrideX)? ShapeOf(Node node)
        {
            var shape = shapes[node.From[0]];
            var window = node switch { Conv conv => conv.Window, Pool pool => pool.Window, _ => null };
            if (window is not null)
            {
                var (y, x) = Positions(window, shape.Y, shape.X, node is Pool { Up: true });
                return (node is Conv { Maps: var maps } ? maps : shape.Maps, y, x, shape.StrideY * window.Stride.Y, shape.StrideX * window.Stride.X);
            }
            return node switch
            {
                Pad { Padding: var p } => shape with { Y = shape.Y + p[0] + p[2], X = shape.X + p[1] + p[3] },
                Concat => shape with { Maps = node.From.Sum(from => shapes[from].Maps) },
                _ => shape,
            };
        }

        private string Name(string stem) => $"{stem}{nodes.Count + 1}";

        private string Any(string[] items) => items[random.Next(items.Length)];
    }
}
