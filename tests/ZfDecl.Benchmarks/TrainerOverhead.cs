using ZfDecl.Data;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Reporting;
using ZfDecl.Runs;
using ZfDecl.Tests;
using ZfDecl.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>
/// An epoch of the default small network as the trainer runs it (images read ahead, sums, validation, dead maps, checkpoint, tables, TensorBoard) against
/// the same forward and backward passes and steps on tensors at hand.
/// </summary>
internal static class TrainerOverhead
{
    public static void Measure()
    {
        using var bare = new Worker("overhead", isPlain: true, isAsInTargets: true);
        using var trainer = new Worker("overhead", isPlain: false, isAsInTargets: true);
        var seconds = new Paired($"Fashion, an epoch, {get_num_threads()} threads", rounds: 7).Add("the network's own passes and steps", bare.Round).Add("the trainer", trainer.Round).Run();
        Console.WriteLine(FormattableString.Invariant($"  the trainer adds {seconds[1] / seconds[0] - 1:P1}"));
    }

    /// <summary>A round of either side.</summary>
    public static Action Work(bool isPlain)
    {
        var info = Fashion.Declaration;
        var recipe = info.Recipe.Train with { Epochs = 1 };
        var data = ImageFolder.Open(Repository.PathOf("specs", "data", "fashion-mnist"), info.Input, info.Recipe.Preprocess, 1, new SilentLog());
        var statistics = ImageStatistics.Measure(data.Train, info.Input, new SilentLog());
        return isPlain ? Bare(recipe, data) : Trained(info, recipe, data, statistics);
    }

    private static Action Trained(NetworkInfo info, TrainingRecipe recipe, ImageData data, ImageStatistics statistics)
    {
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

    private static Action Bare(TrainingRecipe recipe, ImageData data)
    {
        var network = new Fashion();
        Initialization.Apply(network, recipe.InitialStd);
        var descent = new Sgd(network.parameters(), recipe.Momentum, recipe.WeightDecay);
        var renormalization = recipe.FilterRms is { } radius ? new FilterRenormalization(network, radius) : null;
        var (images, labels) = (randn(recipe.Batch, 1, 28, 28), randint(0, 10, recipe.Batch));
        return () =>
        {
            network.train();
            foreach (var count in Sizes(data.Train.Count, recipe.Batch))
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
            foreach (var count in Sizes(data.Validation.Count, recipe.Batch))
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
