using System.Globalization;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Projection;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>
/// One projection of ZF-8 at 224×224 with random weights, from conv2 … conv5: the growing window against the whole image, one unit at a time. The plain way
/// is written out here with torch's operations alone. Targets: 300, 45, 20 and 12 times as fast.
/// </summary>
internal static class ProjectionBenchmark
{
    private const int Images = 4, Units = 64;

    public static void Measure()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        using var net = new Zf8();
        using var seen = net.Record(F.interpolate(randn(Images, 3, 28, 28), size: [224, 224], mode: InterpolationMode.Bilinear, align_corners: false));
        var windowed = new WindowedDeconvnet(net);
        foreach (var name in new[] { "conv2", "conv3", "conv4", "conv5" })
        {
            var layer = net.Info.Layer(name);
            var units = Strongest(seen, layer);
            Check(net, seen, layer, windowed, units);
            // The window is so fast that it goes round several times.
            var times = name == "conv2" ? 50 : 5;
            var seconds = new Paired($"projections from {name}: {Units} units, by the window {times} times", rounds: 3, warmUp: 1)
                .Add("whole image, torch operations", () =>
                {
                    foreach (var unit in units)
                        WholeImage(net, seen, layer, unit).Dispose();
                })
                .Add("growing window", () =>
                {
                    for (var i = 0; i < times; i++)
                        windowed.Project(seen, layer.Index, units, (_, _) => { });
                })
                .Run();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name}: {seconds[0] / Units * 1e3:F2} ms against {seconds[1] / times / Units * 1e3:F3} ms a projection: {seconds[0] / seconds[1] * times:F0} times as fast"));
        }
    }

    /// <summary>The plain way: the unit alone in maps of its layer, and down through every layer of the whole image.</summary>
    public static Tensor WholeImage(Zf8 net, Zf8Recording seen, LayerInfo layer, UnitSignal unit)
    {
        using var scope = NewDisposeScope();
        var x = zeros(1, layer.Output.Maps, layer.Output.Height, layer.Output.Width);
        x[0, unit.Map, unit.At.Y, unit.At.X] = unit.Value;
        if (layer.Index >= net.Info.Layer("conv5").Index)
            x = F.conv_transpose2d(F.relu(x), net.conv5.weight, padding: [1, 1]);
        if (layer.Index >= net.Info.Layer("conv4").Index)
            x = F.conv_transpose2d(F.relu(x), net.conv4.weight, padding: [1, 1]);
        if (layer.Index >= net.Info.Layer("conv3").Index)
            x = Unpool(F.conv_transpose2d(F.relu(x), net.conv3.weight, padding: [1, 1]), seen.Pool2Switches, unit.Image, 26);
        if (layer.Index >= net.Info.Layer("conv2").Index)
            x = Unpool(F.conv_transpose2d(F.relu(x), net.conv2.weight, strides: [2, 2], output_padding: [0, 0]), seen.Pool1Switches, unit.Image, 110);
        return F.conv_transpose2d(F.relu(x), net.conv1.weight, strides: [2, 2], padding: [1, 1], output_padding: [1, 1]).MoveToOuterDisposeScope();
    }

    private static Tensor Unpool(Tensor pooled, Tensor switches, int image, int side)
    {
        var maps = pooled.shape[1];
        return zeros(1, maps, side * side).scatter_add_(2, switches.narrow(0, image, 1).reshape(1, maps, -1), pooled.reshape(1, maps, -1)).view(1, maps, side, side);
    }

    private static UnitSignal[] Strongest(Recording seen, LayerInfo layer)
    {
        var choice = new Random(layer.Index);
        return [.. Candidates().Where(unit => unit.Value > 0).Take(Units)];

        IEnumerable<UnitSignal> Candidates()
        {
            for (var image = 0; ; image = (image + 1) % Images)
            {
                using var scope = NewDisposeScope();
                var map = choice.Next(layer.Output.Maps);
                var values = seen.FeatureMaps(layer.Index)[image, map].flatten();
                var place = (int)values.argmax().item<long>();
                yield return new(image, map, new(place / layer.Output.Width, place % layer.Output.Width), values[place].item<float>());
            }
        }
    }

    private static void Check(Zf8 net, Zf8Recording seen, LayerInfo layer, WindowedDeconvnet windowed, UnitSignal[] units)
    {
        var worst = 0.0;
        windowed.Project(seen, layer.Index, units, (index, projection) =>
        {
            using var scope = NewDisposeScope();
            var values = new float[net.Info.Input.Count];
            projection.CopyTo(new(0, 0, 224, 224), values);
            var expected = WholeImage(net, seen, layer, units[index]);
            var difference = (tensor(values).view(1, 3, 224, 224) - expected).abs().max() / expected.abs().max();
            lock (units)
                worst = Math.Max(worst, difference.item<float>());
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{layer.Name}: the largest difference is {worst:E1} of the largest value"));
    }
}
