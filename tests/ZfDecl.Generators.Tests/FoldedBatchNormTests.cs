using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests;

/// <summary>Networks that compute the same get the same pictures: a batch normalisation in evaluation is a scale and a shift, which the convolution before it can take over.</summary>
public class FoldedBatchNormTests
{
    private const string Head = "input: { channels: 3, height: 20, width: 18 }\nclasses: 4\nlayers:\n";

    private const string Normalised = "network: Normalised\n" + Head + """
          - { conv: conv1, maps: 6, kernel: 3, bias: false }
          - { batchnorm: batch1 }
          - { relu: relu1 }
          - { maxpool: pool1, kernel: 2 }
          - { conv: conv2, maps: 5, kernel: 3, padding: 1 }
          - { batchnorm: batch2 }
          - { relu: relu2 }
          - { dense: fc3, units: 7 }
          - { batchnorm: batch3 }
          - { relu: relu3 }
          - { dense: fc4 }
        """;

    private static readonly string Folded = Normalised
        .Replace("Normalised", "Folded", StringComparison.Ordinal).Replace(", bias: false", "", StringComparison.Ordinal)
        .Replace("  - { batchnorm: batch1 }\n", "", StringComparison.Ordinal).Replace("  - { batchnorm: batch2 }\n", "", StringComparison.Ordinal).Replace("  - { batchnorm: batch3 }\n", "", StringComparison.Ordinal);

    [Theory]
    [InlineData(ReluRule.Deconv)]
    [InlineData(ReluRule.Mask)]
    [InlineData(ReluRule.Guided)]
    public void ANetworkAndTheSameWithItsBatchnormFoldedGetEqualPictures(ReluRule rule)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);      // torch's own numbers are every test's
        using var net = SpecCompilation.Of(Normalised).Create("Normalised");
        using var folded = SpecCompilation.Of(Folded).Create("Folded");
        Fold(net, folded, generator);
        net.eval();
        folded.eval();
        var images = randn([3, 3, 20, 18], generator: generator);
        using var seen = net.Record(images);
        using var same = folded.Record(images);
        using var deconvnet = net.CreateDeconvnet(new() { Relu = rule });
        using var other = folded.CreateDeconvnet(new() { Relu = rule });
        foreach (var name in new[] { "conv1", "conv2", "fc3", "fc4" })
        {
            var (one, two) = (net.Info.Layer(name).Index, folded.Info.Layer(name).Index);
            AssertClose(seen.FeatureMaps(one), same.FeatureMaps(two));
            AssertClose(deconvnet.Project(seen, one, map: 2), other.Project(same, two, map: 2));
        }
    }

    /// <summary>Gives the one random scales of both signs, shifts and statistics, and the other the same function.</summary>
    private static void Fold(ConvNet net, ConvNet folded, Generator generator)
    {
        using var noGrad = no_grad();
        var (from, to) = (net.state_dict(), folded.state_dict());
        foreach (var tensor in from.Values.Where(tensor => tensor.dim() > 1))
            tensor.copy_(randn(tensor.shape, generator: generator) * Math.Sqrt(2.0 * tensor.shape[0] / tensor.numel()));
        foreach (var (name, tensor) in to)
            tensor.copy_(from.TryGetValue(name, out var weights) ? weights : zeros_like(tensor));
        foreach (var (layer, norm) in new[] { ("conv1", "batch1"), ("conv2", "batch2"), ("fc3", "batch3") })
        {
            var (gamma, beta, mean, variance) = (from[$"{norm}.weight"], from[$"{norm}.bias"], from[$"{norm}.running_mean"], from[$"{norm}.running_var"]);
            gamma.copy_(randn(gamma.shape, generator: generator));
            beta.copy_(randn(beta.shape, generator: generator));
            mean.copy_(randn(mean.shape, generator: generator) * 0.3);
            variance.copy_(rand(variance.shape, generator: generator) + 0.2);
            var (weight, bias, scale) = (to[$"{layer}.weight"], to[$"{layer}.bias"], gamma / (variance + 1e-5).sqrt());
            weight.mul_(scale.view([-1, .. weight.shape.Skip(1).Select(_ => 1L)]));
            bias.copy_(((bias - mean) * scale) + beta);
        }
    }

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        var most = expected.abs().max().item<float>();
        Assert.True(most > 0, "nothing is compared");
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, 1e-5f * most);
    }
}
