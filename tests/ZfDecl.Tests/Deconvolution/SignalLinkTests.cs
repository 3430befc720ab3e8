using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Projection;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Deconvolution;

/// <summary>Which units carry another one's projection, against gradients that torch computes by itself.</summary>
[Collection(Alone.Name)]
public sealed class SignalLinkTests : IDisposable
{
    private readonly Fashion net = new(10);
    private readonly Tensor images = randn([1, 1, 28, 28], generator: new Generator(3));

    public SignalLinkTests() => net.eval();

    public void Dispose()
    {
        images.Dispose();
        net.Dispose();
    }

    [Fact]
    public void UnderTheMaskTheyAreTheLargestGradientsTimesTheActivation()
    {
        using var scope = NewDisposeScope();
        using var recording = net.Record(images);
        var (conv3, conv2, conv1) = (net.Info.Layer("conv3"), net.Info.Layer("conv2"), net.Info.Layer("conv1"));
        var maps = recording.FeatureMaps(conv3.Index)[0];
        var strongest = (int)maps.argmax().item<long>();
        var (map, at, value) = (strongest / 49, new UnitPosition(strongest % 49 / 7, strongest % 7), maps.max().item<float>());
        var links = new WindowedDeconvnet(net, new() { Relu = ReluRule.Mask }).StrongestOnTheWay(recording, conv3.Index, new(0, map, at, value), [conv1.Index, conv2.Index, conv3.Index], 4);
        Assert.Equal([conv2.Index, conv1.Index], links.Select(layer => layer[0].Layer));

        // From the layer behind the relu of the lower one up to the unit: normalisation is the identity on the way down, so it is left out on the way up, its output being put in its place.
        var expected = GradientAt(conv2, recording, conv3, map, at) * value;
        AssertStrongest(expected[0], links[0]);
    }

    /// <summary>The gradient of a unit of conv3 behind its relu with regard to relu2, where pooling picks by the recorded switches.</summary>
    private Tensor GradientAt(LayerInfo lower, Recording recording, LayerInfo upper, int map, UnitPosition at)
    {
        using var grad = enable_grad();
        var rectified = recording.FeatureMaps(lower.Index).detach().clone().requires_grad_(true);
        var pool = net.Info.Layers[lower.Readout + 1];
        var pooled = rectified.flatten(2).gather(2, recording.Switches(pool.Index).flatten(2)).view(recording.Activation(pool.Index).shape);
        var weights = net.WeightOf(upper).detach();
        var filtered = nn.functional.conv2d(pooled, weights, padding: [upper.Window!.Value.PaddingY, upper.Window.Value.PaddingX]);
        // The recorded unit is above 0, so that its relu passes the gradient.
        return autograd.grad([filtered[0, map, at.Y, at.X]], [rectified])[0];
    }

    private static void AssertStrongest(Tensor expected, SignalLink[] links)
    {
        float[] values = [.. expected.contiguous().data<float>()];
        var (height, width) = ((int)expected.shape[1], (int)expected.shape[2]);
        int[] order = [.. Enumerable.Range(0, values.Length).OrderByDescending(i => Math.Abs(values[i])).Take(links.Length)];
        var sum = values.Sum(value => (double)Math.Abs(value));
        Assert.Equal(4, links.Length);
        Assert.All(links.Zip(order), pair =>
        {
            Assert.Equal((pair.Second / (height * width), pair.Second % (height * width) / width, pair.Second % width), (pair.First.Map, pair.First.At.Y, pair.First.At.X));
            Assert.Equal(values[pair.Second], pair.First.Value, 1e-4);
            Assert.Equal(Math.Abs(values[pair.Second]) / sum, pair.First.Share, 1e-4);
        });
    }
}
