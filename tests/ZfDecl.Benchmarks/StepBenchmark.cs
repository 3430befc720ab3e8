using System.Globalization;
using ZfDecl.Models;
using static TorchSharp.torch;

namespace ZfDecl.Benchmarks;

/// <summary>Training steps and their memory, against the plain ones, each side in a process of its own.</summary>
internal static class StepBenchmark
{
    public static void Steps()
    {
        Ensure();
        Compare("ZF-8, training step of 32 images", "step32", rounds: 7);
        Compare("ZF-8, training step of 128 images", "step128", rounds: 3);
    }

    public static void Small()
    {
        using (var own = new Fashion())
        using (var plain = new PlainFashion())
            SameScores.Ensure(own, plain, [16, 1, 28, 28]);
        Compare("Fashion, 24 training steps of 128 images, data pipeline included", "small", rounds: 9);
    }

    private static void Ensure()
    {
        using var own = new Zf8();
        using var plain = new PlainZf8();
        SameScores.Ensure(own, plain, [8, 3, 224, 224]);
    }

    private static void Compare(string title, string work, int rounds)
    {
        using var plain = new Worker(work, isPlain: true);
        using var own = new Worker(work, isPlain: false);
        new Paired($"{title}, {get_num_threads()} threads", rounds, warmUp: 2).Add("plain TorchSharp", plain.Round).Add("ZfDecl", own.Round).Run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  peak memory: plain {plain.PeakMemory >> 20:N0} MB, ZfDecl {own.PeakMemory >> 20:N0} MB, {(double)own.PeakMemory / plain.PeakMemory:P0}"));
    }
}
