using ZfDecl.Analyses.Predict;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Tests.Data;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis.Predict;

/// <summary>What is kept of a network's outputs, against its own forward pass.</summary>
[Collection(Alone.Name)]
public sealed class ImagePredictorTests
{
    private static readonly FeatureShape Shape = new(1, ToyNet.Side, ToyNet.Side);
    private static readonly SyntheticSet Images = new(Shape, 150);         // more than one batch

    [Fact]
    public void ProbabilitiesAndScoresAreThoseOfTheForwardPassOnPreprocessedPixels()
    {
        using var net = new ToyNet(classes: 7);
        var predictor = Predictor(net);
        Assert.InRange(ImagePredictor.BatchFor(net.Info), 2, 149);
        var predictions = predictor.Of(Images, new SilentLog());
        Assert.Equal(Images.Count, predictions.Count);
        foreach (var index in (int[])[0, 1, 77, 149])
        {
            using var scope = NewDisposeScope();
            var scores = net.call(tensor([.. Images.Pixels(index).Select(pixel => pixel / 255f)], [1, 1, ToyNet.Side, ToyNet.Side]))[0].data<float>().ToArray();
            var sum = scores.Sum(score => Math.Exp(score));          // the softmax by its definition
            int[] order = [.. Enumerable.Range(0, 7).OrderByDescending(label => scores[label]).Take(5)];
            Assert.Equal(order, predictions[index].Strongest.Select(one => one.Index));
            Assert.All(predictions[index].Strongest, one => Assert.Equal(Math.Exp(scores[one.Index]) / sum, one.Value, 1e-6));
            Assert.All(predictions[index].Strongest, one => Assert.Equal(scores[one.Index], one.Score!.Value, 1e-5));
            Assert.Equal(($"synthetic {index}", index % 2 == 0 ? "even" : "odd"), (predictions[index].Name, predictions[index].Class));
        }
    }

    [Fact]
    public void OfFewClassesAllAreKept()
    {
        using var net = new ToyNet(classes: 3);
        Assert.All(Predictor(net).Of(Images, new SilentLog()), prediction => Assert.Equal(3, prediction.Strongest.Count));
    }

    [Fact]
    public void WithoutClassesItIsTheLargestValueOfEachChannelOfTheLastLayerAndWhereItIs()
    {
        using var net = new ToyNet(classes: 0);
        var predictions = Predictor(net).Of(Images, new SilentLog());
        using var scope = NewDisposeScope();
        var maps = net.Record(tensor([.. Images.Pixels(3).Select(pixel => pixel / 255f)], [1, 1, ToyNet.Side, ToyNet.Side])).Activation(4)[0].data<float>().ToArray();      // [6, 6, 6]
        var channels = Enumerable.Range(0, 6).Select(map => (Map: map, Value: maps.Skip(map * 36).Take(36).Max())).OrderByDescending(one => one.Value).Take(5).ToArray();
        Assert.Equal(channels.Select(one => one.Map), predictions[3].Strongest.Select(one => one.Index));
        foreach (var (one, (map, value)) in predictions[3].Strongest.Zip(channels))
        {
            Assert.Equal(value, one.Value, 1e-6);
            Assert.Equal(one.Value, maps[(map * 36) + (one.At!.Value.Y * 6) + one.At.Value.X], 1e-6);
            Assert.Null(one.Score);
        }
    }

    [Fact]
    public void WhatIsNoNumberIsNoPrediction()
    {
        using var net = new ToyNet(classes: 7);
        using (no_grad())
            net.fc3.bias!.fill_(float.NaN);
        Assert.Equal("ZF1306", Assert.Throws<ZfDeclException>(() => Predictor(net).Of(Images, new SilentLog())).Code);
        using var headless = new ToyNet(classes: 0);
        using (no_grad())
            headless.conv2.bias!.fill_(float.PositiveInfinity);
        Assert.Equal("ZF1403", Assert.Throws<ZfDeclException>(() => Predictor(headless).Of(Images, new SilentLog())).Code);
    }

    [Fact]
    public void ItStopsBetweenBatchesAndLeavesNoTensorBehind()
    {
        using var net = new ToyNet(classes: 7);
        Predictor(net).Of(Images, new SilentLog());
        var before = Tensor.TotalCount;
        Predictor(net).Of(Images, new SilentLog());
        Assert.Equal(before, Tensor.TotalCount);
        Assert.Throws<OperationCanceledException>(() => Predictor(net).Of(Images, new SilentLog(), new(canceled: true)));
    }

    [Fact]
    public void ImagesOfSeveralSetsKeepTheirNamesClassesAndPixels()
    {
        var other = new SyntheticSet(Shape, 4);
        using var gathered = new GatheredImageSet(Shape, ["even", "odd"], [(Images, 9), (other, 2), (Images, 0)]);
        Assert.Equal(["synthetic 9", "synthetic 2", "synthetic 0"], Enumerable.Range(0, 3).Select(gathered.NameOf));
        Assert.Equal(["odd", "even", "even"], Enumerable.Range(0, 3).Select(gathered.ClassOf));
        Assert.Equal([1, 0, 0], Enumerable.Range(0, 3).Select(gathered.Label));
        Assert.Equal(Images.Pixels(9), gathered.Read(0));
        Assert.Equal(other.Pixels(2), gathered.Read(1));
    }

    private static ImagePredictor Predictor(ToyNet net) =>
        new(net, new Preprocessor(Shape, Shape, Recipes.Plain with { Divide = 255 }, new() { Mean = [], ChannelMean = [], ChannelDeviation = [] }), CPU);
}
