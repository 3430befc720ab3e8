using System.Globalization;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Projection;
using ZfDecl.Search;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Benchmarks;

/// <summary>What looks into a network that is a graph, with random weights, against the same over the whole image.</summary>
internal static class GraphBenchmarks
{
    private const int Images = 4, Units = 32, Batch = 16;

    /// <summary>Targets: 20, 6 and 2 times as fast.</summary>
    public static void ProjectionsOfResNet18() => Projections(new ResNet18(), ["add2_2", "add3_2", "add4_2"]);

    /// <summary>Targets: 15 and 4 times as fast.</summary>
    public static void ProjectionsOfGoogLeNet() => Projections(new GoogLeNet(), ["mixed3b", "mixed4e"]);

    /// <summary>The forward pass that searches for the nine strongest units of each map of five layers, against the forward pass alone. Target: it adds less than 3 %.</summary>
    public static void SearchInResNet18() => Search(new ResNet18());

    /// <summary>
    /// An occluder of 32×32 at 29×29 positions: the probabilities, against batches of the network's own forward pass. The ceiling is what would be gained if a position took as much
    /// less time as fewer multiply-adds; target: 80 % of it.
    /// </summary>
    public static void OcclusionOfResNet18()
    {
        random.manual_seed(3);
        using var noGrad = no_grad();
        using var net = Ready(new ResNet18());
        using var image = AnalysisWorkloads.Photographs(1);
        var grid = new OccluderGrid(net.Info.Input, 32, 7);
        PixelRegion[] all = [.. Enumerable.Range(0, grid.Count).Select(grid.At)], some = [.. all.Where((_, i) => i % 9 == 0)];
        var layer = net.Info.Layer("add5_2").Index;
        using (var forward = new OccludedForward(net, image))
        using (var own = forward.Run(some, 0, layer, 0))
        using (var plain = Whole(some))
        {
            var worst = (own.Probabilities - plain).abs().max().item<float>() / plain.max().item<float>();
            Console.WriteLine(FormattableString.Invariant($"largest difference {worst:E1} of the largest probability"));
            if (worst > 1e-4)
                throw new InvalidOperationException("the two ways disagree");
        }
        var seconds = new Paired($"occlusion of ResNet-18 at {all.Length} positions, the whole images at {some.Length} of them", rounds: 5, warmUp: 1)
            .Add($"own forward pass, batches of {Batch}", () => Whole(some).Dispose())
            .Add("incremental", () =>
            {
                using var forward = new OccludedForward(net, image);
                forward.Run(all, 0, layer, 0).Dispose();
            })
            .Run();
        var (gained, ceiling) = (seconds[0] / some.Length * all.Length / seconds[1], Ceiling(net.Info, all));
        Console.WriteLine(FormattableString.Invariant($"  {gained:F2}× its own batches; the multiply-adds that change are {1 / ceiling:P0}, so {ceiling:F2}× is the ceiling: {gained / ceiling:P0} of it"));

        Tensor Whole(PixelRegion[] positions) => cat([.. positions.Chunk(Batch).Select(chunk =>
        {
            using var scope = NewDisposeScope();
            var x = image.repeat(chunk.Length, 1, 1, 1);
            foreach (var (i, place) in chunk.Index())
                x[i].narrow(1, place.Top, place.Height).narrow(2, place.Left, place.Width).fill_(0);
            return net.Probabilities(x).MoveToOuterDisposeScope();
        })]);
    }

    private static void Projections(ConvNet made, string[] layers)
    {
        random.manual_seed(5);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var net = Ready(made);
        Recording[] seen = [.. Enumerable.Range(0, Images).Select(_ => net.Record(AnalysisWorkloads.Photographs(1)))];
        using var deconvnet = net.CreateDeconvnet();
        var windowed = new WindowedDeconvnet(net);
        foreach (var layer in layers.Select(net.Info.Layer))
        {
            var choice = new Random(layer.Index);
            int[] maps = [.. Enumerable.Range(0, Units).Select(_ => choice.Next(layer.Output.Maps))];
            UnitSignal[][] units = [.. seen.Select((recording, i) => maps.Where((_, unit) => unit % Images == i).Select(map => Strongest(recording, layer, map)).ToArray())];
            Check(net, seen, deconvnet, windowed, layer, units);
            var seconds = new Paired($"{net.Info.Name}, projections from {layer.Name}: {Units} units", rounds: 5, warmUp: 1)
                .Add("whole image, one at a time", () =>
                {
                    foreach (var (recording, unit) in seen.Zip(units).SelectMany(pair => pair.Second.Select(unit => (pair.First, unit))))
                        deconvnet.Project(recording, layer.Index, unit.Map, unit.At).Dispose();
                })
                .Add("growing window", () =>
                {
                    foreach (var (recording, ofImage) in seen.Zip(units))
                        windowed.Project(recording, layer.Index, ofImage, (_, _) => { });
                })
                .Run();
            Console.WriteLine(FormattableString.Invariant($"  {layer.Name}: {seconds[0] / Units * 1e3:F2} ms against {seconds[1] / Units * 1e3:F3} ms a projection: {seconds[0] / seconds[1]:F1} times as fast"));
        }
        foreach (var recording in seen)
            recording.Dispose();
    }

    private static void Search(ConvNet made)
    {
        const int Rounds = 15, WarmUp = 2;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        using var net = Ready(made);
        var found = net.Info.Recipe.Visualize.Layers.Select(name => new TopUnits(net.Info.Layer(name), 9)).ToArray();
        HashSet<int> layers = [.. found.Select(units => units.Layer.Readout), net.Info.Layers.Single(layer => layer.YieldsScores).Index];
        var (next, passes) = (0, new int[2]);
        while (next < 500)
        {
            using var images = AnalysisWorkloads.Photographs(Batch);
            Searched(images);
        }
        var batches = Enumerable.Range(0, Rounds + WarmUp).Select(_ => AnalysisWorkloads.Photographs(Batch)).ToArray();
        var seconds = new Paired($"{net.Info.Name}, {Batch} images, {found.Length} layers, top 9", Rounds, WarmUp)
            .Add("forward pass", () => net.call(batches[passes[0]++]).Dispose())
            .Add("forward pass that searches", () => Searched(batches[passes[1]++]))
            .Run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  the search adds {(seconds[1] - seconds[0]) / seconds[0]:P2} to the forward pass"));

        void Searched(Tensor images)
        {
            int[] indices = [.. Enumerable.Range(next, Batch)];
            next += Batch;
            net.ForwardWithHooks(images, layers, (layer, maps, rows) =>
            {
                foreach (var units in found.Where(units => units.Layer.Readout == layer))
                    units.Add(maps, indices, rows);
            });
        }
    }

    /// <summary>How many times fewer multiply-adds the units take that change, each position by itself, than all of them.</summary>
    private static double Ceiling(NetworkInfo info, PixelRegion[] positions)
    {
        var geometry = new OcclusionGeometry(info);
        var (all, changed) = (0.0, 0.0);
        foreach (var place in positions)
        {
            var (rows, columns) = (geometry.Reached(new(place.Top, place.Height), vertical: true), geometry.Reached(new(place.Left, place.Width), vertical: false));
            foreach (var layer in info.Layers)
            {
                all += layer.MultiplyAdds;
                changed += layer.MultiplyAdds * (geometry.IsLocal(layer.Index) ? (double)rows[layer.Index].Length * columns[layer.Index].Length / (layer.Output.Height * layer.Output.Width) : 1);
            }
        }
        return all / changed;
    }

    private static UnitSignal Strongest(Recording seen, LayerInfo layer, int map)
    {
        using var scope = NewDisposeScope();
        var values = seen.FeatureMaps(layer.Index)[0, map].flatten();
        var place = (int)values.argmax().item<long>();
        return new(0, map, new(place / layer.Output.Width, place % layer.Output.Width), values[place].item<float>());
    }

    private static void Check(ConvNet net, Recording[] seen, Deconvnet deconvnet, WindowedDeconvnet windowed, LayerInfo layer, UnitSignal[][] units)
    {
        var worst = 0.0;
        var input = net.Info.Input;
        foreach (var (recording, ofImage) in seen.Zip(units))
        {
            windowed.Project(recording, layer.Index, ofImage, (index, projection) =>
            {
                using var scope = NewDisposeScope();
                var values = new float[input.Count];
                projection.CopyTo(new(0, 0, input.Height, input.Width), values);
                var expected = deconvnet.Project(recording, layer.Index, ofImage[index].Map, ofImage[index].At);
                var difference = (tensor(values).view(expected.shape) - expected).abs().max() / expected.abs().max().clamp_min(1e-12);      // a dead map projects nothing
                lock (seen)
                    worst = Math.Max(worst, difference.item<float>());
            });
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{layer.Name}: the largest difference is {worst:E1} of the largest value"));
    }

    private static ConvNet Ready(ConvNet net)
    {
        Initialization.Apply(net, std: null);
        net.eval();
        return net;
    }
}
