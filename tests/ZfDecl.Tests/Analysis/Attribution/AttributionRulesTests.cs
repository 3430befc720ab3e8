using ZfDecl.Analyses.Attribution;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis.Attribution;

/// <summary>Grad-CAM and integrated gradients against formulations that use no automatic gradients.</summary>
[Collection(Alone.Name)]
public class AttributionRulesTests
{
    private const int Class = 2;

    [Fact]
    public void TheGradientOfAScoreByThePixelsIsTheProjectionUnderTheGradientsRule()
    {
        using var scope = NewDisposeScope();
        using var net = new ToyNet();
        var images = Images(3);
        var (scores, output, gradient) = new ClassScores(net).Of(images, Class, LayerInfo.Image);
        using var recording = net.Record(images);
        using var deconvnet = net.CreateDeconvnet(new() { Relu = ReluRule.Mask });
        var signal = zeros(3, 3);
        signal.select(1, Class).fill_(1);
        AssertClose(deconvnet.Project(recording, ToyNet.Fc3, signal), gradient, 1e-6);
        AssertClose(recording.Activation(ToyNet.Fc3).select(1, Class), scores, 1e-6);
        AssertClose(images, output, 0);
    }

    [Fact]
    public void GradCamIsTheRectifiedSumOfTheMapsWeightedWithTheirMeanGradients()
    {
        using var scope = NewDisposeScope();
        using var net = new ToyNet();
        var image = Images(1);
        using var recording = net.Record(image);
        // The score is linear in what relu2 yields, so its gradient there are the weights of fc3.
        var (maps, weights) = (recording.Activation(ToyNet.Conv2 + 1).data<float>().ToArray(), net.fc3.weight![Class].data<float>().ToArray());
        var expected = new double[36];
        for (var map = 0; map < 6; map++)
        {
            var weight = weights.Skip(map * 36).Take(36).Average(value => (double)value);
            for (var position = 0; position < 36; position++)
                expected[position] += weight * maps[(map * 36) + position];
        }
        var cam = new GradCam(net, net.Info.Layers[ToyNet.Conv2]);
        var map2 = cam.MapOf(image, Class).data<float>().ToArray();
        Assert.Contains(expected, value => value > 0);
        Assert.All(expected.Zip(map2), pair => Assert.Equal(Math.Max(0, pair.First), pair.Second, 1e-6));
        var pixels = cam.Of(image, Class);
        Assert.Equal(144, pixels.Length);
        Assert.Equal(map2[0], pixels[0], 1e-6);                                   // the corner lies beyond the first middle: it is repeated
        // Twice as large, a pixel lies a quarter from its cell's middle: 9 : 3 : 3 : 1 of the four nearest.
        Assert.Equal(((9 * map2[7]) + (3 * map2[8]) + (3 * map2[13]) + map2[14]) / 16.0, pixels[(3 * 12) + 3], 1e-6);
    }

    [Fact]
    public void IntegratedGradientsAddUpToTheDifferenceOfTheScores()
    {
        using var scope = NewDisposeScope();
        using var net = new ToyNet(channels: 3);
        var image = Images(1, channels: 3);
        var sum = new IntegratedGradients(net, steps: 1000).Of(image, Class).Sum();
        Assert.Equal(Score(net, image) - Score(net, zeros_like(image)), sum, 2e-3);
    }

    [Fact]
    public void IntegratedGradientsAreTheMeanOfTheGradientsOnTheWay()
    {
        using var scope = NewDisposeScope();
        using var net = new ToyNet();
        var image = Images(1);
        using var deconvnet = net.CreateDeconvnet(new() { Relu = ReluRule.Mask });
        var signal = zeros(1, 3);
        signal[0, Class] = 1;
        var expected = new double[144];
        for (var step = 0; step < IntegratedGradients.Steps; step++)
        {
            using var recording = net.Record(image * ((step + 0.5f) / IntegratedGradients.Steps));
            foreach (var (pixel, value) in deconvnet.Project(recording, ToyNet.Fc3, signal).data<float>().ToArray().Index())
                expected[pixel] += value / IntegratedGradients.Steps;
        }
        var pixels = image.data<float>().ToArray();
        Assert.All(new IntegratedGradients(net).Of(image, Class).Index(), one => Assert.Equal(expected[one.Index] * pixels[one.Index], one.Item, 1e-5));
    }

    private static double Score(ToyNet net, Tensor image) => net.call(image)[0, Class].item<float>();

    internal static Tensor Images(int count, int channels = 1)
    {
        random.manual_seed(4);
        return randn(count, channels, ToyNet.Side, ToyNet.Side);
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance) =>
        Assert.All(expected.contiguous().data<float>().ToArray().Zip(actual.contiguous().data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
}
