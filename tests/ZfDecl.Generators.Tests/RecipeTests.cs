using ZfDecl.Generators.Emitting;

namespace ZfDecl.Generators.Tests;

/// <summary>What a spec says of the training and of its images.</summary>
public class RecipeTests
{
    private const string Plain = """
        network: Test
        input: { channels: 1, height: 28, width: 28 }
        classes: 10
        layers: [ { conv: conv1, maps: 8, kernel: 3 }, { relu: relu1 }, { conv: conv2, maps: 8, kernel: 3 }, { relu: relu2 }, { dense: fc3 } ]

        """;

    [Theory]
    [InlineData("train: { rates: {} }")]
    [InlineData("train: { rates: { }, decay: {} }")]
    [InlineData("train: { patience: none }")]
    [InlineData("preprocess: { divide: deviation }")]
    [InlineData("preprocess: { divide: std }")]
    [InlineData("preprocess: { augment: none }")]
    public void WhatSaysNothingNewChangesNoHash(string recipe) => Assert.Equal(Hash(Plain), Hash(Plain + recipe));

    [Fact]
    public void TheOrderOfFactorsMeansNothingAndTheirValuesDo()
    {
        var one = Hash(Plain + "train: { rates: { bias: 2, conv1: 0 } }");
        Assert.Equal(one, Hash(Plain + "train: { rates: { conv1: 0, bias: 2 } }"));
        Assert.NotEqual(one, Hash(Plain + "train: { rates: { conv1: 1, bias: 2 } }"));
        Assert.NotEqual(one, Hash(Plain + "train: { decay: { conv1: 0, bias: 2 } }"));
    }

    [Fact]
    public void FactorsArePrintedSoThatTheyAreReadAgain()
    {
        var spec = Compile(Plain + "train: { rates: { conv1: 0.5, bias: 2 }, decay: { bias: 0 } }").Single();
        Assert.Contains("rates: { bias: 2, conv1: 0.5 }, decay: { bias: 0 } }", SpecPrinter.Print(spec), StringComparison.Ordinal);
        Assert.Equal(SpecPrinter.Print(spec), SpecPrinter.Print(Compile(SpecPrinter.Print(spec)).Single()));
        Assert.Contains("Rates = new System.Collections.Generic.Dictionary<string, double> { [\"bias\"] = 2, [\"conv1\"] = 0.5 }", DeclarationEmitter.Emit(spec, "Tests"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rates: { conv9: 0 }", "'train': 'rates' names 'conv9', which is neither a kind of parameter nor a layer that has some; did you mean 'conv1'?")]
    [InlineData("decay: { relu1: 0 }", "'train': 'decay' names 'relu1', which is neither a kind of parameter nor a layer that has some")]
    [InlineData("rates: { biases: 2 }", "did you mean 'bias'?")]
    [InlineData("rates: { bias: -1 }", "'train': 'rates' has for 'bias' '-1'; allowed is a mapping such as { bias: 2, conv1: 0 }, each a number ≥ 0")]
    [InlineData("rates: 2", "'train': 'rates' is '2'; allowed is a mapping")]
    public void AFactorOfNothingIsAnError(string recipe, string message) =>
        Assert.Contains(message, Assert.Single(SpecCompilation.Of(("specs/test.yaml", $"{Plain}train: {{ {recipe} }}")).Diagnostics).GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    [Fact]
    public void FactorsOfALayerGoWithIt()
    {
        var specs = Compile(Plain + "train: { rates: { bias: 2, conv2: 0 } }\nvariants:\n  Less: { remove: [conv2, relu2] }\n  More: { train: { rates: { fc3: 3 } } }\n");
        Assert.Contains("rates: { bias: 2 }", SpecPrinter.Print(specs[1]), StringComparison.Ordinal);
        Assert.Contains("rates: { fc3: 3 }", SpecPrinter.Print(specs[2]), StringComparison.Ordinal);
    }

    private static string Hash(string spec) => SpecPrinter.Hash(SpecPrinter.Print(Compile(spec).Single()));

    private static List<Model.ResolvedSpec> Compile(string text)
    {
        var file = SpecCompiler.Read("specs/test.yaml", text);
        var compiled = SpecCompiler.Compile(new SpecIndex([file]).ChainOf(file), new("Tests", ""));
        Assert.Empty(compiled.Diagnostics);
        return [.. compiled.Networks.Select(network => network.Spec)];
    }
}
