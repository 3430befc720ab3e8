using System.Collections.Concurrent;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Networks.Recipes;
using ZfDecl.Training.DataParallel;

namespace ZfDecl.Tests.Distributed;

[Collection(Alone.Name)]
public class DataParallelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void RanksLearnWhatOneProcessDoes(int size) => IsAsAlone(size, group => SharedSteps.Take(group));

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void SoTheyDoWithBatchNormalisationOverTheWholeMinibatch(int size) => IsAsAlone(size, group => SharedSteps.Take(group, hasNorm: true, syncs: true));

    [Fact]
    public void SoTheyDoWhereClassesWeighDifferently()
    {
        var recipe = SharedSteps.Recipe with { ClassWeights = ClassWeighting.Balanced };
        IsAsAlone(3, group => SharedSteps.Take(group, recipe: recipe, images: 59));
    }

    [Fact]
    public void SoTheyDoWhereTheLastMinibatchHasFewerImagesThanRanks() => IsAsAlone(4, group => SharedSteps.Take(group, images: 58));

    [Fact]
    public void LargeConvolutionsAreSummedWhileTheBackwardPassStillRuns()
    {
        var begun = new ConcurrentQueue<(long Count, bool IsUnderWay)>();
        IsAsAlone(3, group =>
        {
            var metered = new MeteredGroup(group);
            return SharedSteps.Take(group.IsAlone ? group : metered, images: 14, isWide: true,
                begins: network => metered.SumBegins = count => begun.Enqueue((count, network.conv1.weight.grad is null)));
        });
        // A step of three ranks, each with wide2 before wide1, whose gradient comes last but for conv1's; then all that is small.
        Assert.Equal(3 * 3, begun.Count);
        Assert.Equal(6, begun.Count(one => one == (73_728, true)));
        Assert.Equal(3, begun.Count(one => one.Count < 65_536 && !one.IsUnderWay));
    }

    [Fact]
    public void BatchNormalisationOfEachPartAloneIsAnotherComputationWithTheSameWeightsOnAllRanks()
    {
        var (alone, _) = SharedSteps.Take(AloneGroup.Instance, hasNorm: true);
        var ranks = RanksInThreads.Run(2, group => SharedSteps.Take(group, hasNorm: true));
        Assert.Equal(ranks[0].Weights, ranks[1].Weights);
        Assert.InRange(Distance(alone, ranks[0].Weights), 1e-5, 1);
    }

    [Fact]
    public void DropoutDoesNotDependOnTheNumberOfRanks()
    {
        var one = RanksInThreads.Run(1, group => SharedSteps.Take(group, rate: 0.5))[0];
        var four = RanksInThreads.Run(4, group => SharedSteps.Take(group, rate: 0.5))[0];
        Assert.InRange(Distance(one.Weights, four.Weights), 0, 1e-5);
        Assert.InRange(Distance(one.Weights, SharedSteps.Take(AloneGroup.Instance).Weights), 1e-4, 10);
    }

    [Fact]
    public void TheSameRanksEndWithTheSameBits()
    {
        var runs = Enumerable.Range(0, 2).Select(_ => RanksInThreads.Run(3, group => SharedSteps.Take(group, hasNorm: true, rate: 0.5))).ToArray();
        Assert.All(runs.SelectMany(run => run), rank => Assert.Equal(runs[0][0].Weights, rank.Weights));
    }

    [Theory]
    [InlineData(64, 9216, 4096, true)]          // fc6 of Zeiler & Fergus: 0.9 of 37.7 million values
    [InlineData(128, 3136, 256, true)]          // 0.43 of 0.80 million
    [InlineData(128, 256, 10, false)]
    public void DenseLayersExchangeInputsWhereTheseAreFewerThanWeights(int batch, int below, int units, bool pays) => Assert.Equal(pays, DenseExchange.Pays(batch, below, units));

    [Fact]
    public void ARankWithOtherImagesIsNamed()
    {
        var errors = RanksInThreads.Try(3, (group, _) =>
        {
            RankAgreement.Check(group, ("program", "1.0"), ("hash of the images", group.Rank == 2 ? "b" : "a"));
            return 0;
        });
        Assert.All(errors, one => Assert.Equal(("ZF1567", true), one.Error?.SourceException is ZfDeclException error
            ? (error.Code, error.Message.StartsWith("rank 2 on host host2 has another hash of the images than rank 0 on host host0: b, not a.", StringComparison.Ordinal)) : default));
    }

    private static void IsAsAlone(int size, Func<IProcessGroup, (float[] Weights, double Loss)> take)
    {
        var alone = take(AloneGroup.Instance);
        var ranks = RanksInThreads.Run(size, take);
        Assert.All(ranks, rank => Assert.Equal(ranks[0].Weights, rank.Weights));
        Assert.InRange(Distance(alone.Weights, ranks[0].Weights), 0, 1e-5);
        Assert.Equal(alone.Loss, ranks[0].Loss, 1e-3);
    }

    private static double Distance(float[] one, float[] other) => one.Zip(other, (a, b) => (double)Math.Abs(a - b)).Max();
}
