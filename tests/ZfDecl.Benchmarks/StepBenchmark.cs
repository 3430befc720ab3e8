using ZfDecl.Data;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Benchmarks;

/// <summary>A training step of ZF-8 against the plain one.</summary>
internal static class StepBenchmark
{
    public static void Measure(int batch)
    {
        NativeHeap.KeepFreedMemory();
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        using var own = new Zf8();
        using var plain = new PlainZf8();
        SameScores.Ensure(own, plain, [2, 3, 224, 224]);
        own.train();
        plain.train();
        var recipe = Zf8.Declaration.Recipe.Train;
        using var learner = new Learner(own, new() { Recipe = recipe with { Batch = batch, LearningRate = 1e-4 }, Seed = 1 }, 1_000_000);
        using var tally = new Tally(CPU, countsTop5: false);
        using var training = new PlainTraining(plain, recipe with { LearningRate = 1e-4 });
        var images = randn(batch, 3, 224, 224);
        var labels = randint(0, 1000, batch);
        using var seen = new Batch(images, labels, [.. Enumerable.Range(0, batch)]);

        new Paired($"ZF-8, training step of {batch} images, {get_num_threads()} threads", rounds: batch > 32 ? 4 : 7, warmUp: 1)
            .Add("plain TorchSharp", () => training.Step(images, labels))
            .Add("ZfDecl", () => learner.Learn(seen, tally, 1))
            .Run();
    }
}
