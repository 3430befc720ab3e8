using ZfDecl.Runs;

namespace ZfDecl.Tests.Training;

public sealed class BestEpochTests
{
    [Fact]
    public void OfEpochsWithEqualErrorsTheOneWithTheLowestLossIsKept() =>
        Assert.Equal(3, EpochMetrics.Best([Epoch(1, 0.4, 1.1), Epoch(2, 0.2, 0.9), Epoch(3, 0.2, 0.5), Epoch(4, 0.2, 0.5), Epoch(5, 0.3, 0.1)])!.Epoch);

    [Fact]
    public void PatienceCountsFromTheFirstEpochWithTheLowestError()
    {
        var progress = new TrainingProgress { Steps = 4, Epochs = [Epoch(1, 0.4, 1.1), Epoch(2, 0.2, 0.9), Epoch(3, 0.2, 0.8)], Layers = [], Partial = null, Seconds = 1 };
        Assert.Equal((3, 2, 1), (progress.Best!.Epoch, progress.Lowest!.Epoch, progress.EpochsSinceLowest));
    }

    private static EpochMetrics Epoch(int epoch, double error, double loss) => new(epoch, 0.1, 1, 0.5, loss, error, 0, 100, 1);
}
