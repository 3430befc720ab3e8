using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests;

/// <summary>Networks that yield features and tell no classes apart.</summary>
public class ClasslessTests
{
    private const string Head = "network: Features\ninput: { channels: 3, height: 8, width: 8 }\nclasses: none\nlayers:\n  - { conv: conv1, maps: 4, kernel: 3 }\n  - { relu: relu1 }\n";

    [Fact]
    public void ItYieldsWhatItsLastLayerYields()
    {
        var compilation = SpecCompilation.Of(Head + "  - { avgpool: pool1, kernel: all }\n");
        Assert.Empty(compilation.Diagnostics);
        Assert.Empty(compilation.Complaints());
        using var net = compilation.Create("Features");
        using var scope = NewDisposeScope();
        net.eval();
        var images = rand(2, 3, 8, 8);
        Assert.Equal([2, 4, 1, 1], net.call(images).shape);
        Assert.Equal((0, "pool1"), (net.Classes, net.Info.Scores.Name));
        Assert.DoesNotContain(net.Info.Layers, layer => layer.PerClass);
        Assert.Contains("\nclasses: none\n", net.Info.ResolvedSpec, StringComparison.Ordinal);
        Assert.True(net.call(images).allclose(net.Record(images).Activation(2), atol: 1e-6));
        Assert.Throws<InvalidOperationException>(() => net.Probabilities(images));
        var again = SpecCompilation.Of(net.Info.ResolvedSpec);
        Assert.Empty(again.Diagnostics);
    }

    [Fact]
    public void ItsLastDenseLayerSaysItsUnits()
    {
        Assert.Equal("7,14 ZF0103", SpecCompilation.Of(Head + "  - { dense: fc2 }\n").OnlyError().Place);
        using var net = SpecCompilation.Of(Head + "  - { dense: fc2, units: 5 }\n").Create("Features");
        using var scope = NewDisposeScope();
        Assert.Equal([1, 5], net.call(rand(1, 3, 8, 8)).shape);
    }

    [Fact]
    public void ItHasNoProbabilities() => Assert.Equal("7,16 ZF0205", SpecCompilation.Of(Head + "  - { softmax: prob }\n").OnlyError().Place);

    [Fact]
    public void ClassesThatAreMisspeltAreNotNone() => Assert.Equal("3,10 ZF0104", SpecCompilation.Of(Head.Replace("none", "nune", StringComparison.Ordinal) + "  - { dense: fc2, units: 5 }\n").OnlyError().Place);

    [Theory]
    [InlineData("mean: [1, 2]", "has 2 values, but an image has 3 channels")]
    [InlineData("mean: [1, 2, 3], subtract: none", "'mean' is given, but 'subtract' is not channel-mean")]
    [InlineData("std: [1, 2, 3], divide: 2", "'std' is given, but 'divide' is not std")]
    [InlineData("std: [1, 0, 3]", "allowed is")]
    [InlineData("channels: gbr", "one of rgb, bgr")]
    public void WhatIsDoneToAnImageMustNotContradictItself(string keys, string message) =>
        Assert.Contains(message, SpecCompilation.Of($"{Head}preprocess: {{ {keys} }}\n").OnlyError().Message, StringComparison.Ordinal);

    [Fact]
    public void KnownValuesAndTheOrderOfColoursStandInTheRecipe()
    {
        using var net = SpecCompilation.Of(Head + "preprocess: { channels: bgr, mean: [123.5, 117, 104], std: [58, 57, 57.5] }\n").Create("Features");
        var recipe = net.Info.Recipe.Preprocess;
        Assert.Equal(ZfDecl.Networks.Recipes.ChannelOrder.Bgr, recipe.Channels);
        Assert.Equal([123.5, 117, 104], recipe.Mean);
        Assert.Equal([58, 57, 57.5], recipe.Std);
    }

    [Fact]
    public void AnInterpolationStandsInTheRecipeAndOneThatIsNotWrittenInNoSpec()
    {
        using var net = SpecCompilation.Of(Head + "preprocess: { interpolation: area }\n").Create("Features");
        Assert.Equal(ZfDecl.Networks.Recipes.Interpolation.Area, net.Info.Recipe.Preprocess.Interpolation);
        Assert.Contains("interpolation: area", net.Info.ResolvedSpec, StringComparison.Ordinal);
        using var silent = SpecCompilation.Of(Head).Create("Features");
        using var usual = SpecCompilation.Of(Head + "preprocess: { interpolation: bilinear }\n").Create("Features");
        Assert.DoesNotContain("interpolation", silent.Info.ResolvedSpec, StringComparison.Ordinal);
        Assert.Equal(silent.Info.SpecHash, usual.Info.SpecHash);
    }
}
