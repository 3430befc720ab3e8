using ZfDecl.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Tests.Training;

public class TallyTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(40)]
    public void WhatIsCountedInMemoryIsWhatTensorOperationsCount(int classes)
    {
        // Float64 scores take the way of tensor operations, as those on a GPU do.
        using var scope = NewDisposeScope();
        var scores = randn([200, classes], generator: new Generator(1));
        var labels = randint(0, classes, [200], ScalarType.Int64, generator: new Generator(2));
        using var counted = new Tally(countsTop5: true);
        using var computed = new Tally(countsTop5: true);
        foreach (var (from, to) in ((int, int)[])[(0, 128), (128, 200)])
        {
            counted.Add(cross_entropy(scores[from..to], labels[from..to]), scores[from..to], labels[from..to]);
            computed.Add(cross_entropy(scores[from..to], labels[from..to]), scores[from..to].to(ScalarType.Float64), labels[from..to]);
        }
        Assert.Equal(computed.Read(), counted.Read());
        Assert.Equal(200, counted.Read().Images);
    }

    [Fact]
    public void OfEqualScoresTheEarlierClassComesFirst()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new float[,] { { 1, 1, 0 }, { 1, 1, 0 }, { 0, 0, 0 } });
        using var tally = new Tally(countsTop5: true);
        tally.Add(tensor(0.5f), scores, tensor(new long[] { 0, 1, 2 }));
        Assert.Equal(new Tally.Sums(3, 1.5, 1, 3), tally.Read());
    }

    [Fact]
    public void ItGoesOnFromWhatWasSummedBefore()
    {
        using var scope = NewDisposeScope();
        using var tally = new Tally(countsTop5: false, new(10, 4, 6, 0));
        tally.Add(tensor(1f), tensor(new float[,] { { 1, 2 }, { 2, 1 } }), tensor(new long[] { 1, 1 }));
        Assert.Equal(12, tally.Read().Images);
        Assert.Equal(0.5, tally.Read().Loss, 12);
        Assert.Equal(5.0 / 12, tally.Read().Top1Error, 12);
    }
}
