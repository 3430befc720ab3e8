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
/// Ranks of one thread each against one process of one thread, and against the model of <c>docs/cluster.md</c>: <c>-- ranks [launcher] [work …]</c>, the launcher being <c>"mpirun -n 2"</c> where left out.
/// Needs MPI, and a core for each rank that nothing else uses.
/// </summary>
internal static class RankBenchmark
{
    private const int ZfBatch = 64, SmallSteps = 24, SmallSums = 200;
    private const long SumLength = 62_000_000;

    /// <summary>What is timed: a round of it on a rank, made for the ranks that share it, or, where these are one, for the number of processes of which each does a part by itself.</summary>
    public static IReadOnlyDictionary<string, Func<IProcessGroup, int, RankWork>> All { get; } = new Dictionary<string, Func<IProcessGroup, int, RankWork>>
    {
        ["zf8"] = Zf8Step,
        ["fashion"] = FashionSteps,
        ["search"] = Search,
        ["sum"] = (group, _) => Sum(group, SumLength, 1),
        ["small-sums"] = (group, _) => Sum(group, 1, SmallSums),
    };

    /// <summary>Measures.</summary>
    public static void Measure(string? launcher, IReadOnlyList<string> works)
    {
        launcher ??= "mpirun -n 2";
        var (bandwidth, latency) = Constants(launcher);
        foreach (var work in works.Count > 0 ? works : ["zf8", "fashion", "search"])
        {
            if (work == "sum")
                continue;
            using var ranks = new RankWorker(work, launcher);
            using var apart = new RankWorker(work, launcher, isApart: true);
            using var alone = new RankWorker(work, null);
            var medians = new Paired($"{work}, {launcher}", rounds: 15).Add("one process of one thread", alone.Round).Add("ranks of one thread each", ranks.Round).Add("each its part, without a word", apart.Round).Run();
            var sending = (ranks.Last.Bytes / bandwidth) + (ranks.Last.Calls * latency);
            var (model, measured) = (medians[0] / (medians[2] + sending), medians[0] / medians[1]);
            Console.WriteLine(FormattableString.Invariant(
                $"  model: {1e3 * medians[2]:F1} ms for a part + {1e3 * sending:F1} ms for {ranks.Last.Bytes / 1e6:F2} MB in {ranks.Last.Calls:F0} messages: {model:F2}x; measured {measured:F2}x, {measured / model:P0} of it"));
            Console.WriteLine(FormattableString.Invariant($"  {ranks.Last.Reduction:P1} of the steps' time in reduction; processor time of all ranks {ranks.Last.Cpu:F3} s a round, without a word {apart.Last.Cpu:F3} s, of one process {alone.Last.Cpu:F3} s"));
        }
    }

    /// <returns>Bytes a second between two ranks, and seconds a message, as sums show them.</returns>
    private static (double Bandwidth, double Latency) Constants(string launcher)
    {
        using var sum = new RankWorker("sum", launcher);
        var large = new Paired($"a sum of 62 million floats, {launcher}", rounds: 5).Add("sum", sum.Round).Run()[0];
        using var small = new RankWorker("small-sums", launcher);
        var latency = new Paired($"{SmallSums} sums of one float, {launcher}", rounds: 5).Add("sums", small.Round).Run()[0] / SmallSums;
        Console.WriteLine(FormattableString.Invariant($"  {sum.Last.Bytes / large / 1e9:F2} GB/s, {1e6 * latency:F0} µs a message"));
        return (sum.Last.Bytes / large, latency);
    }

    // A step of the paper's network on a minibatch of 64 images that are in memory.
    private static RankWork Zf8Step(IProcessGroup group, int processes)
    {
        var network = new Zf8();
        var recipe = network.Info.Recipe.Train with { Batch = ZfBatch, LearningRate = 1e-4 };
        var (first, end) = PartOf(group, processes).Of(ZfBatch);
        var (images, labels) = (randn(end - first, 3, 224, 224), randint(0, 1000, end - first));
        Alike(group, network);
        var (learner, tally, agreement) = (new Learner(network, new() { Recipe = recipe, Seed = 1 }, 1_000_000, group: group), new Tally(countsTop5: false), Agreement(group));
        network.train();
        var batch = new Batch(images, labels, [.. Enumerable.Range(first, end - first)]) { WholeLabels = new long[ZfBatch] };
        return new(() => Learn(group, learner, batch, tally, agreement), () => learner.ReductionShare ?? 0);
    }

    private static RankWork FashionSteps(IProcessGroup group, int processes)
    {
        var (info, network) = (Fashion.Declaration, new Fashion());
        var data = ImageFolder.Open(Repository.PathOf("specs", "data", "fashion-mnist"), new(info.Input, info.Recipe.Preprocess, 1, new SilentLog()));
        var preprocessor = new Preprocessor(info.Input, data.Train.Shape, info.Recipe.Preprocess, ImageStatistics.Measure(data.Train, info.Input, new SilentLog()));
        Alike(group, network);
        var (learner, tally, agreement) = (new Learner(network, new() { Recipe = info.Recipe.Train, Seed = 1 }, data.Train.Count, group: group), new Tally(countsTop5: false), Agreement(group));
        network.train();
        var (epoch, batch) = (0, info.Recipe.Train.Batch);
        return new(() =>
        {
            // The last steps of an epoch: nothing that was read ahead is left over for the next round.
            var skip = (data.Train.Count + batch - 1) / batch - SmallSteps;
            foreach (var seen in Batches.ForTraining(data.Train, preprocessor, batch, 1, ++epoch, CPU, skip, PartOf(group, processes)))
            {
                using (seen)
                    Learn(group, learner, seen, tally, agreement);
            }
        }, () => learner.ReductionShare ?? 0);
    }

    private static RankWork Search(IProcessGroup group, int processes)
    {
        var (info, network) = (Fashion.Declaration, new Fashion());
        var data = ImageFolder.Open(Repository.PathOf("specs", "data", "fashion-mnist"), new(info.Input, info.Recipe.Preprocess, 1, new SilentLog()));
        var preprocessor = new Preprocessor(info.Input, data.Train.Shape, info.Recipe.Preprocess, ImageStatistics.Measure(data.Train, info.Input, new SilentLog()));
        Alike(group, network);
        network.eval();
        var search = new FeatureVisualization(network, data.Train, preprocessor, new() { Layers = ["conv1", "conv2", "conv3"] }, new SilentLog());
        return new(() =>
        {
            if (group.IsAlone)
                search.FindStrongest(new Shard(1, processes));
            else
                search.FindStrongestTogether(group);
        });
    }

    private static unsafe RankWork Sum(IProcessGroup group, long count, int times)
    {
        var values = (nint)NativeMemory.AlignedAlloc((nuint)(count * sizeof(float)), 64);
        new Span<float>((void*)values, (int)count).Clear();
        return new(() =>
        {
            for (var i = 0; i < times; i++)
                group.BeginSum(values, count).Wait();
        });
    }

    private static BatchPart PartOf(IProcessGroup group, int processes) => group.IsAlone ? new(0, processes) : new(group.Rank, group.Size);

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
