using ZfDecl.Models;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Benchmarks;

/// <summary>What it costs to record each image by itself, which keeps the same bits of an image in every batch, against recording a batch in one go.</summary>
internal static class RecordingBenchmark
{
    private const int Rounds = 7, WarmUp = 1;

    public static void Measure()
    {
        random.manual_seed(5);
        using var fashion = new Fashion();
        using var zf8 = new Zf8();
        Compare(fashion, 128);
        Compare(fashion, 16);
        Compare(zf8, 16);
    }

    private static void Compare(ConvNet net, int count)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        net.eval();
        var input = net.Info.Input;
        var images = randn(count, input.Maps, input.Height, input.Width);
        var convs = net.Info.Layers.Where(layer => layer.Kind == "conv").Select(layer => layer.Readout).ToHashSet();
        new Paired($"{net.Info.Name}, {count} images, {get_num_threads()} threads", Rounds, WarmUp)
            .Add("recorded in one go", () => net.RecordTogether(images).Dispose())
            .Add("recorded one by one", () => net.Record(images).Dispose())
            .Add("forward pass in one go", () => net.call(images).Dispose())
            .Add("searched one by one, up to the last conv", () => net.ForwardWithHooks(images, convs, (_, _, _) => { }))
            .Run();
    }
}
