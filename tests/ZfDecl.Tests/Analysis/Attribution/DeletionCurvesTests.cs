using ZfDecl.Analyses.Attribution;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis.Attribution;

[Collection(Alone.Name)]
public class DeletionCurvesTests
{
    private const int Class = 1, Pixels = ToyNet.Side * ToyNet.Side;

    [Theory]
    [InlineData(DeletionBaseline.Grey)]
    [InlineData(DeletionBaseline.Blur)]
    [InlineData(DeletionBaseline.Mean)]
    public void EachPointIsTheProbabilityOfTheImageWithThosePixelsReplaced(DeletionBaseline baseline)
    {
        using var scope = NewDisposeScope();
        using var net = new ToyNet(channels: 3);
        using var images = new ToyImages(1, channels: 3);
        var (image, importance, preprocessor) = (AttributionRulesTests.Images(1, channels: 3), Importance(), images.Preprocessor());
        var (deletion, insertion) = new DeletionCurves(net, preprocessor).Of(image, Class, importance, baseline);
        var other = DeletionBaselines.Of(baseline, image, preprocessor).contiguous().data<float>().ToArray();
        var order = Enumerable.Range(0, Pixels).OrderByDescending(pixel => importance[pixel]).ToArray();
        foreach (var step in new[] { 0, 1, 10, 33, DeletionCurves.Steps })
        {
            var count = (int)Math.Round((double)step * Pixels / DeletionCurves.Steps);
            Assert.Equal(Probability(order.Take(count), image.data<float>().ToArray(), other), deletion[step], 1e-5);
            Assert.Equal(Probability(order.Skip(count), image.data<float>().ToArray(), other), insertion[step], 1e-5);
        }

        double Probability(IEnumerable<int> replaced, float[] pixels, float[] by)
        {
            foreach (var pixel in replaced)
            {
                for (var channel = 0; channel < 3; channel++)
                    pixels[(channel * Pixels) + pixel] = by[(channel * Pixels) + pixel];
            }
            return net.Probabilities(tensor(pixels, 1, 3, ToyNet.Side, ToyNet.Side))[0, Class].item<float>();
        }
    }

    [Fact]
    public void BaselinesAreWhatTheySay()
    {
        using var scope = NewDisposeScope();
        using var images = new ToyImages(1);
        var (image, preprocessor) = (AttributionRulesTests.Images(1), images.Preprocessor());
        var pixels = image.data<float>().ToArray();
        Assert.All(DeletionBaselines.Of(DeletionBaseline.Grey, image, preprocessor).data<float>().ToArray(), value => Assert.Equal((127 - 127.5) / 64, value, 1e-6));
        Assert.All(DeletionBaselines.Of(DeletionBaseline.Mean, image, preprocessor).contiguous().data<float>().ToArray(), value => Assert.Equal(pixels.Average(), value, 1e-5));

        // Pixel (4, 6), by hand: weights of a Gaussian of 1.5 pixels up to 5 pixels away, beyond the border the mirror image without the border itself.
        var sum = (Weights: 0.0, Values: 0.0);
        for (var dy = -5; dy <= 5; dy++)
        {
            for (var dx = -5; dx <= 5; dx++)
            {
                var weight = Math.Exp(-((dy * dy) + (dx * dx)) / (2 * 1.5 * 1.5));
                sum = (sum.Weights + weight, sum.Values + (weight * pixels[(Mirror(4 + dy) * ToyNet.Side) + Mirror(6 + dx)]));
            }
        }
        Assert.Equal(sum.Values / sum.Weights, DeletionBaselines.Of(DeletionBaseline.Blur, image, preprocessor)[0, 0, 4, 6].item<float>(), 1e-5);

        static int Mirror(int i) => i < 0 ? -i : i >= ToyNet.Side ? (2 * (ToyNet.Side - 1)) - i : i;
    }

    [Fact]
    public void TheAreaUnderAStraightLineIsItsMiddle() => Assert.Equal(0.5, DeletionCurves.Area([1, 0.75, 0.5, 0.25, 0]), 12);

    [Fact]
    public void TheTestGoesThroughEveryRuleAndBaselineOfEachImage()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(4);
        var layer = net.Info.Layers[ToyNet.Conv2];
        var curves = new AttributionTest(net, images, images.Preprocessor(), layer, new(net.Info.Input, size: 3, stride: 1)).Measure([0, 3], CPU, new Messages.SilentLog());
        Assert.Equal(2 * 4 * 3, curves.Count);
        Assert.Equal([0, 3], curves.Select(curve => curve.Image).Distinct());
        // Whatever the order, the curves begin and end at the same images.
        Assert.All(curves.GroupBy(curve => (curve.Image, curve.Baseline)), group => Assert.All(group, curve => Assert.Equal(
            (group.First().Deletion[0], group.First().Deletion[^1], curve.Deletion[^1], curve.Deletion[0]), (curve.Deletion[0], curve.Deletion[^1], curve.Insertion[0], curve.Insertion[^1]))));
    }

    [Fact]
    public void OcclusionsThatWereComputedBeforeAreNotComputedAgainAndSayTheSame()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(4);
        OccluderGrid grid = new(net.Info.Input, size: 3, stride: 1);
        var (conv1, conv2) = (net.Info.Layers[ToyNet.Conv1], net.Info.Layers[ToyNet.Conv2]);
        var test = new AttributionTest(net, images, images.Preprocessor(), conv2, grid);
        var own = test.Measure([0, 3], CPU, new Messages.SilentLog());

        // Watched at another layer, as Trust may: the probabilities are the same.
        Assert.Equal(Occlusions(own), Occlusions(test.Measure([0, 3], CPU, new Messages.SilentLog(), new Dictionary<int, OcclusionMaps> { [0] = Covered(0, conv1), [3] = Covered(3, conv1) })));
        // Those of the other image are taken as they are, so they were not computed anew.
        Assert.NotEqual(Occlusions(own), Occlusions(test.Measure([0, 3], CPU, new Messages.SilentLog(), new Dictionary<int, OcclusionMaps> { [0] = Covered(3, conv2), [3] = Covered(0, conv2) })));

        OcclusionMaps Covered(int index, LayerInfo layer)
        {
            using var scope = NewDisposeScope();
            using var batch = ZfDecl.Data.Batching.Batches.Of(images, [index], images.Preprocessor(), batch: 1, CPU).Single();
            return new Occlusion(net, layer, grid).Of(batch.Images, images.Label(index));
        }

        static double[] Occlusions(IReadOnlyList<AttributionCurve> curves) => [.. curves.Where(curve => curve.Rule == AttributionRule.Occlusion).SelectMany(curve => curve.Deletion)];
    }

    private static double[] Importance()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Pixels).Select(_ => (double)random.Next(20))];        // with ties
    }
}
