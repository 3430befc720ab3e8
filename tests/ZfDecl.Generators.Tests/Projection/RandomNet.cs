using System.Text;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>A random small network of every kind, with all that can go wrong: overlapping pools, both roundings, strides, paddings, groups, dilation.</summary>
internal sealed record RandomNet(string Name, int Channels, int Height, int Width, IReadOnlyList<RandomNet.Layer> Layers)
{
    internal abstract record Layer(string Name);

    internal sealed record Conv(string Name, int Maps, int KernelY, int KernelX, int StrideY, int StrideX, int Padding, int Dilation, int Groups) : Layer(Name);

    internal sealed record Relu(string Name) : Layer(Name);

    internal sealed record Pool(string Name, bool Max, int Kernel, int Stride, int Padding, bool Up, bool CountPadding) : Layer(Name);

    internal sealed record Norm(string Name, bool OverSpace) : Layer(Name);

    internal sealed record Contrast(string Name) : Layer(Name);

    internal sealed record BatchNorm(string Name) : Layer(Name);

    internal sealed record Dense(string Name, int Units) : Layer(Name);

    /// <summary>The same seed gives the same network, <c>Random{seed}</c>.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="gapless">
    /// Whether each pixel between the first and the last that a unit sees is seen, at the image's border too: no dilation, no stride beyond the kernel,
    /// no border that rounding drops, no window that lies in the padding alone.
    /// </param>
    /// <param name="wide">Whether a convolution has more maps than a vector has values, with a rest.</param>
    public static RandomNet Of(int seed, bool gapless = false, bool wide = false)
    {
        var random = new Random(seed);
        var layers = new List<Layer>();
        var (maps, height, width) = (random.Next(1, 4), random.Next(14, 24), random.Next(14, 24));
        var (channels, startHeight, startWidth) = (maps, height, width);
        for (var i = 1; i <= 3; i++)
        {
            var conv = RandomConv(random, i, maps, gapless, wide);
            var (y, x) = Shrink(conv, height, width);
            if (y < 1 || x < 1)
                break;
            layers.Add(conv);
            (maps, height, width) = (conv.Maps, y, x);
            if (random.Next(4) == 0)
                layers.Add(new BatchNorm($"batch{i}"));
            if (random.Next(5) > 0)
                layers.Add(new Relu($"relu{i}"));
            var pool = RandomPool(random, i, gapless);
            (y, x) = Shrink(pool, height, width);
            if (random.Next(4) > 0 && y >= 1 && x >= 1)
            {
                layers.Add(pool);
                (height, width) = (y, x);
            }
            if (random.Next(2) == 0)
                layers.Add(random.Next(4) == 0 && !gapless ? new Contrast($"contrast{i}") : new Norm($"norm{i}", OverSpace: random.Next(2) == 0));
        }
        layers.Add(new Dense("fc8", 7));
        if (random.Next(2) == 0)
            layers.Add(new BatchNorm("batch8"));
        layers.Add(new Relu("relu8"));
        layers.Add(new Dense("fc9", 4));
        return new($"Random{(gapless ? "Gapless" : "")}{(wide ? "Wide" : "")}{seed}", channels, startHeight, startWidth, layers);
    }

    public string Spec()
    {
        var text = new StringBuilder($"network: {Name}\ninput: {{ channels: {Channels}, height: {Height}, width: {Width} }}\nclasses: 4\nlayers:\n");
        foreach (var layer in Layers)
        {
            text.Append("  - { ").Append(layer switch
            {
                Conv c => $"conv: {c.Name}, maps: {c.Maps}, kernel: [{c.KernelY}, {c.KernelX}], stride: [{c.StrideY}, {c.StrideX}], padding: {c.Padding}, dilation: {c.Dilation}, groups: {c.Groups}",
                Pool p => $"{(p.Max ? "maxpool" : "avgpool")}: {p.Name}, kernel: {p.Kernel}, stride: {p.Stride}, padding: {p.Padding}, rounding: {(p.Up ? "up" : "down")}{(p.Max || p.CountPadding ? "" : ", count-padding: false")}",
                Norm n => $"lrn: {n.Name}, over: {(n.OverSpace ? "space" : "maps")}, size: 3, alpha: 0.5, beta: 0.75, k: 1",
                Contrast c => $"contrast: {c.Name}, size: 5",
                BatchNorm b => $"batchnorm: {b.Name}",
                Dense d => $"dense: {d.Name}, units: {d.Units}",
                _ => $"relu: {layer.Name}",
            }).Append(" }\n");
        }
        return text.ToString();
    }

    /// <summary>The rows and columns that come out of a layer that slides a window.</summary>
    public static (int Y, int X) Shrink(Layer layer, int height, int width) => layer switch
    {
        Conv c => (Places(height, (c.Dilation * (c.KernelY - 1)) + 1, c.StrideY, c.Padding, false), Places(width, (c.Dilation * (c.KernelX - 1)) + 1, c.StrideX, c.Padding, false)),
        Pool p => (Places(height, p.Kernel, p.Stride, p.Padding, p.Up), Places(width, p.Kernel, p.Stride, p.Padding, p.Up)),
        _ => (height, width),
    };

    private static Conv RandomConv(Random random, int i, int maps, bool gapless, bool wide)
    {
        var groups = maps % 2 == 0 ? random.Next(1, 3) : 1;
        var dilation = random.Next(4) == 0 && !gapless ? 2 : 1;
        var mostStride = gapless ? 1 : 2;
        var (kernelY, kernelX) = (random.Next(1, 4), random.Next(1, 4));
        var mostPadding = gapless ? Math.Min(kernelY, kernelX) - 1 : 2;
        return new($"conv{i}", 2 * (wide ? random.Next(9, 15) : random.Next(2, 4)), kernelY, kernelX, random.Next(1, mostStride + 1), random.Next(1, mostStride + 1), random.Next(0, mostPadding + 1), dilation, groups);
    }

    private static Pool RandomPool(Random random, int i, bool gapless)
    {
        var kernel = random.Next(2, 4);
        return new($"pool{i}", Max: random.Next(3) > 0, kernel, random.Next(1, 3), random.Next(0, (kernel / 2) + 1), Up: random.Next(2) == 0 || gapless, CountPadding: random.Next(2) == 0);
    }

    /// <summary>Counts the places of a window by sliding it: independent of the generator's formula.</summary>
    private static int Places(int extent, int reach, int stride, int padding, bool up)
    {
        var places = 0;
        for (var start = -padding; up ? start < extent : start + reach <= extent + padding; start += stride)
        {
            if (start + reach > extent + padding && (places == 0 || start - stride + reach >= extent + padding))
                break;
            places++;
        }
        return places;
    }
}
