using ZfDecl.Networks.Recipes;
using ZfDecl.Training;

namespace ZfDecl.Tests.Training;

public sealed class LearningRateScheduleTests
{
    private static LearningRateSchedule Schedule(Annealing anneal, int epochs, long stepsPerEpoch, double warmUp = 0) =>
        new(SmallNet.Training with { LearningRate = 0.4, Anneal = anneal, Epochs = epochs, WarmUp = warmUp }, stepsPerEpoch);

    [Fact]
    public void AConstantRateStays()
    {
        var schedule = Schedule(Annealing.Constant, 2, 10);

        Assert.Equal(0.4, schedule.At(0));
        Assert.Equal(0.4, schedule.At(19));
    }

    [Fact]
    public void WarmUpRisesLinearlyOverAFractionOfEpochs()
    {
        var schedule = Schedule(Annealing.Constant, 2, 10, warmUp: 0.4);      // 4 steps

        Assert.Equal([0.1, 0.2, 0.3, 0.4, 0.4], Enumerable.Range(0, 5).Select(step => Math.Round(schedule.At(step), 12)));
    }

    [Fact]
    public void ACosineFallsFromTheFullRateToZeroAtTheEnd()
    {
        var schedule = Schedule(Annealing.Cosine, 2, 6);                        // 12 steps

        Assert.Equal(0.4, schedule.At(0), 12);
        Assert.Equal(0.3, schedule.At(4), 12);                                  // 0.4 · (1 + cos 60°) / 2
        Assert.Equal(0.2, schedule.At(6), 12);                                  // half way: cos 90° = 0
        Assert.Equal(0.1, schedule.At(8), 12);                                  // cos 120° = −½
        Assert.Equal(0, schedule.At(12), 12);
    }

    [Fact]
    public void ACosineAfterAWarmUpStartsWhereTheWarmUpEnds()
    {
        var schedule = Schedule(Annealing.Cosine, 2, 4, warmUp: 0.5);          // 8 steps, 2 of them warm-up

        Assert.Equal(0.2, schedule.At(0), 12);
        Assert.Equal(0.4, schedule.At(1), 12);
        Assert.Equal(0.4, schedule.At(2), 12);
        Assert.Equal(0.3, schedule.At(4), 12);                                  // a third of the way: cos 60°
        Assert.Equal(0, schedule.At(8), 12);
    }

    [Fact]
    public void StepsDivideByTenAfterEachThirdOfTheEpochs()
    {
        var schedule = Schedule(Annealing.Step, 6, 5);                          // 30 steps

        int[] steps = [0, 9, 10, 19, 20, 29];
        Assert.Equal([0.4, 0.4, 0.04, 0.04, 0.004, 0.004], steps.Select(step => Math.Round(schedule.At(step), 12)));
    }

    [Fact]
    public void APlateauOfThreeEpochsDividesByTen()
    {
        var schedule = Schedule(Annealing.Plateau, 20, 5);
        double[] errors = [0.5, 0.4, 0.4, 0.45, 0.4, 0.5, 0.39, 0.39, 0.39, 0.39];
        double[] expected = [0.4, 0.4, 0.4, 0.4, 0.04, 0.04, 0.04, 0.04, 0.04, 0.004];
        foreach (var (error, rate) in errors.Zip(expected))
        {
            schedule.EndEpoch(error);
            Assert.Equal(rate, schedule.At(0), 12);
        }
    }

    [Fact]
    public void OnlyAPlateauListensToTheError()
    {
        var schedule = Schedule(Annealing.Constant, 20, 5);
        for (var epoch = 0; epoch < 9; epoch++)
            schedule.EndEpoch(0.5);

        Assert.Equal(0.4, schedule.At(50));
    }
}
