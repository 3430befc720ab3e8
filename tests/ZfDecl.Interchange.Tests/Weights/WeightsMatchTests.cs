using ZfDecl.Interchange.Tensors;
using ZfDecl.Interchange.Weights;
using ZfDecl.Interchange.Weights.Matching;

namespace ZfDecl.Interchange.Tests.Weights;

/// <summary>Which weights of a file are which of a network.</summary>
public class WeightsMatchTests
{
    private static readonly NamedTensor[] Network =
    [
        Of("conv1.weight", 4, 3, 3, 3), Of("conv1.bias", 4), Of("bn1.weight", 4), Of("bn1.bias", 4), Of("bn1.running_mean", 4), Of("bn1.running_var", 4),
        Of("layer1_0_conv1.weight", 4, 4, 3, 3), Of("fc.weight", 10, 16), Of("fc.bias", 10),
    ];

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("state.model.")]
    public void NamesAreFoundBehindAPrefix(string prefix)
    {
        var match = WeightsMatch.Of(Network, [.. Network.Reverse().Select(tensor => tensor with { Name = prefix + tensor.Name.Replace("layer1_0_conv1", "layer1.0.conv1", StringComparison.Ordinal) })]);
        Assert.True(match.IsWhole);
        Assert.Equal("by name", match.Manner);
        Assert.Equal(Network.Select(tensor => tensor.Name), match.Matched.Select(weight => weight.Name));
        Assert.All(match.Matched, weight => Assert.EndsWith(weight.Name.Replace("layer1_0_conv1", "layer1.0.conv1", StringComparison.Ordinal), weight.Source, StringComparison.Ordinal));
    }

    [Fact]
    public void OtherNamesAreFoundByOrderAndShape()
    {
        var match = WeightsMatch.Of(Network,
        [
            Of("features.0.weight", 4, 3, 3, 3), Of("features.0.bias", 4), Of("features.1.gamma", 4), Of("features.1.beta", 4), Of("features.1.moving_mean", 4), Of("features.1.moving_variance", 4), Of("features.1.num_batches_tracked"),
            Of("features.10.weight", 4, 4, 3, 3), Of("head.weight", 10, 4, 2, 2), Of("head.bias", 10),
        ]);
        Assert.True(match.IsWhole);
        Assert.Equal("by order and shape", match.Manner);
        Assert.Equal("features.10.weight", match.Matched.Single(weight => weight.Name == "layer1_0_conv1.weight").Source);
        Assert.Equal([10, 16], match.Matched.Single(weight => weight.Name == "fc.weight").Values.Shape);      // a convolution over the whole map is a matrix
    }

    [Fact]
    public void SortedNamesAreCountedAsAPersonDoes()
    {
        NamedTensor[] network = [.. Enumerable.Range(0, 12).Select(i => Of($"conv{i + 1}.weight", 4, 4, 3, 3))];
        var match = WeightsMatch.Of(network, [.. Enumerable.Range(0, 12).Select(i => Of($"features.{i}.weight", 4, 4, 3, 3)).OrderBy(tensor => tensor.Name, StringComparer.Ordinal)]);
        Assert.True(match.IsWhole);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"features.{i}.weight"), match.Matched.Select(weight => weight.Source));
    }

    [Fact]
    public void ALayerGetsAllOfItsWeightsOrNone()
    {
        var match = WeightsMatch.Of([Of("a.weight", 2, 3), Of("a.bias", 2), Of("b.weight", 3, 2)], [Of("a.weight", 2, 3), Of("b.weight", 3, 2)]);
        Assert.Equal(["b.weight"], match.Matched.Select(weight => weight.Name));
        Assert.Equal("a", Assert.Single(match.Missing).Name);
        Assert.Equal("a", Assert.Single(match.Unused).Name);
    }

    [Fact]
    public void AShapeThatOccursOnceIsFoundInAnyOrder()
    {
        var match = WeightsMatch.Of([Of("a.weight", 2, 3), Of("b.weight", 3, 2), Of("c.weight", 5, 5)], [Of("z.weight", 5, 5), Of("y.weight", 2, 3), Of("x.weight", 3, 2)]);
        Assert.True(match.IsWhole);
        Assert.Equal(["y.weight", "x.weight", "z.weight"], match.Matched.Select(weight => weight.Source));
    }

    [Fact]
    public void WhatCannotBeToldApartIsNotGuessed()
    {
        var match = WeightsMatch.Of([Of("a.weight", 2, 2), Of("b.weight", 2, 2), Of("c.weight", 3, 3)], [Of("x.weight", 2, 2), Of("y.weight", 3, 3), Of("z.weight", 2, 2), Of("w.weight", 2, 2)]);
        Assert.Equal(["a", "b"], match.Missing.Select(group => group.Name));
        Assert.Equal(3, match.Unused.Count);
    }

    private static NamedTensor Of(string name, params long[] shape) => new(name, new FilledTensor(0, shape));
}
