namespace ZfDecl.Generators.Tests.Diagnostics;

/// <summary>What a newcomer gets wrong: one clear error each, on the right line and column, and nothing else.</summary>
public class NewcomersMistakesTests
{
    private const string Head = "network: Test\ninput: { channels: 1, height: 28, width: 28 }\nclasses: 10\nlayers:\n";

    [Fact]
    public void AMisspeltKindGetsTheNearestOne() => AssertOnly(
        Head + "  - { cnov: conv1, maps: 8, kernel: 3 }\n  - { dense: fc2 }\n",
        "5,7 ZF0102", "'cnov' is no kind of layer; did you mean 'conv'?");

    [Fact]
    public void AMisspeltKeyGetsTheNearestOne() => AssertOnly(
        Head + "  - { conv: conv1, maps: 8, kernel: 3, strid: 2 }\n  - { dense: fc2 }\n",
        "5,40 ZF0101", "layer 'conv1' has no key 'strid'; did you mean 'stride'?");

    [Fact]
    public void AMisspeltKeyThatMustBeThereIsNotMissingAsWell() => AssertOnly(
        Head + "  - { conv: conv1, maps: 8, kernal: 3 }\n  - { dense: fc2 }\n",
        "5,29 ZF0101", "layer 'conv1' has no key 'kernal'; did you mean 'kernel'?");

    [Theory]
    [InlineData("claases", "classes")]
    [InlineData("inptu", "input")]
    public void AMisspeltKeyAtTheTopIsNotMissingAsWell(string misspelt, string right) => AssertOnly(
        (Head + "  - { dense: fc1 }\n").Replace($"{right}:", $"{misspelt}:", StringComparison.Ordinal),
        $"{(right == "input" ? 2 : 3)},1 ZF0101", $"a spec has no key '{misspelt}'; did you mean '{right}'?");

    [Fact]
    public void AKeyUnlikeAnyGetsTheListOfThoseThereAre() => AssertOnly(
        Head + "  - { relu: relu1, colour: 2 }\n  - { dense: fc2 }\n",
        "5,20 ZF0101", "layer 'relu1' has no key 'colour'");

    [Fact]
    public void AKernelAsAWordIsToldWhatIsAllowed() => AssertOnly(
        Head + "  - { conv: conv1, maps: 8, kernel: three }\n  - { dense: fc2 }\n",
        "5,37 ZF0104", "layer 'conv1': 'kernel' is 'three'; allowed is a whole number from 1 to 4,096, or two of them [vertical, horizontal]");

    [Fact]
    public void ANegativeStrideIsToldWhatIsAllowed() => AssertOnly(
        Head + "  - { conv: conv1, maps: 8, kernel: 3, stride: -2 }\n  - { dense: fc2 }\n",
        "5,48 ZF0104", "layer 'conv1': 'stride' is '-2'; allowed is a whole number from 1 to 4,096, or two of them [vertical, horizontal]");

    [Fact]
    public void MissingMapsAreNamed() => AssertOnly(
        Head + "  - { conv: conv1, kernel: 3 }\n  - { dense: fc2 }\n",
        "5,13 ZF0103", "layer 'conv1' lacks 'maps': The number of feature maps it yields. Write 'maps: …' with a whole number from 1 to 65,536");

    [Fact]
    public void ADenseLayerBeforeAConvIsInTheWrongPosition() => AssertOnly(
        Head + "  - { dense: fc1, units: 5 }\n  - { conv: conv2, maps: 8, kernel: 3 }\n  - { dense: fc3 }\n",
        "6,13 ZF0204", "layer 'conv2': conv layers need feature maps, but the layer before yields 5 units; put it before the first dense or flatten layer");

    [Fact]
    public void TabsAreNoIndentation() => AssertOnly(
        "network: Test\nlayers:\n\t- { relu: relu1 }\n",
        "3,1 ZF0001", "YAML is indented with spaces, and this line is indented with a tab; replace it by spaces");

    [Fact]
    public void ADuplicateNameSaysWhereTheFirstStands() => AssertOnly(
        Head + "  - { conv: conv1, maps: 8, kernel: 3 }\n  - { conv: conv1, maps: 8, kernel: 3 }\n  - { dense: fc2 }\n",
        "6,13 ZF0107", "the name 'conv1' is taken by the layer in line 5; give each layer a name of its own");

    [Fact]
    public void TooSmallAnInputIsSaidOnceAtTheFirstLayerThatDoesNotFit() => AssertOnly(
        Head.Replace("28", "6", StringComparison.Ordinal) + "  - { conv: conv1, maps: 8, kernel: 3 }\n  - { conv: conv2, maps: 8, kernel: 7 }\n  - { conv: conv3, maps: 8, kernel: 7 }\n  - { dense: fc2 }\n",
        "6,37 ZF0203", "layer 'conv2': kernel 7x7 is larger than its padded input 4x4; use a kernel ≤ 4 or raise the padding");

    [Fact]
    public void AnEmptyFileIsToldHowASpecStarts() => AssertOnly("", "1,1 ZF0103", "the file is empty; a spec starts with 'network: <Name>'");

    [Theory]
    [InlineData("network:\nclasses: 10\n", "1,1 ZF0103", "a spec: 'network' has no value")]
    [InlineData("network: [Test]\nvariants:\n  Wide: { classes: 10 }\n", "1,10 ZF0104", "a spec: 'network' is a list")]
    [InlineData("network: test\nvariants:\n  Wide: { classes: 10 }\n  Narrow: { classes: 5 }\n", "1,10 ZF0106", "'test' ")]
    [InlineData("network: Test\nextends:\nchange: { fc1: { units: 5 } }\n", "2,1 ZF0103", "a spec: 'extends' has no value")]
    [InlineData("network: Test\nextends: [Zf8]\nchange: { fc1: { units: 5 } }\nremove: [fc2]\n", "2,10 ZF0104", "a spec: 'extends' is a list")]
    [InlineData("extends:\nvariants:\n  Wide: { classes: 10 }\n", "1,1 ZF0103", "a spec: 'extends' has no value")]
    public void AMistakeInANetworksNameIsSaidOnce(string spec, string place, string message) => AssertOnly(spec, place, message);

    [Fact]
    public void AListIsNoSpec() => AssertOnly("- a\n- b\n", "1,1 ZF0104", "a spec is a mapping that starts with 'network: <Name>'; this is a list");

    [Fact]
    public void AKeyTwiceSaysWhereTheFirstStands() => AssertOnly(
        Head + "  - { dense: fc2 }\nclasses: 12\n",
        "6,1 ZF0105", "'classes' stands here a second time, first in line 3; keep one");

    [Fact]
    public void AnAliasIsRefused() => AssertOnly(
        Head + "  - &a { dense: fc2 }\n  - *a\n",
        "6,5 ZF0002", "'*a' is a YAML alias; specs have none: write the value out");

    [Fact]
    public void ALastLayerWithoutScoresIsToldWhatToAdd() => AssertOnly(
        Head + "  - { conv: conv1, maps: 8, kernel: 3 }\n",
        "5,13 ZF0205", "layer 'conv1' ends the network, but a network ends with a dense layer that yields one score a class; add '- { dense: fc2 }'");

    [Theory]
    [InlineData("  - { dense: fc1, units: 10 }\n  - { relu: relu1 }\n", 6, "relu1", 4)]
    [InlineData("  - { conv: conv1, maps: 12, kernel: 28 }\n", 5, "conv1", 3)]
    public void ASoftmaxOfWhatIsNoDenseLayerIsToldWhatToAdd(string layers, int line, string name, int next) => AssertOnly(
        $"{Head}{layers}  - {{ softmax: prob }}\n",
        $"{line},13 ZF0205", $"layer '{name}' stands before the softmax, but a network ends with a dense layer that yields one score a class; add '- {{ dense: fc{next} }}' between the two");

    [Fact]
    public void ALastLayerWithAnotherNumberOfUnitsIsToldSo() => AssertOnly(
        Head + "  - { dense: fc1, units: 12 }\n",
        "5,26 ZF0205", "layer 'fc1': the last dense layer has 12 units, but the network tells 10 classes apart; leave 'units' out, or make both equal");

    [Fact]
    public void AKeywordCannotNameALayer() => AssertOnly(
        Head + "  - { relu: base }\n  - { dense: fc2 }\n",
        "5,13 ZF0106", "'base' cannot name a layer: the generated class needs that word itself; for example 'base1' is free");

    [Fact]
    public void ALayerToVisualizeMustExist() => AssertOnly(
        Head + "  - { conv: conv1, maps: 8, kernel: 3 }\n  - { dense: fc2 }\nvisualize: { layers: [conv2] }\n",
        "7,22 ZF0201", "'visualize': there is no layer 'conv2'; did you mean 'conv1'?");

    [Fact]
    public void AMisspeltWordGetsTheNearestOne() => AssertOnly(
        Head + "  - { dense: fc2 }\ntrain: { anneal: plataeu }\n",
        "6,18 ZF0104", "'train': 'anneal' is 'plataeu'; allowed is one of constant, cosine, step, plateau; did you mean 'plateau'?");

    [Fact]
    public void TwoWaysToCropAreOneTooMany() => AssertOnly(
        Head + "  - { dense: fc2 }\npreprocess: { augment: [random-crop, ten-crops] }\n",
        "6,24 ZF0207", "'preprocess': 'augment' crops each image both at random and in ten ways; keep one of random-crop and ten-crops");

    [Fact]
    public void ValuesThatNoMemoryHoldsAreRefused() => AssertOnly(
        Head.Replace("28", "60000", StringComparison.Ordinal) + "  - { dense: fc2 }\n",
        "2,8 ZF0206", "an image of 1x60000x60000 has 3,600,000,000 values; at most 1,073,741,824 are possible");

    [Fact]
    public void AllErrorsOfAFileComeAtOnce()
    {
        var compilation = SpecCompilation.Of(Head + "  - { cnov: conv1 }\n  - { conv: conv2, maps: x, kernle: 3, kernel: 3 }\n  - { relu: relu2, rate: 1 }\n  - { dense: fc3 }\ntrian: { batch: 0 }\n");
        Assert.Equal(["ZF0102", "ZF0104", "ZF0101", "ZF0101", "ZF0101"], compilation.Diagnostics.Select(d => d.Id));
        Assert.Equal([5, 6, 6, 7, 9], compilation.Diagnostics.Select(d => d.Location.GetLineSpan().StartLinePosition.Line + 1));
    }

    [Fact]
    public void TwoNetworksOfOneNameAreToldOfEachOther()
    {
        var compilation = SpecCompilation.Of(("specs/a.yaml", Head + "  - { dense: fc2 }\n"), ("specs/b.yaml", Head + "  - { dense: fc2 }\n"));
        var (place, message) = compilation.OnlyError();
        Assert.Equal("1,10 ZF0108", place);
        Assert.Equal("the class 'Test' is made of the network 'Test' in specs/a.yaml already; rename one of the two", message);
        Assert.Single(compilation.Result.Results.Single().GeneratedSources, source => source.HintName == "Test.g.cs");
    }

    [Fact]
    public void AWrongSpecDoesNotTakeTheOthersAway()
    {
        var compilation = SpecCompilation.Of(("specs/a.yaml", Head + "  - { dense: fc2, unit: 3 }\n"), ("specs/b.yaml", Head.Replace("Test", "Right", StringComparison.Ordinal) + "  - { dense: fc2 }\n"));
        Assert.Equal("ZF0101", Assert.Single(compilation.Diagnostics).Id);
        Assert.Contains("DeclaredNetworks.g.cs", compilation.Result.Results.Single().GeneratedSources.Select(s => s.HintName));
        Assert.Contains("Right.g.cs", compilation.Result.Results.Single().GeneratedSources.Select(s => s.HintName));
    }

    private static void AssertOnly(string spec, string place, string message)
    {
        var found = SpecCompilation.Of(spec).OnlyError();
        Assert.Equal(place, found.Place);
        Assert.StartsWith(message, found.Message, StringComparison.Ordinal);
    }
}
