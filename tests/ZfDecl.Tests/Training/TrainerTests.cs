using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using ZfDecl.Runs;
using ZfDecl.Tests.Files;
using ZfDecl.Tests.Runs;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Training;

[Collection(Alone.Name)]
public sealed class TrainerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ImageData data = SmallData.Create();

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }

    private TrainingResult Train(string run, TrainingRecipe recipe, int seed = 1, IRunLog? log = null, ITrainingWatcher? watcher = null, CancellationToken stop = default)
    {
        using var network = new SmallNet();
        return Train(network, run, recipe, seed, log, watcher, stop);
    }

    private TrainingResult Train(SmallNet network, string run, TrainingRecipe recipe, int seed = 1, IRunLog? log = null, ITrainingWatcher? watcher = null, CancellationToken stop = default)
    {
        using var directory = RunDirectory.OpenForTraining(folder.Path, "Small", run, new SilentLog());
        directory.Begin(SmallNet.Declaration, SmallData.Statistics(data), RunRecord.Begin(SmallNet.Declaration, data, seed, [], "a test"));
        var trainer = new Trainer(network, data, SmallData.Preprocessor(data), directory, log ?? new SilentLog()) { Watchers = watcher is null ? [] : [watcher] };
        return trainer.Train(new() { Recipe = recipe, Seed = seed }, stop);
    }

    private string PathOf(string run, string file) => Path.Combine(folder.Path, "Small", run, file);

    private byte[] Weights(string run) => File.ReadAllBytes(PathOf(run, "weights.safetensors"));

    [Fact]
    public void ASmallNetworkLearnsToTellThreeShapesApart()
    {
        var result = Train("learn", SmallNet.Training with { Epochs = 15, FilterRms = 0.5 });

        Assert.False(result.Stopped);
        Assert.Equal(15, result.Final!.Epoch);
        Assert.InRange(result.Best!.ValTop1Error, 0, 0.15);             // chance is 0.67
        Assert.Equal(0, result.Best.ValTop5Error);
        var rows = Seals.Lines(PathOf("learn", "metrics.csv"));
        Assert.Equal(16, rows.Length);
        Assert.Equal(result.Final.ToCsv(), rows[15]);
        var finished = RunDirectory.OpenFinished(Path.GetDirectoryName(PathOf("learn", "metrics.csv"))!);
        Assert.Equal(result, finished.Record.Result);

        // What is kept are the weights of the best epoch: evaluated again, they have its error.
        using var network = finished.LoadNetwork(new(SmallNet.Declaration, classes => new SmallNet(classes)), new SilentLog());
        var again = Evaluation.Measure(network, data.Validation, SmallData.Preprocessor(data), 8, CPU, new SilentLog());
        Assert.Equal((result.Best.ValLoss, result.Best.ValTop1Error), (again.Loss, again.Top1Error));
    }

    [Fact]
    public void TheSameSeedGivesTheSameWeightsToTheByteAndAnotherSeedOthers()
    {
        Train("first", SmallNet.Training);
        Train("second", SmallNet.Training);
        Train("third", SmallNet.Training, seed: 2);

        Assert.Equal(Weights("first"), Weights("second"));
        Assert.NotEqual(Weights("first"), Weights("third"));
    }

    [Fact]
    public void OfEpochsWithEqualErrorTheWeightsWithTheLowestLossAreKept()
    {
        // At such a rate only the last digits of the weights change, so every epoch has the same error; the loss falls all the while.
        var slow = SmallNet.Training with { LearningRate = 1e-7, Momentum = 0 };
        var one = Train("one", slow with { Epochs = 1 });
        var three = Train("three", slow with { Epochs = 3 });

        Assert.Equal(one.Final!.ValTop1Error, three.Final!.ValTop1Error);
        Assert.True(three.Final.ValLoss < one.Final.ValLoss);
        Assert.Equal(three.Final, three.Best);
        Assert.NotEqual(Weights("one"), Weights("three"));
    }

    [Fact]
    public void ALossThatIsNoNumberStopsTheTrainingAndNamesTheLayer()
    {
        var error = Assert.Throws<ZfDeclException>(() => Train("wild", SmallNet.Training with { LearningRate = 1e30 }));

        // After one step the weights are near 10²⁹, still finite; fc2 multiplies two such numbers, beyond the largest float of 3·10³⁸.
        Assert.Equal("ZF1301", error.Code);
        Assert.Contains("in epoch 1, after step 1 of the run; the first values that are not finite are in the output of layer 'fc2'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NegativeInfinity)]
    [InlineData(-1e30f)]
    public void AFilterThatTheRectifierHidesEndsTheTrainingOnlyWhereItIsNoFiniteNumber(float bias)
    {
        // The rectifier hides it: the loss stays finite. The filters' squares are beyond the largest float.
        var spoil = new Spoiler(network =>
        {
            using var noGrad = no_grad();
            network.conv1.weight![0].fill_(1e25f);
            network.conv1.bias![0].fill_(bias);
        });
        void Go() => Train("spoilt", SmallNet.Training with { WeightDecay = 0 }, watcher: spoil);

        if (float.IsFinite(bias))
        {
            Go();
            Assert.Contains("1E+25", File.ReadAllText(PathOf("spoilt", "layers.csv")), StringComparison.OrdinalIgnoreCase);
            return;
        }
        var error = Assert.Throws<ZfDeclException>(Go);
        Assert.Equal("ZF1301", error.Code);
        Assert.Contains("in epoch 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("in the parameters conv1.bias of layer 'conv1'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StoppedInTheFirstEpochItKeepsTheWeightsOfTheLastStep()
    {
        using var stop = new CancellationTokenSource();
        var steps = 0;
        var log = new ListeningLog(_ => { if (++steps == 3) stop.Cancel(); });

        var result = Train("stopped", SmallNet.Training, log: log, stop: stop.Token);

        Assert.True(result.Stopped);
        Assert.Null(result.Best);
        Assert.Equal($"stopped in the first epoch: the weights after step 3, not validated, are kept in {PathOf("stopped", "weights.safetensors")}", log.Lines[^2]);
        Assert.StartsWith("a checkpoint holds epoch 1 of ", log.Lines[^1], StringComparison.Ordinal);
        Assert.Null(RunDirectory.OpenFinished(Path.GetDirectoryName(PathOf("stopped", "run.json"))!).Record.Finished);
    }

    [Fact]
    public void StoppedLaterItKeepsTheBestEpoch()
    {
        using var stop = new CancellationTokenSource();
        var log = new ListeningLog(title => { if (title == "epoch 2/5") stop.Cancel(); });

        var result = Train("stopped", SmallNet.Training with { Epochs = 5 }, log: log, stop: stop.Token);
        Train("one", SmallNet.Training with { Epochs = 1 });

        Assert.Equal((true, 1), (result.Stopped, result.Final!.Epoch));
        Assert.Equal(Weights("one"), Weights("stopped"));
        Assert.StartsWith("stopped after step 9: the weights of epoch 1 (validation error", log.Lines[^2], StringComparison.Ordinal);     // 60 images: 8 steps an epoch
    }

    [Fact]
    public void TheLargestFilterOfEachConvLayerIsKeptForEachEpoch()
    {
        using var network = new SmallNet();
        Train(network, "layers", SmallNet.Training with { Epochs = 2 });

        // √(Σw² / 9) of each of the four 3×3 filters, the largest of them.
        var largest = network.conv1.weight.data<float>().Chunk(9).Max(filter => Math.Sqrt(filter.Sum(w => (double)w * w) / 9));
        var rows = File.ReadAllLines(PathOf("layers", "layers.csv"));
        Assert.Equal("epoch,layer,largest_filter_rms,dead_maps", rows[0]);
        Assert.StartsWith("1,conv1,", rows[1], StringComparison.Ordinal);
        Assert.StartsWith("2,conv1,", rows[2], StringComparison.Ordinal);
        Assert.Equal(largest, double.Parse(rows[2].Split(',')[2], System.Globalization.CultureInfo.InvariantCulture), 1e-5);
        Assert.Equal(3, rows.Length);
    }

    [Fact]
    public void TrainingEndsWhenTheValidationErrorHasNotFallenForAsLongAsItsPatience()
    {
        // At such a rate the error stays, and after three epochs more the patience is lost. The loss falls still, so the last of them is kept.
        var log = new ListeningLog();
        var result = Train("early", SmallNet.Training with { LearningRate = 1e-7, Momentum = 0, Epochs = 9, Patience = 3 }, log: log);

        Assert.Equal((false, true, 4, 4), (result.Stopped, result.EndedEarly, result.Best!.Epoch, result.Final!.Epoch));
        Assert.StartsWith("the training ends after epoch 4 of 9: for 3 epochs (patience) the validation error has not fallen below the ", log.Lines[^1], StringComparison.Ordinal);
        var record = RunRecord.Read(PathOf("early", "run.json"));
        Assert.True(record.Result!.EndedEarly);
        Assert.NotNull(record.Finished);
    }

    [Fact]
    public void AnErrorThatFallsInTimeTakesNoPatience()
    {
        var result = Train("learn", SmallNet.Training with { Epochs = 4, Patience = 4 });

        Assert.Equal((false, 4), (result.EndedEarly, result.Final!.Epoch));
    }

    [Fact]
    public void AMapThatIsPositiveNowhereIsDead()
    {
        using var network = new SmallNet();
        using var bias = tensor(new[] { -100f, 0, 0, 0 });
        Initialization.Apply(network, 0.1);
        using (no_grad())
            network.conv1.bias!.copy_(bias);
        network.eval();

        var dead = DeadMaps.Count(network, data, SmallData.Preprocessor(data), CPU);

        Assert.Equal(1, Assert.Single(dead).Value);
        Assert.Equal("conv1", dead.Keys.Single());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(256)]
    [InlineData(2000)]
    [InlineData(1_281_167)]
    public void DeadMapsAreSoughtInImagesSpreadOverTheWholeSet(int images)
    {
        var sample = DeadMaps.Sample(images, Math.Min(images, 256));

        Assert.Equal(Math.Min(images, 256), sample.Distinct().Count());
        Assert.Equal(sample.Length, sample.Distinct().Count());
        Assert.InRange(sample.Max(), images - 1 - images / 256, images - 1);
        // The first 32 as well: no two neighbours of them are further apart than an eighth of the set.
        int[] first = [.. sample.Take(32).Order()];
        Assert.All(first.Zip(first.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, images / 8 + 1));
    }

    [Fact]
    public void TrainingLeavesNoTensorsBehind()
    {
        using var network = new SmallNet();
        Train(network, "first", SmallNet.Training);
        var before = LiveTensors.CountAfterCollection();
        Train(network, "second", SmallNet.Training);

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void DataOfOtherClassesIsRefused()
    {
        using var network = new SmallNet(classes: 4);
        using var directory = RunDirectory.OpenForTraining(folder.Path, "Small", "other", new SilentLog());

        var error = Assert.Throws<ZfDeclException>(() => new Trainer(network, data, SmallData.Preprocessor(data), directory, new SilentLog()));

        Assert.Equal("ZF1302", error.Code);
        Assert.Contains("the data has 3 classes, but network 'Small' was made for 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFrozenLayerKeepsItsWeightsAndFactorsOfOneChangeNoBit()
    {
        using var network = new SmallNet();
        float[]? first = null;
        var recipe = SmallNet.Training with { FilterRms = 0.01, Rates = new Dictionary<string, double> { ["conv1"] = 0, ["bias"] = 2 } };
        Train(network, "frozen", recipe with { Epochs = 1 }, watcher: new Spoiler(trained => first = trained.conv1.weight!.data<float>().ToArray()));
        random.manual_seed(1);
        using var fresh = new SmallNet();
        Initialization.Apply(fresh, null);
        Assert.Equal(0, fresh.conv1.bias!.abs().max().item<float>());
        Assert.Equal(0, network.conv1.bias!.abs().max().item<float>());
        Assert.True(network.fc2.bias!.abs().max().item<float>() > 0);
        Assert.NotNull(first);
        // Neither a step nor the renormalisation, whose radius is far below, has touched them.
        Assert.True(network.conv1.weight!.square().mean([1, 2, 3]).sqrt().max().item<float>() > 0.1);

        Train("plain", SmallNet.Training);
        Train("ones", SmallNet.Training with { Rates = new Dictionary<string, double> { ["conv1"] = 1 }, Decay = new Dictionary<string, double> { ["weight"] = 1 } });
        Train("other", SmallNet.Training with { Decay = new Dictionary<string, double> { ["weight"] = 0 } });
        Assert.Equal(Weights("plain"), Weights("ones"));
        Assert.NotEqual(Weights("plain"), Weights("other"));
    }

    [Theory]
    [InlineData("conv1.weight", 0)]
    [InlineData("conv1.bias", 0)]
    [InlineData("fc2.bias", 20)]
    [InlineData("fc2.weight", 10)]
    [InlineData("fc1.bias", 2)]
    [InlineData("fc1.weight", 1)]
    public void FactorsOfAKindAndOfALayerMultiply(string parameter, double factor) =>
        Assert.Equal(factor, new ParameterFactors(new Dictionary<string, double> { ["bias"] = 2, ["conv1"] = 0, ["fc2"] = 10 }).Of(parameter));

    [Fact]
    public void SettingsOutOfRangeAreAllNamed()
    {
        var error = Assert.Throws<ZfDeclException>(() => Train("bad", SmallNet.Training with { Batch = 0, LearningRate = double.NaN, Momentum = 1, InitialStd = 0, Rates = new Dictionary<string, double> { ["conv9"] = 1 }, Decay = new Dictionary<string, double> { ["bias"] = -1 } }));

        Assert.Equal("ZF1303", error.Code);
        foreach (var setting in (string[])["batch is 0", "learning-rate is NaN", "momentum is 1; allowed is a number ≥ 0 and < 1", "initial-std is 0", "rates: 'conv9' is neither", "decay is bias:-1"])
            Assert.Contains(setting, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Does something to the network after the first epoch.</summary>
    private sealed class Spoiler(Action<SmallNet> spoil) : ITrainingWatcher
    {
        public void Reached(TrainingProgress progress, ConvNet network)
        {
            if (progress.Epochs.Count == 1)
                spoil((SmallNet)network);
        }

        public void Ended(TrainingProgress progress)
        {
        }
    }
}
