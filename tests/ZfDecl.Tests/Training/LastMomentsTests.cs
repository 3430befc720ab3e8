using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Tests.Data;
using ZfDecl.Training;
using ZfDecl.Training.Logs;

namespace ZfDecl.Tests.Training;

/// <summary>A training that is killed when its result is there, and not yet all that comes after.</summary>
[Collection(Alone.Name)]
public sealed class LastMomentsTests : IDisposable
{
    private readonly SmallTraining training = new();
    private readonly CapturedLog log = new();

    public void Dispose() => training.Dispose();

    [Theory]
    [InlineData("curves.png")]
    [InlineData("curves.svg")]
    public void MissingCurvesOfAFinishedRunAreDrawnFromItsMetrics(string missing)
    {
        var record = Finished();
        var length = new FileInfo(training.PathOf("run", missing)).Length;
        File.Delete(training.PathOf("run", missing));

        Assert.True(Complete(record));
        Assert.InRange(new FileInfo(training.PathOf("run", missing)).Length, length - 100, length + 100);       // the numbers of an SVG's clips differ
        Assert.Contains("drawn from metrics.csv", Assert.Single(log.Said), StringComparison.Ordinal);
        Assert.False(Complete(record));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("safetensors")]
    public void ACheckpointThatWasNotDeletedYetIsDeletedAndTheRunStays(string ending)
    {
        var record = Finished();
        var left = training.PathOf("run", $"checkpoints/state-0002-00000000.{ending}");
        File.WriteAllText(left, "{}");
        var weights = training.Weights("run");

        Assert.True(Complete(record));
        Assert.False(File.Exists(left));
        Assert.Equal(weights, training.Weights("run"));
    }

    [Fact]
    public void AnotherTrainingIsNotCompleted()
    {
        var record = Finished();
        File.Delete(training.PathOf("run", "curves.png"));
        Assert.False(Complete(record with { Seed = record.Seed + 1 }));
    }

    [Fact]
    public void ARunIsFinishedOnlyWhenItsCurvesAreThere()
    {
        var failing = new Failing();
        Assert.Throws<ZfDeclException>(() => training.Train("run", SmallTraining.Recipe with { Epochs = 1 }, watcher: failing));
        Assert.Null(RunRecord.Read(training.PathOf("run", "run.json")).Finished);

        failing.Fails = false;
        training.Train("run", SmallTraining.Recipe with { Epochs = 1 }, watcher: failing);
        Assert.NotNull(RunRecord.Read(training.PathOf("run", "run.json")).Finished);
        Assert.Equal(1, failing.Epochs);                                // nothing was learned twice
    }

    private RunRecord Finished()
    {
        training.Train("run", SmallTraining.Recipe with { Epochs = 2 });
        new TrainingCurves("Small", MetricsFile.Read(training.PathOf("run"))!).Write(training.PathOf("run"));
        return RunRecord.Read(training.PathOf("run", "run.json"));
    }

    private bool Complete(RunRecord now) => LastMoments.Complete(training.PathOf("run").TrimEnd('/'), "Small", now, SmallNet.Declaration.ResolvedSpec, log);

    private sealed class Failing : ITrainingWatcher
    {
        public bool Fails { get; set; } = true;

        public int Epochs { get; private set; }

        public void Reached(TrainingProgress progress, ConvNet network) => Epochs = progress.Epochs.Count;

        public void Ended(TrainingProgress progress)
        {
            if (Fails)
                throw FileFailure.CannotWrite("curves.png", new IOException("No space left on device", 28));
        }
    }
}
