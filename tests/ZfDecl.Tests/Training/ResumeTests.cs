using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks.Recipes;
using ZfDecl.Runs;
using ZfDecl.Tests.Files;

using static TorchSharp.torch;

namespace ZfDecl.Tests.Training;

[Collection(Alone.Name)]
public sealed class ResumeTests : IDisposable
{
    // 60 training images are 8 steps of 8, 30 validation images 4 batches: the bars advance 12 times an epoch, 48 times in 4 epochs.
    private const int AdvancesAnEpoch = 12;

    private readonly SmallTraining training = new();
    private readonly int threads = get_num_threads();

    // One thread: so small a network only waits for a second one.
    public ResumeTests() => set_num_threads(1);

    public void Dispose()
    {
        training.Dispose();
        set_num_threads(threads);
    }

    [Theory]
    [InlineData(1)]                                                     // after the first step
    [InlineData(5)]                                                     // in the middle of an epoch
    [InlineData(8)]                                                     // all learned, nothing validated
    [InlineData(10)]                                                    // while validating
    [InlineData(AdvancesAnEpoch)]                                       // at the end of an epoch
    [InlineData(2 * AdvancesAnEpoch + 3)]
    [InlineData(3 * AdvancesAnEpoch + 7)]
    public void AStoppedRunGoesOnToTheSameWeightsByteForByte(int advances)
    {
        var whole = training.Train("whole");
        Assert.True(training.TrainAndStop("stopped", advances).Stopped);
        var result = training.Train("stopped");

        Assert.False(result.Stopped);
        Assert.StartsWith("going on ", training.Log.Lines[0], StringComparison.Ordinal);
        AssertSame("whole", "stopped");
        Assert.Equal(Timeless(whole.Best!), Timeless(result.Best!));
    }

    [Fact]
    public void ARunStoppedBeforeItsFirstStepStartsAgainInItsFolder()
    {
        Assert.True(training.Train("run", stop: new(canceled: true)).Stopped);
        Assert.Equal(["stopped before the first step: nothing is kept"], training.Log.Lines);
        training.Train("run");

        Assert.False(Directory.Exists(training.PathOf("run.1")));
    }

    [Fact]
    public void AStoppedRunSaysWhatIsKeptAndWhereItGoesOn()
    {
        training.TrainAndStop("run", AdvancesAnEpoch + 3);
        Assert.StartsWith("stopped after step 11: the weights of epoch 1 (validation error ", training.Log.Lines[^2], StringComparison.Ordinal);
        Assert.Equal("a checkpoint holds epoch 2 of 4, after 3 of its 8 steps", training.Log.Lines[^1]);
        training.Train("run");

        Assert.Equal("going on in epoch 2 of 4, after 3 of its 8 steps", training.Log.Lines[0]);
        Assert.StartsWith("kept so far: the weights of epoch 1, validation error ", training.Log.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void ARunStoppedInItsFirstEpochDoesNotSpeakOfValidatedWeights()
    {
        training.TrainAndStop("run", 3);
        Assert.StartsWith("stopped in the first epoch: the weights after step 3, not validated, are kept in ", training.Log.Lines[^2], StringComparison.Ordinal);
        Assert.Equal("a checkpoint holds epoch 1 of 4, after 3 of its 8 steps", training.Log.Lines[^1]);
        training.Train("run");

        Assert.DoesNotContain(training.Log.Lines, line => line.StartsWith("kept so far", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatIsTheSameInEachEpochIsSaidOnce()
    {
        training.Train("run", SmallTraining.Recipe with { Epochs = 8, LearningRate = 1e-9, Momentum = 0 });
        var dead = training.Log.Lines.Where(line => line.Contains("dead maps", StringComparison.Ordinal)).Select(line => line[line.IndexOf(':', StringComparison.Ordinal)..]).ToArray();
        Assert.Equal(dead.Distinct(), dead);
    }

    [Fact]
    public void ARunThatIsStoppedAgainAndAgainEndsTheSame()
    {
        // So slow that the error stays: after epoch 4 the plateau divides the rate by ten.
        var recipe = SmallTraining.Recipe with { Anneal = Annealing.Plateau, LearningRate = 1e-7, Momentum = 0, Epochs = 6 };
        var whole = training.Train("whole", recipe);
        var stops = 0;
        while (training.TrainAndStop("stopped", 7, recipe).Stopped)
            stops++;

        Assert.Equal(1e-8, whole.Final!.LearningRate, 1e-12);
        Assert.InRange(stops, 10, 24);                                  // 6 epochs of 12 advances, seven at a time; one that was validating starts that again
        AssertSame("whole", "stopped");
    }

    [Fact]
    public void PatienceIsLostAtTheSameEpochHoweverOftenTheRunIsStopped()
    {
        var recipe = SmallTraining.Recipe with { LearningRate = 1e-7, Momentum = 0, Epochs = 9, Patience = 3 };
        var whole = training.Train("whole", recipe);
        while (training.TrainAndStop("stopped", 7, recipe).Stopped)
        {
        }

        Assert.True(whole.EndedEarly);
        Assert.Equal(4, whole.Final!.Epoch);
        AssertSame("whole", "stopped");
    }

    [Fact]
    public void ARunKilledAfterItsLastCheckpointFindsThatItsPatienceIsLost()
    {
        var recipe = SmallTraining.Recipe with { LearningRate = 1e-7, Momentum = 0, Epochs = 9, Patience = 3 };
        training.Train("running", recipe, onSay: line =>
        {
            if (line.StartsWith("the training ends ", StringComparison.Ordinal))
                training.Copy("running", "killed");
        });

        var result = training.Train("killed", recipe);

        Assert.Equal("going on after epoch 4 of 9", training.Log.Lines[0]);
        Assert.Equal((true, false, 4), (result.EndedEarly, result.Stopped, result.Final!.Epoch));
        Assert.NotNull(RunRecord.Read(training.PathOf("killed", "run.json")).Finished);
    }

    [Fact]
    public void WhateverIsOnDiskWhenAProcessIsKilledTheRunEndsTheSame()
    {
        // A kill leaves what is on disk: here the folder is copied at each step, with a checkpoint written after each.
        training.Train("whole");
        var copies = 0;
        training.Train("running", interval: TimeSpan.Zero, onAdvance: _ => training.Copy("running", $"copy{copies++}"));

        Assert.Equal(4 * AdvancesAnEpoch, copies);
        for (var i = 0; i < copies; i++)
        {
            training.Train($"copy{i}");
            AssertSame("whole", $"copy{i}");
        }
    }

    [Fact]
    public void AKillBetweenAnyTwoWritesLeavesAUsableState()
    {
        training.Train("whole");
        // All orders of writes after an epoch: what is left are the files of epoch 2's end with, one after the other, those of epoch 3's end.
        var atTwo = StateAfter(2 * AdvancesAnEpoch + 1);
        var atThree = StateAfter(3 * AdvancesAnEpoch + 1);
        string[] order =
        [
            "checkpoints/state-0003-00000000.safetensors", "checkpoints/state-0003-00000000.json", "weights.safetensors", "metrics.csv", "layers.csv", "run.json",
        ];
        for (var written = 0; written <= order.Length; written++)
        {
            var name = $"kill{written}";
            training.Copy(atTwo, name);
            File.WriteAllText(training.PathOf(name, ".metrics.csv.0123456789abcdef0123456789abcdef.tmp"), "half a ta");
            foreach (var file in order.Take(written))
                File.Copy(training.PathOf(atThree, file), training.PathOf(name, file), overwrite: true);

            training.Train(name);

            Assert.Equal($"going on after epoch {(written < 2 ? 2 : 3)} of 4", training.Log.Lines[0]);
            AssertSame("whole", name);
            Assert.DoesNotContain(Directory.EnumerateFiles(training.PathOf(name)), file => file.EndsWith(".tmp", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void ARunKilledBeforeItsFirstCheckpointStartsAgain()
    {
        training.Train("whole");
        training.Train("running", onAdvance: _ =>
        {
            if (!Directory.Exists(training.PathOf("killed")))
                training.Copy("running", "killed");
        });
        Directory.CreateDirectory(training.PathOf("killed", "checkpoints"));
        File.WriteAllText(training.PathOf("killed", "checkpoints/state-0001-00000000.safetensors"), "without its JSON");
        training.Train("killed");

        AssertSame("whole", "killed");
        Assert.False(Directory.Exists(training.PathOf("killed.1")));
    }

    [Fact]
    public void TheLastTwoCheckpointsAreKeptUntilTheEndAndTheWeightsOfSomeEpochsBeyondIt()
    {
        var recipe = SmallTraining.Recipe with { Epochs = 6 };
        training.TrainAndStop("run", 5 * AdvancesAnEpoch + 3, recipe);
        string[] kept = ["epoch-0001.safetensors", "epoch-0002.safetensors", "epoch-0005.safetensors"];
        Assert.Equal([.. kept, "state-0005-00000000.json", "state-0005-00000000.safetensors", "state-0005-00000003.json", "state-0005-00000003.safetensors"], Checkpoints());
        training.Train("run", recipe);

        Assert.Equal(kept, Checkpoints());
        Assert.Equal(["conv1.bias", "conv1.weight", "fc2.bias", "fc2.weight"], SafeTensorsFile.TensorShapes(training.PathOf("run", "checkpoints/epoch-0005.safetensors")).Keys.Order());

        IEnumerable<string> Checkpoints() => Directory.EnumerateFiles(training.PathOf("run", "checkpoints")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void AFinishedRunIsKeptAsideAndANewOneStarts()
    {
        training.Train("run");
        training.Train("run");

        Assert.Equal($"the earlier run 'run' is kept as {training.PathOf("run.1")}", training.Log.Lines[0]);
        AssertSame("run.1", "run");
        Assert.Empty(RunRecord.Read(training.PathOf("run", "run.json")).Resumptions);
    }

    [Fact]
    public void ARunThatGoesOnKeepsItsRecordAndNotesIt()
    {
        training.TrainAndStop("run", AdvancesAnEpoch + 3);
        var begun = RunRecord.Read(training.PathOf("run", "run.json"));
        training.Train("run");
        var ended = RunRecord.Read(training.PathOf("run", "run.json"));

        Assert.Null(begun.Finished);
        Assert.NotNull(ended.Finished);
        Assert.Equal(begun.Started, ended.Started);
        Assert.Equal(8 + 3, Assert.Single(ended.Resumptions).Steps);
        Assert.True(ended.Result!.Seconds >= begun.Result!.Seconds);
    }

    [Fact]
    public void EveryDifferenceToAnUnfinishedRunIsListedAndNothingIsTouched()
    {
        training.TrainAndStop("run", AdvancesAnEpoch + 3);
        var before = File.ReadAllBytes(training.PathOf("run", "run.json"));

        var error = Assert.Throws<ZfDeclException>(() => training.Train(
            "run",
            declaration: SmallNet.Declaration with { SpecHash = new('6', 64), ResolvedSpec = "network: Small\nclasses: 5\n" },
            change: record => record with
            {
                Seed = 2,
                DataHash = new('e', 64),
                Settings = [new("epochs", "9", "-p:"), new("batch", "8", "spec"), new("learning-rate", "1", "-p:"), new("artifacts", "elsewhere", "-p:")],
            }));

        Assert.Equal("ZF1212", error.Code);
        foreach (var difference in (string[])
        [
            "seed: then 1, now 2", "data: then small images for tests (SHA-256 dddddddd…), now small images for tests (SHA-256 eeeeeeee…)", "epochs: then 4, now 9",
            "learning-rate: then not there, now 1", "spec: then nothing, now 'classes: 5'", "`resume=no`",
        ])
        {
            Assert.Contains(difference, error.Message, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("batch", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(training.PathOf("run", "run.json")));
    }

    [Fact]
    public void AnotherNumberOfThreadsGoesOnWithAWarning()
    {
        training.TrainAndStop("run", AdvancesAnEpoch + 3);
        training.Train("run", change: record => record with { Machine = record.Machine with { Threads = 99 } });

        Assert.StartsWith("ZF1213: the run goes on, but its weights will not be the same to the byte", training.Log.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith($"threads: then {get_num_threads()}, now 99", training.Log.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("going on in epoch 2 of 4, after 3 of its 8 steps", training.Log.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json", 0)]
    [InlineData("json", 40)]
    [InlineData("safetensors", 0)]
    [InlineData("safetensors", 500)]
    [InlineData("safetensors", -1)]                                     // not shorter: one byte is another
    public void ADamagedCheckpointIsLeftOutAndTheOneBeforeIsUsed(string ending, int length)
    {
        training.Train("whole");
        training.TrainAndStop("run", 3 * AdvancesAnEpoch + 3);
        Damage(training.PathOf("run", $"checkpoints/state-0003-00000003.{ending}"), length);

        training.Train("run");

        Assert.StartsWith("ZF1210: this checkpoint is damaged and left out: ", training.Log.Lines[0], StringComparison.Ordinal);
        Assert.Equal("going on after epoch 3 of 4", training.Log.Lines[1]);
        AssertSame("whole", "run");
    }

    [Fact]
    public void WithNoWholeCheckpointLeftTheRemedyIsNamed()
    {
        training.TrainAndStop("run", 3 * AdvancesAnEpoch + 3);
        foreach (var path in Directory.GetFiles(training.PathOf("run", "checkpoints"), "state-*.json"))
            Damage(path, 10);

        var error = Assert.Throws<ZfDeclException>(() => training.Train("run"));

        Assert.Equal("ZF1211", error.Code);
        Assert.Contains("`resume=no`", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, training.Log.Lines.Count(line => line.StartsWith("ZF1210", StringComparison.Ordinal)));
        Assert.True(File.Exists(training.PathOf("run", "weights.safetensors")));
    }

    [Fact]
    public void DamagedWeightsStatisticsAndTablesAreMadeAnewFromTheCheckpoint()
    {
        training.Train("whole");
        training.TrainAndStop("run", 3 * AdvancesAnEpoch + 3);
        foreach (var file in (string[])["weights.safetensors", "input.safetensors", "metrics.csv", "layers.csv", "spec.yaml"])
            Damage(training.PathOf("run", file), 7);
        training.Train("run");

        AssertSame("whole", "run");
        Assert.Equal(File.ReadAllBytes(training.PathOf("whole", "input.safetensors")), File.ReadAllBytes(training.PathOf("run", "input.safetensors")));
    }

    [Fact]
    public void ACheckpointThatCannotBeWrittenIsACodedErrorThatLeavesTheOlderOnes()
    {
        training.Train("whole");
        var obstacle = training.PathOf("run", "checkpoints/state-0002-00000000.json/x");
        var error = Assert.Throws<ZfDeclException>(() => training.Train("run", onAdvance: title =>
        {
            if (title.StartsWith("epoch 2/", StringComparison.Ordinal))
                Directory.CreateDirectory(obstacle);
        }));
        Assert.Equal("ZF1204", error.Code);
        Assert.Equal(2, Seals.Lines(training.PathOf("run", "metrics.csv")).Length);

        Directory.Delete(Path.GetDirectoryName(obstacle)!, recursive: true);
        training.Train("run");

        Assert.Equal("going on after epoch 1 of 4", training.Log.Lines[0]);
        AssertSame("whole", "run");
    }

    [Fact]
    public void GoingOnLeavesNoTensorsBehind()
    {
        training.TrainAndStop("first", AdvancesAnEpoch + 3);
        training.TrainAndStop("second", AdvancesAnEpoch + 3);
        training.Train("first");
        var before = LiveTensors.CountAfterCollection();
        using (new SmallNet())
        {
        }
        var network = Tensor.TotalCount - before;
        before = Tensor.TotalCount;
        training.Train("second");

        Assert.Equal(network, Tensor.TotalCount - before);
    }

    private string StateAfter(int advances)
    {
        var name = $"after{advances}";
        var count = 0;
        training.Train("running", onAdvance: _ => { if (++count == advances) training.Copy("running", name); });
        return name;
    }

    private void AssertSame(string expected, string actual)
    {
        Assert.Equal(training.Weights(expected), training.Weights(actual));
        Assert.Equal(File.ReadAllText(training.PathOf(expected, "layers.csv")), File.ReadAllText(training.PathOf(actual, "layers.csv")));
        Assert.Equal(Rows(expected), Rows(actual));
    }

    // Without the last two columns, which are times.
    private string[] Rows(string run) => [.. Seals.Lines(training.PathOf(run, "metrics.csv")).Select(row => string.Join(',', row.Split(',')[..^2]))];

    private static EpochMetrics Timeless(EpochMetrics epoch) => epoch with { ImagesPerSecond = 0, Seconds = 0 };

    private static void Damage(string path, int length)
    {
        var bytes = File.ReadAllBytes(path);
        if (length < 0)
            bytes[^1] ^= 1;
        File.WriteAllBytes(path, length < 0 ? bytes : bytes[..length]);
    }
}
