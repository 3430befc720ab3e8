using ZfDecl.Data.Batching;
using ZfDecl.Data.Layouts;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using ZfDecl.Runs;
using ZfDecl.Tests;
using ZfDecl.Training;
using ZfDecl.Training.Logs;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>What the trainer adds to the network's own forward and backward passes and steps on tensors at hand.</summary>
internal static class TrainerOverhead
{
    public const int LargeBatch = 32, LargeSteps = 4;

    private const int Epochs = 3;

    /// <summary>The default small network, everything included: images read ahead, sums, validation, dead maps, checkpoints, tables, TensorBoard.</summary>
    public static void Small() => Compare($"Fashion, {Epochs} epochs", "overhead", rounds: 5);

    /// <summary>Steps of ZF-8 on JPEGs of 500×375, decoded anew in each or kept in memory: reading ahead, sums, the schedule. An epoch ends too seldom to matter.</summary>
    public static void Large()
    {
        Compare($"ZF-8, {LargeSteps} steps of {LargeBatch} images that are in memory", "overhead-zf8-kept", rounds: 5);
        Compare($"ZF-8, {LargeSteps} steps of {LargeBatch} images from JPEGs", "overhead-zf8", rounds: 5);
    }

    private static void Compare(string title, string work, int rounds)
    {
        using var bare = new Worker(work, isPlain: true, isAsInTargets: true);
        using var trainer = new Worker(work, isPlain: false, isAsInTargets: true);
        var medians = new Paired($"{title}, {get_num_threads()} threads", rounds).Add("the network's own passes and steps", bare).Add("the trainer", trainer).Time();
        Console.WriteLine(FormattableString.Invariant(
            $"  the trainer adds {medians[1].Wall / medians[0].Wall - 1:P1} of the time, {medians[1].Cpu / medians[0].Cpu - 1:P1} of the processor time"));
    }

    /// <summary>A round of either side, of the small network.</summary>
    public static Action SmallWork(bool isPlain)
    {
        var info = Fashion.Declaration;
        var recipe = info.Recipe.Train with { Epochs = Epochs };
        var data = ImageFolder.Open(Repository.PathOf("specs", "data", "fashion-mnist"), new(info.Input, info.Recipe.Preprocess, 1, new SilentLog()));
        if (isPlain)
        {
            var bare = Bare(new Fashion(), recipe);
            return () =>
            {
                for (var epoch = 0; epoch < Epochs; epoch++)
                    bare(data.Train.Count, data.Validation.Count);
            };
        }
        var statistics = ImageStatistics.Measure(data.Train, info.Input, new SilentLog());
        var preprocessor = new Preprocessor(info.Input, data.Train.Shape, info.Recipe.Preprocess, statistics);
        return () =>
        {
            using var folder = new TemporaryFolder();
            using var network = new Fashion();
            using var directory = RunDirectory.OpenForTraining(folder.Path, info.Name, "overhead", new SilentLog());
            directory.Begin(info, statistics, RunRecord.Begin(info, data, 1, [], "a benchmark"));
            new Trainer(network, data, preprocessor, directory, new SilentLog()) { Watchers = [new TensorBoardLog(directory.Path)] }.Train(new() { Recipe = recipe, Seed = 1 });
        };
    }

    /// <summary>A round of either side, of ZF-8.</summary>
    /// <param name="isPlain">Which.</param>
    /// <param name="cache">How many bytes of decoded images are kept.</param>
    public static Action LargeWork(bool isPlain, long cache)
    {
        var info = Zf8.Declaration;
        var recipe = info.Recipe.Train with { Batch = LargeBatch, LearningRate = 1e-4 };
        if (isPlain)
        {
            var bare = Bare(new Zf8(), recipe);
            return () => bare(LargeSteps * LargeBatch, 0);
        }
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        Photographs.Write(folder.Path, LargeSteps * LargeBatch);
        var data = ImageFolder.Open(folder.Path, new(info.Input, info.Recipe.Preprocess, 1, new SilentLog()) { Cache = cache });
        var preprocessor = new Preprocessor(info.Input, data.Train.Shape, info.Recipe.Preprocess, ImageStatistics.Measure(data.Train, info.Input, new SilentLog()));
        var network = new Zf8();
        Initialization.Apply(network, recipe.InitialStd);
        var (learner, tally) = (new Learner(network, new() { Recipe = recipe, Seed = 1 }, 1_000_000), new Tally(countsTop5: false));
        var epoch = 0;
        return () =>
        {
            foreach (var seen in Batches.ForTraining(data.Train, preprocessor, LargeBatch, 1, ++epoch, CPU))
            {
                using (seen)
                    learner.Learn(seen, tally, epoch);
            }
        };
    }

    /// <summary>The same passes and steps without anything around them.</summary>
    /// <returns>An epoch of as many images to train on and to validate with.</returns>
    private static Action<int, int> Bare(ConvNet network, TrainingRecipe recipe)
    {
        Initialization.Apply(network, recipe.InitialStd);
        var descent = new Sgd(network.parameters(), recipe.Momentum, recipe.WeightDecay);
        var renormalization = recipe.FilterRms is { } radius ? new FilterRenormalization(network, radius) : null;
        var input = network.Info.Input;
        var (images, labels) = (randn(recipe.Batch, input.Maps, input.Height, input.Width), randint(0, network.Classes, recipe.Batch));
        return (training, validation) =>
        {
            network.train();
            foreach (var count in Sizes(training, recipe.Batch))
            {
                using var scope = NewDisposeScope();
                var loss = cross_entropy(network.call(images[..count]), labels[..count]);
                descent.ZeroGradients();
                loss.backward();
                descent.Step(1e-4);
                renormalization?.Apply();
            }
            network.eval();
            using var noGrad = no_grad();
            foreach (var count in Sizes(validation, recipe.Batch))
            {
                using var scope = NewDisposeScope();
                network.call(images[..count]);
            }
        };
    }

    /// <summary>How many images each batch has: the last one what is left.</summary>
    private static IEnumerable<int> Sizes(int images, int batch)
    {
        for (var first = 0; first < images; first += batch)
            yield return Math.Min(batch, images - first);
    }
}
