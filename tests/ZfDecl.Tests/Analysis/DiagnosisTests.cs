using ZfDecl.Analyses.Diagnose;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis;

[Collection(Alone.Name)]
public class DiagnosisTests
{
    private static readonly FrequencyShares Healthy = new(0.1, 0.4, 0.5);

    [Fact]
    public void DeadMapsAndSizesAreThoseOfTheWeights()
    {
        using var net = new ToyNet();
        using (no_grad())
        {
            net.conv1.weight![2].fill_(-0.25f).mul_(0);
            net.conv1.bias![2] = -1;
            net.conv1.weight![0].fill_(0.5f);
        }
        using var images = new ToyImages(10);
        var layers = NetworkDiagnosis.Of(net, images, images.Preprocessor(), new SilentLog());
        Assert.Equal(["conv1", "conv2"], layers.Select(layer => layer.Layer.Name));
        Assert.Equal([2], layers[0].Dead);
        Assert.Equal((0.5, 0.0), (layers[0].Rms[0], layers[0].Rms[2]));
        Assert.Equal(Math.Sqrt(net.conv2.weight![3].square().mean().item<float>()), layers[1].Rms[3], 1e-6);
        Assert.Equal(4, layers[0].Frequencies!.Count);
        Assert.Null(layers[1].Frequencies);
        Assert.Null(layers[0].Aliasing);
    }

    [Fact]
    public void NothingStandsOutOfAHealthyLayer() => Assert.Equal("conv1: nothing stands out.", Layer([0.1, 0.1, 0.12, 0.29], [], Healthy).Verdict);

    [Fact]
    public void ADominantFilterIsNamedWithTheMedianItExceeds() =>
        // The median of 0.1, 0.1, 0.12, 0.9 is 0.11.
        Assert.Equal("conv1: filter 3 dominates, with 8.2 times the median RMS (filter-rms in the spec's train bounds it).", Layer([0.1, 0.1, 0.12, 0.9], [], Healthy).Verdict);

    [Fact]
    public void DeadMapsAndExtremeFrequenciesAreSaidTogether() =>
        Assert.Equal("conv1: 2 of 4 maps are dead: none of 10 images excites them; its filters hold low (45 %) and high (50 %) frequencies and fewer in between (5 %) than white noise.", Layer([1, 1, 1, 1], [0, 3], new(0.45, 0.05, 0.5)).Verdict);

    [Fact]
    public void FiltersThatLookLikeTheirInitialisationAreNotLearned() =>
        Assert.Equal(
            "conv1: not learned: its filters look like an initialisation, 4.8 % low frequencies (4.9 % before a training) and neighbouring weights that correlate by 0.01 (more images, or a longer training).",
            (Layer([1, 1, 1, 1], [], FrequencyShares.OfNoise) with { Structure = new(0.048, 0.01, new(0.04, 0.049, 0.06), new(-0.03, 0, 0.03)) }).Verdict);

    [Fact]
    public void SmoothFiltersAreNotSaidToBeUnlearned() =>
        Assert.Equal("conv1: nothing stands out.", (Layer([1, 1, 1, 1], [], Healthy) with { Structure = new(0.06, 0.37, new(0.04, 0.049, 0.06), new(-0.03, 0, 0.03)) }).Verdict);

    [Fact]
    public void ALayerOfZerosDoesNotDominateItself() => Assert.Equal(1, Layer([0, 0, 0, 0], [], Healthy).Dominance);

    private static LayerDiagnosis Layer(double[] rms, int[] dead, FrequencyShares frequencies) => new()
    {
        Layer = new LayerInfo(0, "conv1", "conv", new(4, 5, 5), default, 0, 0, 0),
        Dead = dead,
        Images = 10,
        Rms = rms,
        Frequencies = [frequencies],
    };
}
