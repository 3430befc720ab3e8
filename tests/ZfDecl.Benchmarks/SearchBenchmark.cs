using System.Globalization;
using ZfDecl.Analysis;
using ZfDecl.Models;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>
/// The search for the nine strongest units of every map of ZF-8's five convolutions, against the forward pass alone. The search has seen 500 images before, as it has
/// on average in a set of 1,000. Target: it adds less than 2 %.
/// </summary>
internal static class SearchBenchmark
{
    private const int Batch = 16, Seen = 500;

    public static void Measure()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        random.manual_seed(5);
        using var net = new Zf8();
        net.eval();
        string[] names = ["conv1", "conv2", "conv3", "conv4", "conv5"];
        var found = names.Select(name => new TopUnits(net.Info.Layer(name), 9)).ToArray();
        var next = 0;
        while (next < Seen)
        {
            using var images = Images();
            using var seen = net.Record(images);
            Search(seen);
        }
        using var batch = Images();
        using var recorded = net.Record(batch);
        var seconds = new Paired($"{Batch} images of 224×224, five layers, top 9", rounds: 9)
            .Add("forward pass", () => net.call(batch).Dispose())
            .Add("forward pass that records", () => net.Record(batch).Dispose())
            .Add("search in what was recorded", () => Search(recorded))
            .Run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  the search adds {seconds[2] / seconds[0]:P2} to the forward pass, recording {(seconds[1] - seconds[0]) / seconds[0]:P2}"));

        Tensor Images() => F.interpolate(randn(Batch, 3, 28, 28), size: [224, 224], mode: InterpolationMode.Bilinear, align_corners: false);

        void Search(Networks.Recording seen)
        {
            int[] indices = [.. Enumerable.Range(next, Batch)];
            next += Batch;
            foreach (var units in found)
                units.Add(seen, indices);
        }
    }
}
