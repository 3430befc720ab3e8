using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Runs;
using ZfDecl.Tests.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Runs;

/// <summary>The statistics that a run's images are preprocessed with, damaged or of an earlier version.</summary>
[Collection(Alone.Name)]
public sealed class InputFileTests : IDisposable
{
    private readonly SmallTraining training = new();

    public void Dispose() => training.Dispose();

    [Theory]
    [InlineData("channel_deviation", float.PositiveInfinity)]
    [InlineData("channel_deviation", -0.5f)]
    [InlineData("channel_deviation", float.NaN)]
    [InlineData("channel_mean", 255.5f)]
    [InlineData("mean", -1f)]
    public void AValueThatCannotBeIsRefusedWithTheFile(string name, float value) => Refused(tensors => tensors[name][0] = value, "ZF1225");

    [Fact]
    public void TwoDeviationsOfOneChannelAreRefused() => Refused(tensors => tensors["channel_deviation"] = ones(2, ScalarType.Float32), "ZF1225");

    [Fact]
    public void ADeviationOfNoughtIsThatOfABlankChannel()
    {
        Write(tensors => tensors["channel_deviation"][0] = 0f);
        Assert.Equal(0, RunDirectory.OpenFinished(training.PathOf("run")).Statistics.ChannelDeviation[0]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnUnfinishedRunWithAWrongMeanEndsWithTheSameWeights(bool isSealed)
    {
        var recipe = SmallTraining.Recipe with { Epochs = 2 };
        training.Train("whole", recipe);
        training.TrainAndStop("run", 15, recipe);
        var path = training.PathOf("run", "input.safetensors");
        if (!isSealed)
            Write(tensors => tensors["mean"][3] = 1f, train: false);
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        training.Train("run", recipe);

        Assert.Equal(training.Weights("whole"), training.Weights("run"));
        Assert.Contains(training.Log.Lines, line => line.Contains(isSealed ? "ZF1217" : "carries no seal", StringComparison.Ordinal) && line.Contains(path, StringComparison.Ordinal));
    }

    [Fact]
    public void WeightsThatTheRunHasNotEndedWithAreRefused()
    {
        training.Train("run", SmallTraining.Recipe with { Epochs = 1 });
        var path = training.PathOf("run", "weights.safetensors");
        var bytes = File.ReadAllBytes(path);
        bytes[^3] ^= 1;                                                 // of a number's last digits
        File.WriteAllBytes(path, bytes);
        var refusal = Assert.Throws<ZfDeclException>(() => RunDirectory.OpenFinished(training.PathOf("run")).LoadNetwork(new(SmallNet.Declaration, classes => new SmallNet(classes)), new SilentLog()));

        Assert.Equal("ZF1226", refusal.Code);
        Assert.Equal(path, refusal.File);
    }

    private void Refused(Action<Dictionary<string, Tensor>> change, string code)
    {
        Write(change);
        var refusal = Assert.Throws<ZfDeclException>(() => RunDirectory.OpenFinished(training.PathOf("run")));
        Assert.Equal((code, training.PathOf("run", "input.safetensors")), (refusal.Code, refusal.File));
    }

    /// <summary>Writes other statistics, without a seal, as earlier versions did.</summary>
    private void Write(Action<Dictionary<string, Tensor>> change, bool train = true)
    {
        if (train)
            training.Train("run", SmallTraining.Recipe with { Epochs = 1 });
        using var scope = NewDisposeScope();
        var tensors = SafeTensorsFile.Read(training.PathOf("run", "input.safetensors")).ToDictionary();
        change(tensors);
        SafeTensorsFile.Write(training.PathOf("run", "input.safetensors"), tensors);
    }
}
