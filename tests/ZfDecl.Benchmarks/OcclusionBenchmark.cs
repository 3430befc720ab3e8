using ZfDecl.Analyses.Occlude;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>
/// An occluder of 32×32 over ZF-8's 224×224 pixels: the summed activity of conv5's strongest map and the class probabilities, at 29×29 positions. The plain
/// ways run torch's operations on occluded images; they are timed on positions drawn from the grid, and set against the time that the whole grid takes.
/// </summary>
internal static class OcclusionBenchmark
{
    private const int Size = 32, Stride = 7, OneByOne = 29, Batched = 96;

    private static readonly int[] Batches = [8, 32, 96];

    public static void Measure()
    {
        random.manual_seed(3);
        using var noGrad = no_grad();
        using var net = new Zf8();
        Initialization.Apply(net, std: null);
        net.eval();
        using var coarse = randn(1, 3, 28, 28);
        using var image = F.interpolate(coarse, size: [224L, 224L], mode: InterpolationMode.Bilinear, align_corners: false);
        var grid = new OccluderGrid(net.Info.Input, Size, Stride);
        PixelRegion[] all = [.. Enumerable.Range(0, grid.Count).Select(grid.At)];
        PixelRegion[] few = Spread(all, OneByOne), many = Spread(all, Batched);
        var layer = net.Info.Layer("conv5").Index;
        Console.WriteLine($"{grid.Rows}×{grid.Columns} positions; one by one on {few.Length} of them, batched on {many.Length}, incremental on all {all.Length}; {get_num_threads()} threads");
        Agree(net, image, few, layer);

        var timed = new Paired("occlusion, ZF-8 224×224, times as measured", rounds: 3, warmUp: 1).Add($"one by one, {few.Length}", () => Plain(net, image, few, 1).Dispose());
        foreach (var batch in Batches)
            timed.Add($"plain torch, batches of {batch}, {many.Length}", () => Plain(net, image, many, batch).Dispose());
        var seconds = timed.Add($"incremental, {all.Length}", () => Incremental(net, image, all, layer).Dispose()).Run();
        var (single, batched, own) = (seconds[0] / few.Length, seconds.Skip(1).Take(Batches.Length).Min() / many.Length, seconds[^1] / all.Length);
        Console.WriteLine(FormattableString.Invariant($"a position: one by one {single * 1e3:F2} ms, best batched {batched * 1e3:F2} ms, incremental {own * 1e3:F2} ms: {single / own:F1}× and {batched / own:F2}×"));
    }

    private static PixelRegion[] Spread(PixelRegion[] all, int count) => [.. Enumerable.Range(0, count).Select(i => all[i * 191 % all.Length])];    // 191 has no factor in common with 841

    private static OccludedResponses Incremental(ConvNet net, Tensor image, PixelRegion[] positions, int layer)
    {
        using var forward = new OccludedForward(net, image);
        using var map = forward.Clean.FeatureMaps(layer).sum([0, 2, 3]).argmax();
        return forward.Run(positions, 0, layer, (int)map.item<long>());
    }

    /// <summary>[positions, 1 + classes]: the activity of conv5's strongest map, and the probabilities.</summary>
    private static Tensor Plain(Zf8 net, Tensor image, PixelRegion[] positions, int batch)
    {
        using var scope = NewDisposeScope();
        var map = Conv5(net, image).sum([0, 2, 3]).argmax().item<long>();
        return cat([.. positions.Chunk(batch).Select(chunk =>
        {
            using var inner = NewDisposeScope();
            var x = image.repeat(chunk.Length, 1, 1, 1);
            for (var i = 0; i < chunk.Length; i++)
                x[i].narrow(1, chunk[i].Top, chunk[i].Height).narrow(2, chunk[i].Left, chunk[i].Width).fill_(0);
            x = Conv5(net, x);                                          // [n, 256, 13, 13]
            var activity = x.select(1, map).sum([1, 2]).unsqueeze(1);
            x = F.max_pool2d(x, [3, 3], [2, 2], ceil_mode: true).flatten(1);
            x = F.relu(net.fc6.call(x));
            x = F.relu(net.fc7.call(x));
            return cat([activity, F.softmax(net.fc8.call(x), 1)], 1).MoveToOuterDisposeScope();
        })]).MoveToOuterDisposeScope();
    }

    private static Tensor Conv5(Zf8 net, Tensor x)
    {
        x = F.relu(net.conv1.call(x));
        x = F.local_response_norm(F.max_pool2d(x, [3, 3], [2, 2], ceil_mode: true), 5, 5e-4, 0.75, 2);
        x = F.relu(net.conv2.call(x));
        x = F.local_response_norm(F.max_pool2d(x, [3, 3], [2, 2], ceil_mode: true), 5, 5e-4, 0.75, 2);
        x = F.relu(net.conv3.call(x));
        x = F.relu(net.conv4.call(x));
        return F.relu(net.conv5.call(x));
    }

    private static void Agree(Zf8 net, Tensor image, PixelRegion[] positions, int layer)
    {
        using var scope = NewDisposeScope();
        var plain = Plain(net, image, positions, Batches[0]);
        using var own = Incremental(net, image, positions, layer);
        var (activity, probabilities) = (plain.select(1, 0), plain.narrow(1, 1, net.Classes));
        var worst = Math.Max(Relative(activity, own.Activity), Relative(probabilities, own.Probabilities));
        Console.WriteLine(FormattableString.Invariant($"largest difference {worst:E1} of the largest value; the activity goes from {activity.min().item<float>():G4} to {activity.max().item<float>():G4}"));
        if (worst > 1e-5)
            throw new InvalidOperationException("the two ways disagree");

        static double Relative(Tensor expected, Tensor actual) => (expected - actual).abs().max().item<float>() / expected.abs().max().item<float>();
    }
}
