using System.Globalization;
using ZfDecl.Models;
using ZfDecl.Search;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>
/// The forward pass of ZF-8 that searches for the nine strongest units of every map of its five convolutions, against the forward pass alone. The search has seen
/// 500 images before, as it has on average in a set of 1,000, and each round brings new ones. Target: it adds less than 2 %.
/// </summary>
internal static class SearchBenchmark
{
    private const int Batch = 16, CropOf = 500, Rounds = 31, WarmUp = 3;

    public static void Measure()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        using var net = new Zf8();
        net.eval();
        string[] names = ["conv1", "conv2", "conv3", "conv4", "conv5"];
        var found = names.Select(name => new TopUnits(net.Info.Layer(name), 9)).ToArray();
        HashSet<int> layers = [.. found.Select(units => units.Layer.Readout)];
        HashSet<int> layersAndScores = [.. layers, net.Info.Layer("fc8").Index];
        var (next, passes) = (0, new int[3]);
        while (next < CropOf)
        {
            using var images = Images();
            Search(images, layers);
        }
        var batches = Enumerable.Range(0, Rounds + WarmUp).Select(_ => Images()).ToArray();
        var seconds = new Paired($"{Batch} images of 224×224, five layers, top 9", Rounds, WarmUp)
            .Add("forward pass", () => net.call(batches[passes[0]++]).Dispose())
            .Add("forward pass that searches", () => Search(batches[passes[1]++], layersAndScores))
            .Add("the same, stopped behind conv5", () => Search(batches[passes[2]++], layers))
            .Run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  the search adds {(seconds[1] - seconds[0]) / seconds[0]:P2} to the forward pass; {(seconds[2] - seconds[0]) / seconds[0]:P2} where it stops behind the last layer that is searched, as -t:Visualize does"));

        static Tensor Images() => F.interpolate(randn(Batch, 3, 28, 28), size: [224, 224], mode: InterpolationMode.Bilinear, align_corners: false);

        void Search(Tensor images, HashSet<int> watched)
        {
            int[] indices = [.. Enumerable.Range(next, Batch)];
            next += Batch;
            net.ForwardWithHooks(images, watched, (layer, maps, rows) =>
            {
                foreach (var units in found.Where(units => units.Layer.Readout == layer))
                    units.Add(maps, indices, rows);
            });
        }
    }
}
