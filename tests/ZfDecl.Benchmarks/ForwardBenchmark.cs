using System.Globalization;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Benchmarks;

/// <summary>The forward pass of a network against the plain one, and against matrix products of as many multiply-adds; several in a row, as over many images.</summary>
internal static class ForwardBenchmark
{
    public const int Batch = 16, Passes = 8;

    public static void Zf8() => Measure(new Zf8(), new PlainZf8(), "forward16");

    public static void ResNet18() => Measure(new ResNet18(), new PlainResNet18(), "forward16-resnet18");

    public static void GoogLeNet() => Measure(new GoogLeNet(), new PlainGoogLeNet(), "forward16-googlenet");

    private static void Measure(ConvNet own, nn.Module<Tensor, Tensor> plain, string work)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        random.manual_seed(1);
        SameScores.Ensure(own, plain, [8, 3, 224, 224]);
        var multiplyAdds = (double)Batch * own.Info.Layers.Sum(layer => layer.MultiplyAdds);
        var side = (long)Math.Cbrt(multiplyAdds);
        var (left, right) = (randn(side, side), randn(side, side));
        var places = ChannelsLast.Of(left.reshape(1, side, side, 1));           // oneDNN, where libtorch has it, beside mm of MKL
        var filters = ChannelsLast.Of(right.reshape(side, side, 1, 1));

        using var plainWorker = new Worker(work, isPlain: true, isAsInTargets: false);
        using var worker = new Worker(work, isPlain: false, isAsInTargets: true);

        var seconds = new Paired($"{own.Info.Name}, {Passes} forward passes of {Batch} images, {get_num_threads()} threads", rounds: 9, warmUp: 1)
            .Add("plain TorchSharp", plainWorker)
            .Add("ZfDecl", worker)
            .Add($"fp32 matrix product {side}³", () => Repeat(() => left.mm(right)))
            .Add("the same as 1×1 convolution", () => Repeat(() => nn.functional.conv2d(places, filters)))
            .Run();
        var rates = seconds.Select((time, i) => 2e-9 * Passes * (i >= 2 ? Math.Pow(side, 3) : multiplyAdds) / time).ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  GFLOP/s: plain {rates[0]:F0}, ZfDecl {rates[1]:F0}, matrix product {rates[2]:F0} by mm, {rates[3]:F0} by convolution; ZfDecl reaches {rates[1] / rates[2]:P0} and {rates[1] / rates[3]:P0} of them"));
    }

    /// <summary>What one round does, on all sides.</summary>
    public static void Repeat(Func<Tensor> work)
    {
        using var noGrad = no_grad();
        for (var pass = 0; pass < Passes; pass++)
            work().Dispose();
    }
}
