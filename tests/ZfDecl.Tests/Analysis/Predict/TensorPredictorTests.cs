using ZfDecl.Analyses.Predict;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Runs;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis.Predict;

/// <summary>Tensors that go in and come out, against the recording of the network that comes with the repository.</summary>
[Collection(Alone.Name)]
public sealed class TensorPredictorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ConvNet net = RunDirectory.OpenFinished(Repository.PathOf("specs", "weights", "Fashion")).LoadNetwork(DeclaredNetworks.All.Single(entry => entry.Info.Name == "Fashion"), new SilentLog());
    private readonly Tensor images;

    public TensorPredictorTests()
    {
        random.manual_seed(3);
        images = randn(3, 1, 28, 28);
    }

    public void Dispose()
    {
        images.Dispose();
        net.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void WhatComesOutIsWhatTheRecordingHoldsToTheBit()
    {
        Write("input", images);
        var written = Run([net.Info.Layer("conv1"), net.Info.Layer("conv3"), net.Info.Layer("pool2")]);
        Assert.Equal(["output", "scores", "conv1", "conv3", "pool2"], written.Select(tensor => tensor.Name));
        using var scope = NewDisposeScope();
        var kept = SafeTensorsFile.Read(folder["out.safetensors"]);
        Assert.Equal(written.Select(tensor => tensor.Name).Order(), kept.Keys.Order());
        using var recording = net.Record(images);
        Assert.Equal([3, 64, 7, 7], kept["conv3"].shape);
        foreach (var (name, layer) in (ReadOnlySpan<(string, int)>)[("output", net.Info.Layers.Count - 1), ("scores", net.Info.Scores.Index), ("conv1", net.Info.Layer("conv1").Index), ("conv3", net.Info.Layer("conv3").Index), ("pool2", net.Info.Layer("pool2").Index)])
            Assert.Equal(recording.Activation(layer).contiguous().data<float>().ToArray(), kept[name].data<float>().ToArray());
    }

    [Fact]
    public void ScoresAreTheForwardPassAndTheOutputItsSoftmax()
    {
        Write("input", images);
        Run([]);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var kept = SafeTensorsFile.Read(folder["out.safetensors"]);
        var scores = net.call(images);
        Assert.Equal([3, 10], kept["scores"].shape);
        Assert.True(allclose(scores, kept["scores"], rtol: 1e-5, atol: 1e-5));
        Assert.True(allclose(nn.functional.softmax(scores, 1), kept["output"], rtol: 0, atol: 1e-6));
    }

    [Fact]
    public void ANetworkThatEndsWithoutASoftmaxHasNoScoresBeside()
    {
        using var headless = new ToyNet(classes: 0);
        using var small = randn(2, 1, ToyNet.Side, ToyNet.Side);
        Write("input", small);
        var written = new TensorPredictor(headless, CPU).Run(folder["in.safetensors"], folder["out.safetensors"], [], "untrained", new SilentLog());
        var (name, shape) = Assert.Single(written);
        Assert.Equal("output", name);
        Assert.Equal([2, 6, 6, 6], shape);
    }

    [Fact]
    public void ALayerThatIsTheOutputIsKeptOnceAndOneThatOnlyHasItsNameIsRefused()
    {
        using var net = new ToyNet(declare: layer => layer.Index == 5 ? layer with { Name = "output" } : layer.Index == 0 ? layer with { Name = "other" } : layer);
        using var small = randn(2, 1, ToyNet.Side, ToyNet.Side);
        Write("input", small);
        var predictor = new TensorPredictor(net, CPU);
        Assert.Single(predictor.Run(folder["in.safetensors"], folder["out.safetensors"], [net.Info.Layers[5]], "untrained", new SilentLog()));
        using var taken = new ToyNet(declare: layer => layer.Index == 0 ? layer with { Name = "output" } : layer);
        Assert.Equal("ZF1513", Assert.Throws<ZfDeclException>(() => new TensorPredictor(taken, CPU).Run(folder["in.safetensors"], folder["out.safetensors"], [taken.Info.Layers[0]], "untrained", new SilentLog())).Code);
    }

    public static TheoryData<string, Func<Tensor, (string, Tensor)>> Misfits => new()
    {
        { "the file has no tensor 'input'; it has 'images'", images => ("images", images) },
        { "'input' is of type Float64, and the network takes float32", images => ("input", images.to(ScalarType.Float64)) },
        { "'input' is of type Byte", images => ("input", images.to(ScalarType.Byte)) },
        { "'input' is [3, 28, 28, 1]; 'Fashion' takes [N, 1, 28, 28]", images => ("input", images.permute(0, 2, 3, 1).contiguous()) },
        { "'input' is [1, 28, 28]; 'Fashion' takes", images => ("input", images[0]) },
        { "'input' is [0, 1, 28, 28]; 'Fashion' takes [N, 1, 28, 28], at least one image", images => ("input", images[..0]) },
        { "image 2 of 'input' holds NaN or infinite values", images => ("input", cat([images[..2], full_like(images[2..], float.NaN)])) },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void WhatDoesNotFitIsSaidAndNothingIsWritten(string message, Func<Tensor, (string, Tensor)> misfit)
    {
        using var scope = NewDisposeScope();
        var (name, tensor) = misfit(images);
        Write(name, tensor);
        var error = Assert.Throws<ZfDeclException>(() => Run([]));
        Assert.Equal("ZF1512", error.Code);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(folder["in.safetensors"], error.File);
        Assert.Equal([folder["in.safetensors"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("ZF1202", null)]
    [InlineData("ZF1144", "")]
    [InlineData("ZF1201", "no tensors at all")]
    public void AFileThatIsNoneIsNamed(string code, string? content)
    {
        if (content is not null)
            File.WriteAllText(folder["in.safetensors"], content);
        Assert.Equal(code, Assert.Throws<ZfDeclException>(() => Run([])).Code);
    }

    [Fact]
    public void StoppedItLeavesWhatWasThere()
    {
        Write("input", images);
        File.WriteAllText(folder["out.safetensors"], "older");
        Assert.Throws<OperationCanceledException>(() => new TensorPredictor(net, CPU).Run(folder["in.safetensors"], folder["out.safetensors"], [], "", new SilentLog(), new(canceled: true)));
        Assert.Equal("older", File.ReadAllText(folder["out.safetensors"]));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    private void Write(string name, Tensor tensor) => SafeTensorsFile.Write(folder["in.safetensors"], [new(name, tensor)]);

    private IReadOnlyList<(string Name, long[] Shape)> Run(IReadOnlyList<LayerInfo> layers) =>
        new TensorPredictor(net, CPU).Run(folder["in.safetensors"], folder["out.safetensors"], layers, "run shipped", new SilentLog());
}
