using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests;

/// <summary>What each kind of layer promises beyond its shapes and its projection, which the tests on random networks cover.</summary>
public class KindTests
{
    private const string Head = "network: Test\ninput: { channels: 3, height: 8, width: 8 }\nclasses: 2\nlayers:\n";

    private const string Normalised = Head + """
          - { conv: conv1, maps: 4, kernel: 3, bias: false }
          - { batchnorm: batch1, momentum: 0.5 }
          - { relu: relu1 }
          - { dense: fc2, units: 8 }
          - { batchnorm: batch2 }
          - { relu: relu2 }
          - { dense: fc3 }
        """;

    [Fact]
    public void AConvolutionsMapsAreThoseBehindTheReluThatABatchnormParts()
    {
        using var net = SpecCompilation.Of(Normalised).Create("Test");
        Assert.Equal(net.Info.Layer("relu1").Index, net.Info.Layer("conv1").Readout);
        Assert.Equal(net.Info.Layer("relu2").Index, net.Info.Layer("fc2").Readout);
        net.eval();
        using var images = randn(2, 3, 8, 8);
        using var recording = net.Record(images);
        var behind = recording.Activation(net.Info.Layer("batch1").Index).clamp(min: 0);
        Assert.Equal(behind.data<float>().ToArray(), recording.FeatureMaps(net.Info.Layer("conv1").Index).data<float>().ToArray());
    }

    [Fact]
    public void BatchnormCountsItsScalesAndShifts()
    {
        using var net = SpecCompilation.Of(Normalised).Create("Test");
        Assert.Equal((8, 16), (net.Info.Layer("batch1").Parameters, net.Info.Layer("batch2").Parameters));
        Assert.Equal(net.Info.Parameters, net.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void ARecordingMadeWhileTrainingNeitherUsesNorMovesTheStatisticsOfTheMinibatch()
    {
        using var scope = NewDisposeScope();
        using var net = SpecCompilation.Of(Normalised).Create("Test");
        var images = randn(4, 3, 8, 8);
        net.train();
        net.call(images).Dispose();
        var mean = net.state_dict()["batch1.running_mean"].clone();
        using var training = net.Record(images);
        Assert.Equal(0, (net.state_dict()["batch1.running_mean"] - mean).abs().max().item<float>());
        net.eval();
        using var evaluating = net.Record(images);
        Assert.Equal(0, (training.Activation(1) - evaluating.Activation(1)).abs().max().item<float>());
        var scores = net.call(images);
        Assert.InRange((scores - evaluating.Activation(net.Info.Layer("fc3").Index)).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void UnitsAreNormalisedByTheirMinibatchAndOneImageAloneByTheRunningStatistics()
    {
        using var scope = NewDisposeScope();
        using var net = SpecCompilation.Of("network: Test\ninput: { channels: 1, height: 1, width: 2 }\nclasses: 2\nlayers:\n  - { flatten: flat1 }\n  - { batchnorm: batch1, momentum: 0.5 }\n  - { dense: fc2 }\n").Create("Test");
        var mean = net.state_dict()["batch1.running_mean"];
        net.train();
        net.call(tensor(new float[] { 1, 2, 3, 6 }).view(2, 1, 1, 2)).Dispose();
        Assert.Equal([1f, 2f], mean.data<float>());                     // half of (1 + 3) / 2 and of (2 + 6) / 2
        var alone = net.call(tensor(new float[] { 7, 9 }).view(1, 1, 1, 2));
        Assert.Equal([1f, 2f], mean.data<float>());
        net.eval();
        Assert.Equal(alone.data<float>().ToArray(), net.call(tensor(new float[] { 7, 9 }).view(1, 1, 1, 2)).data<float>().ToArray());
    }

    [Theory]
    [InlineData("conv: layer1, maps: 4, kernel: 3", "convolution, 4 filters 3x3, stride 1, padding 0")]
    [InlineData("conv: layer1, maps: 4, kernel: 3, dilation: 2, groups: 2", "convolution, 4 filters 3x3, stride 1, padding 0, dilation 2, 2 groups")]
    [InlineData("maxpool: layer1, kernel: 2", "max pooling 2x2, stride 2, rounded down")]
    [InlineData("maxpool: layer1, kernel: 2, padding: 1", "max pooling 2x2, stride 2, padding 1, rounded down")]
    [InlineData("avgpool: layer1, kernel: 2, padding: [0, 1]", "average pooling 2x2, stride 2, padding [0, 1], rounded down")]
    public void ADescriptionSaysWhatIsNotTheDefault(string layer, string description) => Assert.Contains(
        $", {description}</description>",
        SpecCompilation.Of($"network: Test\ninput: {{ channels: 2, height: 8, width: 8 }}\nclasses: 2\nlayers:\n  - {{ {layer} }}\n  - {{ dense: fc2 }}\n").Source("Test.g.cs"), StringComparison.Ordinal);

    [Fact]
    public void ABatchNormalisedNetworkComesBackFromItsWeightsFile()
    {
        using var scope = NewDisposeScope();
        var compilation = SpecCompilation.Of(Normalised);
        var entry = compilation.Load().Single();
        using var trained = entry.Create(2);
        using var fresh = entry.Create(2);
        var images = randn(4, 3, 8, 8);
        trained.train();
        trained.call(images).Dispose();
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.safetensors");
        try
        {
            WeightsFile.Save(path, trained);
            WeightsFile.LoadInto(path, fresh);
        }
        finally
        {
            File.Delete(path);
        }
        trained.eval();
        fresh.eval();
        Assert.Equal(0, (trained.call(images) - fresh.call(images)).abs().max().item<float>());
    }

    [Fact]
    public void PatienceReachesTrainingAndIsNotPrintedWhereThereIsNone()
    {
        const string Layers = "  - { dense: fc1 }\n";
        using var patient = SpecCompilation.Of(Head + Layers + "train: { patience: 5 }\n").Create("Test");
        using var never = SpecCompilation.Of(Head + Layers + "train: { patience: none }\n").Create("Test");
        using var unsaid = SpecCompilation.Of(Head + Layers).Create("Test");

        Assert.Equal(5, patient.Info.Recipe.Train.Patience);
        Assert.Null(never.Info.Recipe.Train.Patience);
        Assert.Contains("patience: 5 }", patient.Info.ResolvedSpec, StringComparison.Ordinal);
        Assert.Equal(unsaid.Info.SpecHash, never.Info.SpecHash);
    }

    [Fact]
    public void ALayersOwnInitialValuesReachTraining()
    {
        using var scope = NewDisposeScope();
        using var net = SpecCompilation.Of(Head + """
              - { conv: conv1, maps: 64, kernel: 5, initial-std: 0.5, initial-bias: -1 }
              - { batchnorm: batch1 }
              - { dense: fc2, units: 64, initial-bias: 0.25 }
              - { dense: fc3, initial-std: 1e-3 }
            """).Create("Test");
        var state = net.state_dict();
        using (no_grad())
        {
            state["batch1.weight"].fill_(7);
            state["batch1.running_mean"].fill_(7);
        }
        Initialization.Apply(net, 0.1);
        // 4,800 weights: their deviation is within 4 % of the truth; 65,536 within 1 %; 128 within 20 %.
        Assert.InRange(state["conv1.weight"].std().item<float>(), 0.48, 0.52);
        Assert.InRange(state["fc2.weight"].std().item<float>(), 0.099, 0.101);
        Assert.InRange(state["fc3.weight"].std().item<float>(), 0.8e-3, 1.2e-3);
        Assert.Equal((-1f, 0.25f, 0f), (state["conv1.bias"].mean().item<float>(), state["fc2.bias"].mean().item<float>(), state["fc3.bias"].mean().item<float>()));
        Assert.Equal((1f, 0f), (state["batch1.weight"].mean().item<float>(), state["batch1.running_mean"].mean().item<float>()));
    }

    [Fact]
    public void WithoutValuesOfItsOwnALayerStartsByTheRecipe()
    {
        using var net = SpecCompilation.Of(Normalised).Create("Test");
        Assert.Null(net.Info.Layer("conv1").InitialStd);
        Assert.Equal(0, net.Info.Layer("conv1").InitialBias);
    }

    [Fact]
    public void WhatTheLanguageGainedLaterIsPrintedOnlyWhereItSaysSomething()
    {
        // The hash of a printed spec says whether trained weights belong to a network: it may not change under weights that are there.
        using var net = SpecCompilation.Of(Head + "  - { lrn: norm1 }\n  - { dense: fc2, units: 8, initial-std: recipe, initial-bias: 0 }\n  - { dense: fc3, initial-bias: 1 }\n").Create("Test");
        Assert.Contains("{ lrn: norm1, size: 5, alpha: 0.0001, beta: 0.75, k: 1 }", net.Info.ResolvedSpec, StringComparison.Ordinal);
        Assert.Contains("{ dense: fc2, units: 8, bias: true }", net.Info.ResolvedSpec, StringComparison.Ordinal);
        Assert.Contains("{ dense: fc3, units: 2, bias: true, initial-bias: 1 }", net.Info.ResolvedSpec, StringComparison.Ordinal);
    }

    [Fact]
    public void NormalisationWithinAMapIsCaffesFormula()
    {
        // One map of 2×2, size 3: each square holds all four values and five zeros. Σ x² = 1 + 4 + 9 + 16 = 30; x / (2 + 0.9 / 9 · 30)^0.5 = x / √5.
        using var scope = NewDisposeScope();
        using var net = SpecCompilation.Of("network: Test\ninput: { channels: 1, height: 2, width: 2 }\nclasses: 2\nlayers:\n  - { lrn: norm1, over: space, size: 3, alpha: 0.9, beta: 0.5, k: 2 }\n  - { dense: fc2 }\n").Create("Test");
        using var seen = net.Record(tensor(new float[] { 1, 2, 3, 4 }).view(1, 1, 2, 2));
        Assert.All(seen.Activation(0).flatten().data<float>().ToArray().Zip([1, 2, 3, 4]), pair => Assert.Equal(pair.Second / Math.Sqrt(5), pair.First, 1e-6));
        Assert.Equal(new ReceptiveField(3, 3, 1, 1, -1, -1), net.Info.Layer("norm1").ReceptiveField);
    }

    [Theory]
    [InlineData("{ lrn: norm1, over: space, size: 4 }", "5,38 ZF0207", "layer 'norm1': a square of 4x4 has no middle; over space the size is odd, for example 5")]
    [InlineData("{ contrast: norm1, size: 4 }", "5,30 ZF0207", "layer 'norm1': a window of 4x4 has no middle; the size is odd, for example 5")]
    [InlineData("{ avgpool: pool1, kernel: 9 }", "5,31 ZF0203", "layer 'pool1': kernel 9x9 is larger than its padded input 8x8; use a kernel ≤ 8 or raise the padding")]
    [InlineData("{ maxpool: pool1, kernel: 3, padding: 2 }", "5,43 ZF0207", "layer 'pool1': padding 2x2 is more than half the kernel 3x3: a window could lie wholly outside; use at most 1")]
    [InlineData("{ conv: conv1, maps: 2, kernel: 3, dilation: 5 }", "5,37 ZF0203", "layer 'conv1': kernel 3x3, which dilation 5 widens to 11x11, is larger than its padded input 8x8; use a kernel ≤ 8 or raise the padding")]
    [InlineData("{ conv: conv1, maps: 2, kernel: 3, bias: false, initial-bias: 1 }", "5,67 ZF0207", "layer 'conv1': 'initial-bias' is written, but 'bias: false' leaves no bias; keep one of the two")]
    [InlineData("{ conv: conv1, maps: 2, kernel: 3, initial-std: small }", "5,53 ZF0104", "layer 'conv1': 'initial-std' is 'small'; allowed is a number > 0, or 'recipe'")]
    [InlineData("{ dense: fc0, units: 2, initial-bias: much }", "5,43 ZF0104", "layer 'fc0': 'initial-bias' is 'much'; allowed is a number")]
    public void AWrongSettingIsToldWhatIsAllowed(string layer, string place, string message) =>
        Assert.Equal((place, message), SpecCompilation.Of($"{Head}  - {layer}\n  - {{ dense: fc2 }}\n").OnlyError());

    [Theory]
    [InlineData("avgpool", ", kernel: 2")]
    [InlineData("maxpool", ", kernel: 2")]
    [InlineData("lrn", "")]
    [InlineData("contrast", "")]
    [InlineData("conv", ", maps: 2, kernel: 1")]
    public void MapsAreNeededByWhatSlidesOverThem(string kind, string settings) => Assert.Equal(
        ($"6,{9 + kind.Length} ZF0204", $"layer 'late': {kind} layers need feature maps, but the layer before yields 5 units; put it before the first dense or flatten layer"),
        SpecCompilation.Of($"{Head}  - {{ dense: fc1, units: 5 }}\n  - {{ {kind}: late{settings} }}\n  - {{ dense: fc2 }}\n").OnlyError());
}
