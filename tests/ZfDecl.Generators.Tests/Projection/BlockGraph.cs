using System.Text;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>
/// A random small network of the blocks that published networks are made of: shortcuts around one layer or several, with a projection where the shape changes; branches of other kernels
/// side by side, of even kernels and pooled ones among them; maps that are joined again and again, shuffled, or padded unevenly.
/// </summary>
internal sealed class BlockGraph
{
    private const int Count = 12;

    public static IReadOnlyList<BlockGraph> All { get; } = [.. Enumerable.Range(0, Count).Select(seed => new BlockGraph(seed, wide: false)), .. Enumerable.Range(0, Count / 2).Select(seed => new BlockGraph(seed, wide: true))];

    private readonly Random random;
    private readonly StringBuilder lines = new();
    private int layers, halvings;

    private BlockGraph(int seed, bool wide)
    {
        (random, Name) = (new(seed + (wide ? 1000 : 0)), $"Blocks{(wide ? "Wide" : "")}{seed}");
        var (channels, height, width) = (random.Next(1, 4), random.Next(13, 20), random.Next(13, 20));
        var (input, unit) = ($"{{ channels: {channels}, height: {height}, width: {width} }}", wide ? 12 : 2);
        var x = new Maps(Relu(Conv(null, unit * 2, random.Next(1, 3), random.Next(2) == 0 ? 3 : 5, stride: 1)), unit * 2);
        for (var block = 0; block < 3; block++)
        {
            x = random.Next(3) switch
            {
                0 => Residual(x, unit * random.Next(1, 4)),
                1 => Inception(x, unit),
                _ => Densely(x, unit),
            };
            if (random.Next(3) == 0 && Halve() == 2)
                x = x with { Name = Add($"maxpool: {Next("pool")}, kernel: {random.Next(2, 4)}, stride: 2, rounding: {(random.Next(2) == 0 ? "up" : "down")}, from: {x.Name}") };
            if (random.Next(4) == 0)
                x = x with { Name = Add($"pad: {Next("pad")}, padding: [{random.Next(3)}, 1, 0, {random.Next(3)}], from: {x.Name}") };
            if (random.Next(3) == 0 && x.Count % 2 == 0)
                x = x with { Name = Add($"channel-shuffle: {Next("shuffle")}, groups: 2, from: {x.Name}") };
            if (random.Next(4) == 0)
                x = x with { Name = Add($"lrn: {Next("norm")}, size: 3, from: {x.Name}") };
        }
        Add($"dense: fc1, units: 6, from: {x.Name}");
        Add("relu: relufc");
        Add("dense: fc2");
        Spec = $"network: {Name}\ninput: {input}\nclasses: 4\nlayers:\n{lines}";
    }

    public string Name { get; }

    public string Spec { get; }

    private Maps Residual(Maps x, int maps)
    {
        var stride = random.Next(3) == 0 ? Halve() : 1;
        var way = Conv(x, maps, 1, 3, stride);
        for (var more = random.Next(0, 3); more > 0; more--)
            way = Conv(new(Relu(Norm(way)), maps), maps, 1, random.Next(2) == 0 ? 3 : 1, 1);
        way = Norm(way);
        var shortcut = stride == 1 && maps == x.Count ? x.Name : Norm(Add($"conv: {Next("conv")}, maps: {maps}, kernel: 1, stride: {stride}, from: {x.Name}"));
        var sum = Add($"add: {Next("add")}, from: [{way}, {shortcut}]");
        return new(random.Next(4) == 0 ? sum : Relu(sum), maps);
    }

    private Maps Inception(Maps x, int unit)
    {
        var branches = new List<Maps> { new(Relu(Conv(x, unit, 1, 1, 1)), unit), new(Relu(Conv(new(Relu(Conv(x, unit, 1, 1, 1)), unit), 2 * unit, 1, 3, 1)), 2 * unit) };
        if (random.Next(2) == 0)
            branches.Add(new(Conv(new(Add($"{Pick("maxpool", "avgpool")}: {Next("pool")}, kernel: 3, stride: 1, padding: 1, from: {x.Name}"), x.Count), unit, 1, 1, 1), unit));
        if (random.Next(2) == 0)        // two even kernels, of which the first sees further to the left
            branches.Add(new(Add($"conv: {Next("conv")}, maps: {unit}, kernel: 2, from: {Add($"conv: {Next("conv")}, maps: {unit}, kernel: 2, padding: 1, from: {x.Name}")}"), unit));
        if (random.Next(2) == 0)
            branches.Insert(random.Next(branches.Count), x);
        return new(Add($"concat: {Next("concat")}, from: [{string.Join(", ", branches.Select(branch => branch.Name))}]"), branches.Sum(branch => branch.Count));
    }

    private Maps Densely(Maps x, int unit)
    {
        for (var more = random.Next(1, 4); more > 0; more--)
            x = new(Add($"concat: {Next("concat")}, from: [{x.Name}, {Conv(new(Relu(Norm(x.Name)), x.Count), unit, 1, 3, 1)}]"), x.Count + unit);
        return x;
    }

    private string Conv(Maps? x, int maps, int dilation, int kernel, int stride) =>
        Add($"conv: {Next("conv")}, maps: {maps}, kernel: {kernel}, stride: {stride}, padding: {dilation * (kernel - 1) / 2}, dilation: {dilation}{(x is null ? "" : $", from: {x.Name}")}");

    private string Relu(string x) => Add($"{Pick("relu: {0}", "relu: {0}", "relu: {0}, slope: 0.1", "relu: {0}, ceiling: 1").Replace("{0}", Next("relu"), StringComparison.Ordinal)}, from: {x}");

    private string Pick(params string[] kinds) => kinds[random.Next(kinds.Length)];

    private string Norm(string x) => random.Next(2) == 0 ? Add($"{Pick("batchnorm", "batchnorm", "affine")}: {Next("batch")}, from: {x}") : x;

    /// <summary>The stride of a layer that may halve the maps, if they are large enough still.</summary>
    private int Halve() => halvings++ < 2 ? 2 : 1;

    private string Next(string kind) => $"{kind}{++layers}";

    private string Add(string layer)
    {
        lines.Append("  - { ").Append(layer).Append(" }\n");
        return layer.Split(' ', ',')[1];
    }

    private sealed record Maps(string Name, int Count);
}
