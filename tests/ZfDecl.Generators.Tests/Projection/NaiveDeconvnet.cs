using ZfDecl.Networks;
using static ZfDecl.Generators.Tests.Projection.NaiveMaps;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>
/// A forward pass and a projection written as loops over pixels, in double precision, for one image: maps are [map, row, column], a dense layer's
/// units are maps of 1×1. It shares nothing with the generator but the spec and the weights.
/// </summary>
internal sealed class NaiveDeconvnet
{
    private readonly RandomNet net;
    private readonly Recording seen;
    private readonly Dictionary<string, float[]> weights;
    private readonly List<double[,,]> inputs = [];
    private readonly Dictionary<string, (int Y, int X)[,,]> switches = [];

    /// <param name="net">The network.</param>
    /// <param name="module">Its weights.</param>
    /// <param name="image">The image.</param>
    /// <param name="seen">Of the image: of maxima that are equal, its roundings have chosen one, which is taken here too.</param>
    public NaiveDeconvnet(RandomNet net, ConvNet module, double[,,] image, Recording seen)
    {
        this.seen = seen;
        this.net = net;
        weights = module.state_dict().Where(entry => entry.Value.is_floating_point()).ToDictionary(entry => entry.Key, entry => entry.Value.data<float>().ToArray());
        var maps = image;
        foreach (var layer in net.Layers)
        {
            inputs.Add(maps);
            maps = Forward(layer, maps);
        }
        inputs.Add(maps);
    }

    /// <summary>What a layer yields.</summary>
    public double[,,] Output(string layer) => inputs[IndexOf(layer) + 1];

    /// <summary>Takes a value at one unit down from the output of a layer to the image.</summary>
    public double[,,] Project(string layer, int map, int y, int x, double value)
    {
        var top = Output(layer);
        var signal = new double[top.GetLength(0), top.GetLength(1), top.GetLength(2)];
        signal[map, y, x] = value;
        for (var i = IndexOf(layer); i >= 0; i--)
            signal = Down(net.Layers[i], signal, inputs[i]);
        return signal;
    }

    private int IndexOf(string layer) => net.Layers.ToList().FindIndex(l => l.Name == layer);

    private double[,,] Forward(RandomNet.Layer layer, double[,,] input) => layer switch
    {
        RandomNet.Conv conv => Convolve(conv, input),
        RandomNet.Pool { Max: true } pool => Pool(pool, input),
        RandomNet.Pool pool => Average(pool, input),
        RandomNet.Norm norm => NaiveNormalization.Response(input, norm.OverSpace),
        RandomNet.Contrast => NaiveNormalization.Contrast(input),
        RandomNet.BatchNorm { Name: var name } => NaiveNormalization.Batch(
            input, weights[$"{name}.running_mean"], weights[$"{name}.running_var"], weights[$"{name}.weight"], weights[$"{name}.bias"]),
        RandomNet.Dense dense => Multiply(dense, input),
        _ => Map(input, value => Math.Max(value, 0)),
    };

    private double[,,] Down(RandomNet.Layer layer, double[,,] signal, double[,,] input) => layer switch
    {
        RandomNet.Conv conv => FilterTransposed(conv, signal, input),
        RandomNet.Pool { Max: true } pool => Unpool(pool, signal, input),
        RandomNet.Pool pool => Spread(pool, signal, input),
        RandomNet.Norm or RandomNet.Contrast => signal,
        RandomNet.BatchNorm { Name: var name } => Map(signal, (value, map) => value * weights[$"{name}.weight"][map] / Math.Sqrt(weights[$"{name}.running_var"][map] + 1e-5)),
        RandomNet.Dense dense => MultiplyTransposed(dense, signal, input),
        _ => Map(signal, value => Math.Max(value, 0)),
    };

    private double[,,] Convolve(RandomNet.Conv conv, double[,,] input)
    {
        var output = OutputShape(conv, input);
        var bias = weights[$"{conv.Name}.bias"];
        EachTap(conv, input, output, (map, y, x, channel, row, column, weight) => output[map, y, x] += weight * input[channel, row, column]);
        return Map(output, (value, map) => value + bias[map]);
    }

    private double[,,] FilterTransposed(RandomNet.Conv conv, double[,,] signal, double[,,] input)
    {
        var down = Like(input);
        EachTap(conv, input, signal, (map, y, x, channel, row, column, weight) => down[channel, row, column] += weight * signal[map, y, x]);
        return down;
    }

    /// <summary>Visits each pair of an output place and an input pixel that a filter's tap connects.</summary>
    private void EachTap(RandomNet.Conv conv, double[,,] input, double[,,] output, Action<int, int, int, int, int, int, double> visit)
    {
        var weight = weights[$"{conv.Name}.weight"];
        var (perGroup, mapsPerGroup) = (input.GetLength(0) / conv.Groups, conv.Maps / conv.Groups);
        for (var map = 0; map < conv.Maps; map++)
            for (var y = 0; y < output.GetLength(1); y++)
                for (var x = 0; x < output.GetLength(2); x++)
                    for (var c = 0; c < perGroup; c++)
                        for (var ky = 0; ky < conv.KernelY; ky++)
                            for (var kx = 0; kx < conv.KernelX; kx++)
                            {
                                var (row, column) = ((y * conv.StrideY) - conv.Padding + (ky * conv.Dilation), (x * conv.StrideX) - conv.Padding + (kx * conv.Dilation));
                                if (row >= 0 && row < input.GetLength(1) && column >= 0 && column < input.GetLength(2))
                                    visit(map, y, x, (map / mapsPerGroup * perGroup) + c, row, column, weight[(((((map * perGroup) + c) * conv.KernelY) + ky) * conv.KernelX) + kx]);
                            }
    }

    private double[,,] Pool(RandomNet.Pool pool, double[,,] input)
    {
        var output = OutputShape(pool, input);
        var from = new (int, int)[output.GetLength(0), output.GetLength(1), output.GetLength(2)];
        var (chosen, width) = (seen.Switches(seen.Info.Layer(pool.Name).Index), input.GetLength(2));
        Each(output, (map, y, x) =>
        {
            var best = double.NegativeInfinity;
            for (var row = Math.Max((y * pool.Stride) - pool.Padding, 0); row < Math.Min((y * pool.Stride) - pool.Padding + pool.Kernel, input.GetLength(1)); row++)
                for (var column = Math.Max((x * pool.Stride) - pool.Padding, 0); column < Math.Min((x * pool.Stride) - pool.Padding + pool.Kernel, input.GetLength(2)); column++)
                    if (input[map, row, column] > best)
                        (best, from[map, y, x]) = (input[map, row, column], (row, column));
            output[map, y, x] = best;
            var place = (int)chosen[0, map, y, x].item<long>();
            if (input[map, place / width, place % width] == best)
                from[map, y, x] = (place / width, place % width);
        });
        switches[pool.Name] = from;
        return output;
    }

    private double[,,] Unpool(RandomNet.Pool pool, double[,,] signal, double[,,] input)
    {
        var down = Like(input);
        Each(signal, (map, y, x) =>
        {
            var (row, column) = switches[pool.Name][map, y, x];
            down[map, row, column] += signal[map, y, x];
        });
        return down;
    }

    private static double[,,] Average(RandomNet.Pool pool, double[,,] input)
    {
        var output = OutputShape(pool, input);
        Each(output, (map, y, x) => EachShare(pool, input, y, x, (row, column, share) => output[map, y, x] += share * input[map, row, column]));
        return output;
    }

    private static double[,,] Spread(RandomNet.Pool pool, double[,,] signal, double[,,] input)
    {
        var down = Like(input);
        Each(signal, (map, y, x) => EachShare(pool, input, y, x, (row, column, share) => down[map, row, column] += share * signal[map, y, x]));
        return down;
    }

    /// <summary>Visits the pixels of a window; padding takes its share or not, and what lies beyond the padding never does.</summary>
    private static void EachShare(RandomNet.Pool pool, double[,,] input, int y, int x, Action<int, int, double> visit)
    {
        var (height, width, places) = (input.GetLength(1), input.GetLength(2), new List<(int Row, int Column)>());
        for (var row = (y * pool.Stride) - pool.Padding; row < (y * pool.Stride) - pool.Padding + pool.Kernel; row++)
            for (var column = (x * pool.Stride) - pool.Padding; column < (x * pool.Stride) - pool.Padding + pool.Kernel; column++)
                if (row < height + pool.Padding && column < width + pool.Padding)
                    places.Add((row, column));
        var inside = places.Where(place => place.Row >= 0 && place.Row < height && place.Column >= 0 && place.Column < width).ToList();
        foreach (var (row, column) in inside)
            visit(row, column, 1.0 / (pool.CountPadding ? places.Count : inside.Count));
    }

    private double[,,] Multiply(RandomNet.Dense dense, double[,,] input)
    {
        var (flat, weight, bias) = (input.Cast<double>().ToArray(), weights[$"{dense.Name}.weight"], weights[$"{dense.Name}.bias"]);
        var output = new double[dense.Units, 1, 1];
        for (var unit = 0; unit < dense.Units; unit++)
            output[unit, 0, 0] = bias[unit] + flat.Select((value, i) => value * weight[(unit * flat.Length) + i]).Sum();
        return output;
    }

    private double[,,] MultiplyTransposed(RandomNet.Dense dense, double[,,] signal, double[,,] input)
    {
        var (down, weight, place) = (Like(input), weights[$"{dense.Name}.weight"], 0);
        Each(down, (map, y, x) =>
        {
            for (var unit = 0; unit < dense.Units; unit++)
                down[map, y, x] += signal[unit, 0, 0] * weight[(unit * input.Length) + place];
            place++;
        });
        return down;
    }

    private static double[,,] OutputShape(RandomNet.Layer layer, double[,,] input)
    {
        var (height, width) = RandomNet.Shrink(layer, input.GetLength(1), input.GetLength(2));
        return new double[layer is RandomNet.Conv conv ? conv.Maps : input.GetLength(0), height, width];
    }
}
