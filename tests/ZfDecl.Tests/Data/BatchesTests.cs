using TorchSharp;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Tests.Data;

/// <summary>Alone, because these tests count live tensors.</summary>
[Collection(Alone.Name)]
public class BatchesTests
{
    private static readonly FeatureShape Shape = new(2, 9, 10);
    private static readonly ImageStatistics NoStatistics = new() { Mean = [], ChannelMean = [], ChannelDeviation = [] };
    private static readonly Preprocessor Plain = new(Shape, Shape, Recipes.Plain, NoStatistics);
    private static readonly Preprocessor Varied =
        new(Shape, Shape, Recipes.Plain with { Augment = Augmentation.Flip | Augmentation.Shift, Shift = 2 }, NoStatistics);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void InOrderYieldsEveryImageAsEvaluationSeesIt(bool slow)
    {
        using var set = new SyntheticSet(Shape, 11, slow);
        var sizes = new List<int>();
        var next = 0;
        foreach (var batch in Batches.InOrder(set, Plain, 4, torch.CPU))
        {
            using var owned = batch;
            Assert.Equal([batch.Indices.Count, 2, 9, 10], batch.Images.shape);
            Assert.Equal(batch.Indices.Select(index => (long)set.Label(index)), batch.Labels.data<long>().ToArray());
            Assert.Equal(batch.Indices.SelectMany(set.Pixels).Select(pixel => (float)pixel), batch.Images.data<float>().ToArray());
            Assert.Equal(Enumerable.Range(next, batch.Indices.Count), batch.Indices);
            next += batch.Indices.Count;
            sizes.Add(batch.Indices.Count);
        }
        Assert.Equal([4, 4, 3], sizes);
    }

    [Fact]
    public void ATrainingEpochHoldsEveryImageOnceInAnOrderOfItsOwn()
    {
        using var set = new SyntheticSet(Shape, 50);
        var (first, second, again) = (Order(set, epoch: 0), Order(set, epoch: 1), Order(set, epoch: 0));
        Assert.Equal(Enumerable.Range(0, 50), first.Order());
        Assert.Equal(Enumerable.Range(0, 50), second.Order());
        Assert.NotEqual(first, second);
        Assert.Equal(first, again);
    }

    [Fact]
    public void AnImageIsVariedTheSameWhateverItsBatchAndThread()
    {
        using var quick = new SyntheticSet(Shape, 40);
        using var slow = new SyntheticSet(Shape, 40, slow: true);
        Assert.Equal(ImagesByIndex(quick, 7), ImagesByIndex(slow, 16));
    }

    [Fact]
    public void WhatGoesWrongInTheBackgroundReachesTheConsumerAsItIs()
    {
        using var set = new SyntheticSet(Shape, 40, slow: true, failsAt: 25);
        var before = torch.Tensor.TotalCount;
        var batches = 0;
        var failure = Assert.Throws<ZfDeclException>(() =>
        {
            foreach (var batch in Batches.InOrder(set, Plain, 10, torch.CPU))
            {
                batch.Dispose();
                batches++;
            }
        });
        Assert.Equal("ZF1133", failure.Code);
        Assert.Equal(2, batches);
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void LeavingEarlyStopsTheThreadAndFreesWhatWasReadAhead()
    {
        using var set = new SyntheticSet(Shape, 1000);
        var before = torch.Tensor.TotalCount;
        foreach (var batch in Batches.ForTraining(set, Varied, 2, seed: 0, epoch: 0, torch.CPU))
        {
            batch.Dispose();
            break;
        }
        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void BatchesBelongToNoDisposeScope()
    {
        using var set = new SyntheticSet(Shape, 4);
        using var enumerator = Batches.InOrder(set, Plain, 4, torch.CPU).GetEnumerator();
        using (torch.NewDisposeScope())
            Assert.True(enumerator.MoveNext());
        using var batch = enumerator.Current;
        Assert.False(batch.Images.IsInvalid);
        Assert.Equal(4, batch.Labels.NumberOfElements);
    }

    [Fact]
    public void ABatchOfNoImagesIsRefusedBeforeTheFirstIsAskedFor()
    {
        using var set = new SyntheticSet(Shape, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => Batches.InOrder(set, Plain, 0, torch.CPU));
    }

    [Fact]
    public void ABatchOfMoreThanTwoGigabytesIsRefusedBeforeTheFirstIsAskedFor()
    {
        // 3·224·224 numbers of 4 bytes: 3566 images stay below 2³¹ bytes, 3567 do not.
        var shape = new FeatureShape(3, 224, 224);
        var plain = new Preprocessor(shape, shape, Recipes.Plain, NoStatistics);
        using var set = new SyntheticSet(shape, 5000);
        _ = Batches.InOrder(set, plain, 3566, torch.CPU);
        var failure = Assert.Throws<ZfDeclException>(() => Batches.InOrder(set, plain, 3567, torch.CPU));
        Assert.Equal("ZF1160", failure.Code);
        Assert.EndsWith("use at most 3566", failure.Message, StringComparison.Ordinal);
        using var few = new SyntheticSet(shape, 10);
        _ = Batches.ForTraining(few, plain, 65536, seed: 0, epoch: 0, torch.CPU);
    }

    private static int[] Order(ImageSet set, int epoch)
    {
        var order = new List<int>();
        foreach (var batch in Batches.ForTraining(set, Varied, 8, seed: 1, epoch, torch.CPU))
        {
            using (batch)
                order.AddRange(batch.Indices);
        }
        return [.. order];
    }

    private static float[][] ImagesByIndex(ImageSet set, int size)
    {
        var images = new float[set.Count][];
        foreach (var batch in Batches.ForTraining(set, Varied, size, seed: 1, epoch: 2, torch.CPU))
        {
            using var owned = batch;
            var values = batch.Images.data<float>().ToArray();
            for (var i = 0; i < batch.Indices.Count; i++)
                images[batch.Indices[i]] = values[(i * (int)Shape.Count)..((i + 1) * (int)Shape.Count)];
        }
        return images;
    }
}
