using ZfDecl.Analyses.Attribution;
using ZfDecl.Analyses.Explain;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Project;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Tests.Data;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis.Explain;

/// <summary>What an explanation finds, against the recording and second formulations.</summary>
[Collection(Alone.Name)]
public sealed class ExplainerTests : IDisposable
{
    private static readonly FeatureShape Shape = new(1, ToyNet.Side, ToyNet.Side);
    private static readonly SyntheticSet Images = new(Shape, 40);

    private readonly ToyNet net = new();
    private readonly Preprocessor preprocessor = new(Shape, Shape, Recipes.Plain with { Divide = 255 }, new() { Mean = [], ChannelMean = [], ChannelDeviation = [] });
    private readonly Tensor image;

    public ExplainerTests() => image = Input(7);

    public void Dispose()
    {
        image.Dispose();
        net.Dispose();
    }

    [Theory]
    [InlineData(ToyNet.Conv1, 2)]
    [InlineData(ToyNet.Conv2, 4)]
    public void WithoutAMapIsWithoutItsFilter(int layer, int map)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var recording = net.Record(image);
        var without = new MapAblation(net).Without(recording, net.Info.Layers[layer], [0, map]);
        Assert.Equal([2, 3], without.shape);
        var filters = layer == ToyNet.Conv1 ? net.conv1 : net.conv2;
        filters.weight![map].zero_();
        filters.bias![map].zero_();
        Assert.True(allclose(net.call(image)[0], without[1], rtol: 1e-5, atol: 1e-6));
        Assert.False(allclose(without[0], without[1]));
    }

    [Fact]
    public void WhatComesByOtherWaysStaysAsItWas()
    {
        // A residual network: a map is taken out behind its batch normalisation and relu, by its scale and shift.
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        random.manual_seed(5);
        using var residual = DeclaredNetworks.All.Single(entry => entry.Info.Name == "FashionResidual").Create(10);
        residual.eval();
        var x = randn(1, 1, 28, 28);
        using var recording = residual.Record(x);
        var layer = residual.Info.Layers.First(one => one.Role == LayerRole.Convolution && one.Readout > one.Index + 1 && one.Index > 4);
        var norm = residual.Info.Layers[layer.Index + 1];
        var without = new MapAblation(residual).Without(recording, layer, [3]);
        residual.get_parameter($"{norm.Name}.weight")![3].zero_();
        residual.get_parameter($"{norm.Name}.bias")![3].zero_();
        Assert.True(allclose(residual.Probabilities(x), without, rtol: 1e-4, atol: 1e-6));
        Assert.False(allclose(recording.Activation(residual.Info.Layers.Count - 1), without, rtol: 1e-4, atol: 1e-6));
    }

    [Fact]
    public void TheStrongestMapsAreThoseOfTheRecordingWithTheirProjections()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var conv2 = net.Info.Layers[ToyNet.Conv2];
        var maps = new StrongestMaps(net, conv2).Of(image, 3, @class: 1);
        using var recording = net.Record(image);
        var strongest = recording.FeatureMaps(ToyNet.Conv2)[0].flatten(1).amax(1).data<float>().ToArray();
        Assert.Equal(Enumerable.Range(0, 6).Where(map => strongest[map] > 0).OrderByDescending(map => strongest[map]).Take(3), maps.Select(map => map.Map));
        foreach (var map in maps)
        {
            Assert.Equal(strongest[map.Map], map.Value);
            Assert.Equal(ImageProjection.OfUnit(net, image, conv2, map.Map, map.At, new()).Projection, map.Projection);
            Assert.Equal(ImageProjection.OfUnit(net, image, conv2, map.Map, map.At, new() { Relu = ReluRule.Mask }).Projection, map.Gradient);
            Assert.Equal(new MapAblation(net).Without(recording, conv2, [map.Map])[0, 1].item<float>(), map.Without!.Value, 1e-6);
        }
        var weakest = Enumerable.Range(0, 6).MinBy(map => strongest[map]);
        Assert.Equal(weakest, new StrongestMaps(net, conv2).Of(image, 3, null, first: weakest)[0].Map);
        Assert.All(new StrongestMaps(net, conv2).Of(image, 3, null), map => Assert.Null(map.Without));
    }

    [Fact]
    public void NoMapIsShownThatNothingExcites()
    {
        using (no_grad())
            net.conv2.bias!.fill_(-1000);
        Assert.Empty(new StrongestMaps(net, net.Info.Layers[ToyNet.Conv2]).Of(image, 3, 0));
    }

    [Fact]
    public void TheMostAlikeAreThoseOfTheLargestCosine()
    {
        var found = SimilarImages.Find(net, Images.Pixels(7), Images, preprocessor, CPU, 1000, new SilentLog());
        var own = Features(7);
        var cosines = Enumerable.Range(0, Images.Count).Select(index => Cosine(own, Features(index))).ToArray();
        int[] order = [.. Enumerable.Range(0, Images.Count).OrderByDescending(index => cosines[index]).Take(SimilarImages.Shown)];
        Assert.Equal(order.Select(Images.NameOf), found.Most.Select(one => one.Name));
        Assert.All(found.Most.Zip(order), pair => Assert.Equal(cosines[pair.Second], pair.First.Cosine, 1e-5));
        Assert.Equal([true, false], found.Most.Take(2).Select(one => one.IsSame));
        Assert.Equal(1, found.Most[0].Cosine, 1e-5);
        Assert.Equal(Images.Pixels(order[3]), found.Most[3].Pixels);
        Assert.Equal(order[3] % 2 == 0 ? "even" : "odd", found.Most[3].Class);
        Assert.Equal(cosines.Order().ElementAt(20), found.Median, 1e-5);
        Assert.Equal((40, 40, "relu2"), (found.Compared, found.Of, found.Layer));
    }

    [Fact]
    public void OfManyImagesSomeAreComparedEvenly()
    {
        var found = SimilarImages.Find(net, Images.Pixels(7), Images, preprocessor, CPU, 10, new SilentLog());
        Assert.Equal((10, 40), (found.Compared, found.Of));
        Assert.Equal(Enumerable.Range(0, 10).Select(number => $"synthetic {4 * number}").Order(), found.Most.Select(one => one.Name).Append(NameLeft()).Order());

        string NameLeft() => Enumerable.Range(0, 10).Select(number => $"synthetic {4 * number}").Except(found.Most.Select(one => one.Name)).Single();
    }

    [Theory]
    [InlineData("Fashion", "relu4")]            // what the last dense layer is given, before its dropout
    [InlineData("NetworkInNetwork", "relu")]                 // no dense layer: the last convolution behind its relu
    public void FeaturesAreWhatTheClassifierIsGiven(string network, string layer)
    {
        var info = DeclaredNetworks.All.Single(entry => entry.Info.Name == network).Info;
        Assert.StartsWith(layer, info.Layers[SimilarImages.FeaturesOf(info)].Name, StringComparison.Ordinal);
    }

    [Fact]
    public void RulesAreHeldAgainstRandomOrders()
    {
        var grid = new OccluderGrid(Shape, 4, 2);
        var conv2 = net.Info.Layers[ToyNet.Conv2];
        var occlusion = new Occlusion(net, conv2, grid).Of(image, 1);
        var (rules, random) = new PixelRules(net, preprocessor, conv2).Of(image, occlusion);
        Assert.Equal([AttributionRule.Occlusion, AttributionRule.GradCam, AttributionRule.IntegratedGradients], rules.Select(rule => rule.Rule));
        Assert.Equal(new GradCam(net, conv2).Of(image, 1), rules[1].Importance);
        Assert.Equal(new IntegratedGradients(net).Of(image, 1), rules[2].Importance);
        Assert.Equal(DeletionCurves.Area(new DeletionCurves(net, preprocessor).Of(image, 1, rules[2].Importance, DeletionBaseline.Grey).Deletion), rules[2].Deletion, 1e-9);
        Assert.Equal(1, rules[0].ToOcclusion);
        Assert.All(rules.Skip(1), rule => Assert.InRange(rule.ToOcclusion, -1, 1));
        Assert.InRange(random, 0, 1);
        Assert.DoesNotContain(AttributionRule.GradCam, new PixelRules(net, preprocessor, net.Info.Layers[ToyNet.Fc3]).Of(image, occlusion).Rules.Select(rule => rule.Rule));
    }

    [Fact]
    public void AnExplanationHasWhatTheForwardPassSays()
    {
        using var one = new GatheredImageSet(Shape, ["even", "odd"], [(Images, 7)]);
        var explainer = new Explainer(net, ["a", "b", "c"], preprocessor, CPU, net.Info.Layers[ToyNet.Conv2], new(Shape, 4, 2));
        var found = explainer.Explain(one, @class: null, map: null, new SilentLog());
        using var probabilities = net.Probabilities(image);
        Assert.All(found.Probabilities.Zip(probabilities.data<float>().ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.Equal(found.Prediction.Strongest[0].Index, found.Occlusion.Class);
        Assert.Equal(2, explainer.Explain(one, @class: 2, map: 5, new SilentLog()).Occlusion.Class);
        Assert.Equal(5, explainer.Explain(one, @class: 2, map: 5, new SilentLog()).Occlusion.Map);
        Assert.Throws<OperationCanceledException>(() => explainer.Explain(one, null, null, new SilentLog(), new(canceled: true)));
    }

    private static Tensor Input(int index) => tensor([.. Images.Pixels(index).Select(pixel => pixel / 255f)], [1, 1, ToyNet.Side, ToyNet.Side]);

    /// <summary>The means of relu2's six maps, by their definition.</summary>
    private double[] Features(int index)
    {
        using var input = Input(index);
        using var recording = net.Record(input);
        var maps = recording.Activation(4).data<float>().ToArray();
        return [.. Enumerable.Range(0, 6).Select(map => maps.Skip(36 * map).Take(36).Average(value => (double)value))];
    }

    private static double Cosine(double[] one, double[] other) =>
        one.Zip(other, (a, b) => a * b).Sum() / Math.Max(1e-12, Math.Sqrt(one.Sum(a => a * a)) * Math.Sqrt(other.Sum(b => b * b)));
}
