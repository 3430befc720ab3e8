using System.Text;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>A random small network with everything that can go wrong in a projection: overlapping pools, both roundings, strides, paddings, groups.</summary>
internal sealed record RandomNet(int Channels, int Height, int Width, IReadOnlyList<RandomNet.Layer> Layers)
{
    internal abstract record Layer(string Name);

    internal sealed record Conv(string Name, int Maps, int KernelY, int KernelX, int StrideY, int StrideX, int Padding, int Dilation, int Groups) : Layer(Name);

    internal sealed record Relu(string Name) : Layer(Name);

    internal sealed record Pool(string Name, int Kernel, int Stride, int Padding, bool Up) : Layer(Name);

    internal sealed record Norm(string Name) : Layer(Name);

    internal sealed record Dense(string Name, int Units) : Layer(Name);

    /// <summary>The same seed gives the same network.</summary>
    public static RandomNet Of(int seed)
    {
        var random = new Random(seed);
        var layers = new List<Layer>();
        var (maps, height, width) = (random.Next(1, 4), random.Next(14, 24), random.Next(14, 24));
        var (channels, startHeight, startWidth) = (maps, height, width);
        for (var i = 1; i <= 3; i++)
        {
            var groups = maps % 2 == 0 ? random.Next(1, 3) : 1;
            var dilation = random.Next(4) == 0 ? 2 : 1;
            var conv = new Conv($"conv{i}", 2 * random.Next(2, 4), random.Next(1, 4), random.Next(1, 4), random.Next(1, 3), random.Next(1, 3), random.Next(0, 3), dilation, groups);
            var (y, x) = (Places(height, (dilation * (conv.KernelY - 1)) + 1, conv.StrideY, conv.Padding, false), Places(width, (dilation * (conv.KernelX - 1)) + 1, conv.StrideX, conv.Padding, false));
            if (y < 1 || x < 1)
                break;
            layers.Add(conv);
            (maps, height, width) = (conv.Maps, y, x);
            if (random.Next(5) > 0)
                layers.Add(new Relu($"relu{i}"));
            var kernel = random.Next(2, 4);
            var pool = new Pool($"pool{i}", kernel, random.Next(1, 3), random.Next(0, (kernel / 2) + 1), random.Next(2) == 0);
            (y, x) = (Places(height, kernel, pool.Stride, pool.Padding, pool.Up), Places(width, kernel, pool.Stride, pool.Padding, pool.Up));
            if (random.Next(4) > 0 && y >= 1 && x >= 1)
            {
                layers.Add(pool);
                (height, width) = (y, x);
            }
            if (random.Next(2) == 0)
                layers.Add(new Norm($"norm{i}"));
        }
        layers.Add(new Dense("fc8", 7));
        layers.Add(new Relu("relu8"));
        layers.Add(new Dense("fc9", 4));
        return new(channels, startHeight, startWidth, layers);
    }

    public string Spec()
    {
        var text = new StringBuilder($"network: Random\ninput: {{ channels: {Channels}, height: {Height}, width: {Width} }}\nclasses: 4\nlayers:\n");
        foreach (var layer in Layers)
        {
            text.Append("  - { ").Append(layer switch
            {
                Conv c => $"conv: {c.Name}, maps: {c.Maps}, kernel: [{c.KernelY}, {c.KernelX}], stride: [{c.StrideY}, {c.StrideX}], padding: {c.Padding}, dilation: {c.Dilation}, groups: {c.Groups}",
                Pool p => $"maxpool: {p.Name}, kernel: {p.Kernel}, stride: {p.Stride}, padding: {p.Padding}, rounding: {(p.Up ? "up" : "down")}",
                Norm n => $"lrn: {n.Name}, size: 3, alpha: 0.5, beta: 0.75, k: 1",
                Dense d => $"dense: {d.Name}, units: {d.Units}",
                _ => $"relu: {layer.Name}",
            }).Append(" }\n");
        }
        return text.ToString();
    }

    /// <summary>Counts the places of a window by sliding it: independent of the generator's formula.</summary>
    public static int Places(int extent, int reach, int stride, int padding, bool up)
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
