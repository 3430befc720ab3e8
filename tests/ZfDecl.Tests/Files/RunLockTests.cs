using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Runs;
using ZfDecl.Tests.Training;

namespace ZfDecl.Tests.Files;

/// <summary>A run stays where it is while somebody looks at it.</summary>
[Collection(Alone.Name)]
public sealed class RunLockTests : IDisposable
{
    private readonly SmallTraining training = new();

    private string Run => training.PathOf("run").TrimEnd(Path.DirectorySeparatorChar);

    public void Dispose() => training.Dispose();

    [Fact]
    public void ANewTrainingDoesNotMoveARunAsideThatIsLookedAt()
    {
        var recipe = SmallTraining.Recipe with { Epochs = 1 };
        training.Train("run", recipe);
        using (RunLock.Look(Run))
        using (RunLock.Look(Run))                                       // by two at once
        {
            var refusal = Assert.Throws<ZfDeclException>(() => training.Train("run", recipe));
            Assert.Equal("ZF1205", refusal.Code);
            Assert.Contains("looking at", refusal.Message, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Run + ".1"));
        }
        training.Train("run", recipe);
        Assert.True(Directory.Exists(Run + ".1"));
    }

    [Fact]
    public void ATrainingThatGoesOnMayBeLookedAt()
    {
        var recipe = SmallTraining.Recipe with { Epochs = 2 };
        training.TrainAndStop("run", 15, recipe);
        using var looking = RunLock.Look(Run);
        training.Train("run", recipe);
        Assert.NotNull(RunRecord.Read(training.PathOf("run", "run.json")).Finished);
    }
}
