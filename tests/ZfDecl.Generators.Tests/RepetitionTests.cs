namespace ZfDecl.Generators.Tests;

/// <summary>Stretches of layers that are repeated with parameters.</summary>
public class RepetitionTests
{
    private const string Head = "network: Test\ninput: { channels: 3, height: 32, width: 32 }\nclasses: 4\nlayers:\n";

    private const string Blocks = Head + """
          - { conv: stem_0, maps: 8, kernel: 3, padding: 1 }
          - repeat: { stage: [a, b], width: [8, 16], stride: [1, 2], blocks: [2, 1], before: [stem_0, a2] }
            layers:
              - { conv: '{stage}1', maps: '{width}', kernel: 3, padding: 1, stride: '{stride}' }
              - repeat: { i: '2..{blocks}' }
                layers:
                  - { conv: '{stage}{i}', maps: '{width}', kernel: 3, padding: 1 }
                  - { add: 'sum_{stage}{i}', from: ['{stage}{i}', '{stage}{i-1}'] }
          - { dense: fc }
        """;

    [Fact]
    public void NamesAndValuesAreThoseOfEachRound()
    {
        using var net = SpecCompilation.Of(Blocks).Create("Test");
        Assert.Equal(["stem_0", "a1", "a2", "sum_a2", "b1", "flatten", "fc", "softmax"], net.Info.Layers.Select(layer => layer.Name));
        Assert.Equal((16, 16), (net.Info.Layer("b1").Output.Maps, net.Info.Layer("b1").Output.Height));
        Assert.Equal([2, 1], net.Info.Layer("sum_a2").Inputs);
    }

    [Fact]
    public void AVariantAltersARepeatedLayerByItsName()
    {
        using var net = SpecCompilation.Of(("specs/a.yaml", Blocks + "\nvariants:\n  Wider:\n    change: { b1: { maps: 20 } }\n    remove: [a2, sum_a2]\n")).Create("Wider");
        Assert.Equal((20, 4), (net.Info.Layer("b1").Output.Maps, net.Info.Layers.Count(layer => layer.Parameters > 0)));
    }

    [Fact]
    public void AMistakeIsToldOnceOnItsLineWithTheFirstRoundThatHasIt()
    {
        var (at, message) = SpecCompilation.Of(Head + """
              - repeat: { i: 1..3 }
                layers:
                  - { conv: 'conv{i}', maps: 4, kernel: 3, padding: 1, bias: false, initial-bias: 1 }
              - { dense: fc }
            """).OnlyError();
        Assert.Equal("7,87 ZF0207", at);
        Assert.StartsWith("layer 'conv1' (i = 1): 'initial-bias' is written", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("repeat: { i: 1..3, w: [1, 2] }", "conv{i}", "5,27 ZF0207", "'w' has 2 values and 'i' 3; each round takes one of each")]
    [InlineData("repeat: { i: many }", "conv{i}", "5,18 ZF0104", "the parameter 'i' is 'many'; allowed is a range 1..6 of at most 1024 values, or a list [a, b, …]")]
    [InlineData("repeat: { i: 1..2 }", "conv{j}", "7,17 ZF0104", "'{j}': there is no parameter 'j'; allowed: i")]
    [InlineData("repeat: { i: [a, b] }", "conv{i-1}", "7,17 ZF0104", "'{i-1}' with i = a is no number; allowed is a parameter, or one plus, minus or times a whole number, such as {i-1}")]
    public void AWrongRepetitionIsToldWhatIsAllowed(string repeat, string name, string at, string message)
    {
        var compilation = SpecCompilation.Of(Head + $"  - {repeat}\n    layers:\n      - {{ conv: '{name}', maps: 4, kernel: 1 }}\n  - {{ dense: fc }}\n");
        var first = compilation.Diagnostics[0];
        var position = first.Location.GetLineSpan().StartLinePosition;
        Assert.Equal((at, message), ($"{position.Line + 1},{position.Character + 1} {first.Id}", first.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void RepetitionsOfRepetitionsEnd()
    {
        var nested = string.Concat(Enumerable.Range(0, 6).Select(depth => $"{new string(' ', 2 + (4 * depth))}- repeat: {{ i{depth}: 1..1000 }}\n{new string(' ', 4 + (4 * depth))}layers:\n"))
            + new string(' ', 26) + "- { relu: 'r{i0}_{i1}_{i2}_{i3}_{i4}_{i5}' }\n";
        Assert.Contains(SpecCompilation.Of(Head + nested).Diagnostics, found => found.Id == "ZF0003");
    }
}
