using System.Runtime.InteropServices;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Layouts;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Search;
using ZfDecl.Tests;
using ZfDecl.Training;
using ZfDecl.Training.DataParallel;
using static TorchSharp.torch;

namespace ZfDecl.Benchmarks;

/// <summary>
/// Ranks of one thread each against one process of one thread: <c>-- ranks [launcher] [work …]</c>, the launcher being <c>"mpirun -n 2"</c> where left out. Needs MPI, and a core for each rank that nothing
/// else uses.
/// </summary>
internal static class RankBenchmark
{
    private const int ZfBatch = 64, SmallSteps = 24;

    /// <summary>What is timed: a round of it on a rank.</summary>
    public static IReadOnlyDictionary<string, Func<IProcessGroup, Action>> All { get; } = new Dictionary<string, Func<IProcessGroup, Action>>
    {
        ["zf8"] = Zf8Step,
        ["fashion"] = FashionSteps,
        ["search"] = Search,
        ["sum"] = Sum,
    };

    /// <summary>Measures.</summary>
    public static void Measure(string? launcher, IReadOnlyList<string> works)
    {
        launcher ??= "mpirun -n 2";
        foreach (var work in works.Count > 0 ? works : [.. All.Keys])
        {
            using var ranks = new RankWorker(work, launcher);
            if (work == "sum")
            {
                new Paired($"a sum of 62 million floats, {launcher}", rounds: 5).Add("sum", ranks.Round).Run();
                continue;
            }
            using var alone = new RankWorker(work, null);
            new Paired($"{work}, {launcher}", rounds: 7).Add("one process of one thread", alone.Round).Add("ranks of one thread each", ranks.Round).Run();
        }
    }

    // A step of the paper's network on a minibatch of 64 images that are in memory.
    private static Action Zf8Step(IProcessGroup group)
    {
        var network = new Zf8();
        var recipe = network.Info.Recipe.Train with { Batch = ZfBatch, LearningRate = 1e-4 };
        var (first, end) = new BatchPart(group.Rank, group.Size).Of(ZfBatch);
        var (images, labels) = (randn(end - first, 3, 224, 224), randint(0, 1000, end - first));
        Alike(group, network);
        var (learner, tally, agreement) = (new Learner(network, new() { Recipe = recipe, Seed = 1 }, 1_000_000, group: group), new Tally(countsTop5: false), Agreement(group));
        network.train();
        var batch = new Batch(images, labels, [.. Enumerable.Range(first, end - first)]) { WholeLabels = new long[ZfBatch] };
        return () => Learn(group, learner, batch, tally, agreement);
    }

    private static Action FashionSteps(IProcessGroup group)
    {
        var (info, network) = (Fashion.Declaration, new Fashion());
        var data = ImageFolder.Open(Repository.PathOf("specs", "data", "fashion-mnist"), new(info.Input, info.Recipe.Preprocess, 1, new SilentLog()));
        var preprocessor = new Preprocessor(info.Input, data.Train.Shape, info.Recipe.Preprocess, ImageStatistics.Measure(data.Train, info.Input, new SilentLog()));
        Alike(group, network);
        var (learner, tally, agreement) = (new Learner(network, new() { Recipe = info.Recipe.Train, Seed = 1 }, data.Train.Count, group: group), new Tally(countsTop5: false), Agreement(group));
        network.train();
        var (epoch, batch) = (0, info.Recipe.Train.Batch);
        return () =>
        {
            // The last steps of an epoch: nothing that was read ahead is left over for the next round.
            var skip = (data.Train.Count + batch - 1) / batch - SmallSteps;
            foreach (var seen in Batches.ForTraining(data.Train, preprocessor, batch, 1, ++epoch, CPU, skip, new(group.Rank, group.Size)))
            {
                using (seen)
                    Learn(group, learner, seen, tally, agreement);
            }
        };
    }

    private static Action Search(IProcessGroup group)
    {
        var (info, network) = (Fashion.Declaration, new Fashion());
        var data = ImageFolder.Open(Repository.PathOf("specs", "data", "fashion-mnist"), new(info.Input, info.Recipe.Preprocess, 1, new SilentLog()));
        var preprocessor = new Preprocessor(info.Input, data.Train.Shape, info.Recipe.Preprocess, ImageStatistics.Measure(data.Train, info.Input, new SilentLog()));
        Alike(group, network);
        network.eval();
        var search = new FeatureVisualization(network, data.Train, preprocessor, new() { Layers = ["conv1", "conv2", "conv3"] }, new SilentLog());
        return () => search.FindStrongestTogether(group);
    }

    private static unsafe Action Sum(IProcessGroup group)
    {
        const long Count = 62_000_000;
        var values = (nint)NativeMemory.AlignedAlloc((nuint)(Count * sizeof(float)), 64);
        new Span<float>((void*)values, (int)Count).Clear();
        return () => group.BeginSum(values, Count).Wait();
    }

    private static void Learn(IProcessGroup group, Learner learner, Batch batch, Tally tally, StepAgreement agreement)
    {
        if (group.IsAlone)
            learner.Learn(batch, tally, 1);
        else
            learner.LearnTogether(batch, tally, 1, agreement);
    }

    private static StepAgreement Agreement(IProcessGroup group) => new(group, () => false, CancellationToken.None);

    private static void Alike(IProcessGroup group, ConvNet network)
    {
        Initialization.Apply(network, network.Info.Recipe.Train.InitialStd);
        if (group.IsAlone)
            return;
        foreach (var tensor in network.state_dict().Values)
            TensorBroadcast.Run(group, tensor);
    }
}
