using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Studies.Classifiers;
using ZfDecl.Studies.Comparison;
using ZfDecl.Studies.Transfer;
using ZfDecl.Tests.Data;
using ZfDecl.Tests.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Distributed;

/// <summary>What several ranks measure and compute together, against one process.</summary>
[Collection(Alone.Name)]
public sealed class SharedStudyTests : IDisposable
{
    private const int ManyImages = 1100;            // features of which are three files

    private readonly TemporaryFolder folder = new();
    private readonly ImageData data = SmallData.Create(train: ManyImages, validation: 90);

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void StatisticsMeasuredInPartsAreThoseOfOneProcessToTheBitAndRank0KeepsThem()
    {
        var expected = SmallData.Statistics(data);
        var logs = Enumerable.Range(0, 3).Select(_ => new CapturedLog()).ToArray();
        var first = RanksInThreads.Run(3, Measure);
        var second = RanksInThreads.Run(3, Measure);

        Assert.All(first.Concat(second), one => Assert.Equal((expected.Mean, expected.ChannelMean, expected.ChannelDeviation), (one.Mean, one.ChannelMean, one.ChannelDeviation), new Bits()));
        Assert.Single(Directory.GetFiles(folder["rank0"]));
        Assert.False(Directory.Exists(folder["rank1"]));
        Assert.Single(logs.SelectMany(log => log.Said), line => line.Contains("were measured before", StringComparison.Ordinal));

        ImageStatistics Measure(IProcessGroup group) =>
            new StatisticsCache(folder[$"rank{group.Rank}"]).Of(data, SmallNet.Declaration.Input, logs[group.Rank], group);
    }

    [Fact]
    public void FeaturesAndRowsThatRanksTakeAreThoseOfOneProcess()
    {
        var alone = Study(AloneGroup.Instance, "alone");
        var ranks = RanksInThreads.Run(3, group => Study(group, "ranks"));

        Assert.Equal(8, alone.Count);                   // 2 methods × 2 rows × 2 folds
        Assert.Equal(alone.Select(Number), ranks[0].Select(Number));
        Assert.All(ranks[1..], Assert.Empty);
        var files = Directory.GetFiles(folder["alone"], "0*.safetensors", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder["alone"], file)).ToArray();
        Assert.Equal(6, files.Length);                  // 2 layers in 3 files
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(folder["alone", file]), File.ReadAllBytes(folder["ranks", file])));

        var again = RanksInThreads.Run(2, group => Study(group, "ranks"));
        Assert.Equal(ranks[0], again[0]);               // with the seconds: nothing is done twice
    }

    private IReadOnlyList<FewShotRow> Study(IProcessGroup group, string name)
    {
        set_num_threads(1);                             // of this thread
        var images = new ConcatImageSet(data);
        using var network = Network();
        var protocol = new FewShotProtocol(images, new HashSet<int>(), new() { PerClass = [3, 200], Folds = 2, MostTestImages = 150 }, new SilentLog());
        LayerInfo[] layers = [SmallNet.Declaration.Layer("conv1"), SmallNet.Declaration.Layer("pool1")];
        var features = LayerFeatures.Open(new(network, images, data.Hash, SmallData.Preprocessor(data)), layers, [.. Enumerable.Range(0, images.Count)], folder[name], new SilentLog(), group: group);
        using var directory = group.Rank > 0 ? null : new StudyDirectory<FewShotRow>(folder[name, "study"], new()
        {
            Study = "Transfer",
            Networks = [new("Small", SmallNet.Declaration.SpecHash, "untrained", null)],
            Seed = 0,
            DataHash = data.Hash,
            Data = data.Description,
            Settings = [],
            CommandLine = "",
        }, new SilentLog());
        IFewShotMethod[] methods = [new FixedFeatures([features[0]], LinearClassifierKind.Svm, new SilentLog()), new FixedFeatures(features, LinearClassifierKind.Softmax, new SilentLog())];
        var rows = new FewShotStudy(protocol, methods, directory, new SilentLog(), group).Run(CancellationToken.None);
        foreach (var layer in features)
            layer.Dispose();
        return rows;
    }

    // With weights of no generator, which threads would share.
    private static SmallNet Network()
    {
        using var noGrad = no_grad();
        var network = new SmallNet();
        foreach (var (index, parameter) in network.parameters().Index())
        {
            var random = new Random(index);
            parameter.copy_(tensor(Enumerable.Range(0, (int)parameter.numel()).Select(_ => random.NextSingle() - 0.5f).ToArray()).reshape(parameter.shape));
        }
        network.eval();
        return network;
    }

    private static (string, double, string) Number(FewShotRow row) => (row.Key, row.Accuracy, row.Note);

    private sealed class Bits : IEqualityComparer<(float[], float[], float[])>
    {
        public bool Equals((float[], float[], float[]) one, (float[], float[], float[]) other) =>
            one.Item1.SequenceEqual(other.Item1) && one.Item2.SequenceEqual(other.Item2) && one.Item3.SequenceEqual(other.Item3);

        public int GetHashCode((float[], float[], float[]) one) => 0;
    }
}
