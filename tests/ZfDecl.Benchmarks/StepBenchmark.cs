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

    /// <summary>Only the code differs: the plain side gets the variables of the targets, and keeps freed memory, too.</summary>
    public static void Step32SetUpEqually()
    {
        Ensure();
        Compare("ZF-8, training step of 32 images, both set up as in the targets", "step32", rounds: 7, isPlainAsInTargets: true);
    }

    /// <summary>From files of 500×375 on; the plain side decodes an image after the other between its steps.</summary>
    public static void Step32FromJpegs()
    {
        Ensure();
        Compare($"ZF-8, {TrainerOverhead.LargeSteps} training steps of {TrainerOverhead.LargeBatch} images from JPEGs", "step32-jpeg", rounds: 5);
    }

    /// <inheritdoc cref="Step32SetUpEqually"/>
    public static void ResNet18()
    {
        using (var own = new ResNet18())
        using (var plain = new PlainResNet18())
            SameScores.Ensure(own, plain, [8, 3, 224, 224]);
        Compare("ResNet-18, training step of 32 images, both set up as in the targets", "step32-resnet18", rounds: 7, isPlainAsInTargets: true, bound: "convolutions32-resnet18");
    }

    public static void Small() => CompareSmall(isPlainAsInTargets: false);

    /// <inheritdoc cref="Step32SetUpEqually"/>
    public static void SmallSetUpEqually() => CompareSmall(isPlainAsInTargets: true);

    private static void CompareSmall(bool isPlainAsInTargets)
    {
        using (var own = new Fashion())
        using (var plain = new PlainFashion())
            SameScores.Ensure(own, plain, [16, 1, 28, 28]);
        Compare("Fashion, 24 training steps of 128 images, data pipeline included" + (isPlainAsInTargets ? ", both set up as in the targets" : ""), "small", rounds: 9, isPlainAsInTargets);
    }

    private static void Ensure()
    {
        using var own = new Zf8();
        using var plain = new PlainZf8();
        SameScores.Ensure(own, plain, [8, 3, 224, 224]);
    }

    private static void Compare(string title, string work, int rounds, bool isPlainAsInTargets = false, string? bound = null)
    {
        using var plain = new Worker(work, isPlain: true, isPlainAsInTargets);
        using var own = new Worker(work, isPlain: false, isAsInTargets: true);
        using var least = bound is null ? null : new Worker(bound, isPlain: false, isAsInTargets: true);
        var paired = new Paired($"{title}, {get_num_threads()} threads", rounds, warmUp: 2).Add("plain TorchSharp", plain).Add("ZfDecl", own);
        if (least is not null)
            paired.Add("its convolutions alone, no step is faster", least);
        paired.Run();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  peak memory: plain {plain.PeakMemory >> 20:N0} MB, ZfDecl {own.PeakMemory >> 20:N0} MB, {(double)own.PeakMemory / plain.PeakMemory:P0}"));
    }
}
