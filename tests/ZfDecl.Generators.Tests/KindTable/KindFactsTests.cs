using ZfDecl.Generators.Kinds;
using ZfDecl.Networks;

namespace ZfDecl.Generators.Tests.KindTable;

/// <summary>What each kind decides of its layers arrives in the declaration.</summary>
public class KindFactsTests
{
    public static TheoryData<string> Kinds => [.. KindRow.All.Select(row => row.Kind)];

    [Fact]
    public void EveryKindIsInTheTable() => Assert.Equal(LayerKind.All.Select(kind => kind.Word), KindRow.All.Select(row => row.Kind));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ALayerIsDeclaredAsItsKindDecides(string kind)
    {
        var row = KindRow.All.Single(row => row.Kind == kind);
        using var net = KindNetworks.Create(row);
        var layer = net.Info.Layer("some");
        Assert.Equal((row.Role, row.Locality, row.Backward, row.Border), (layer.Role, layer.Locality, layer.Backward, layer.Border));
        Assert.All(layer.Inputs, input => Assert.Equal(layer.Index - 1, input));
        Assert.Equal([LayerInfo.Image], net.Info.Layers[0].Inputs);
        Assert.Equal("fc4", net.Info.Scores.Name);
        Assert.Equal(net.Info.Layers.Where(one => one.Output is { Height: 1, Width: 1 }), net.Info.Layers.Where(one => one.IsFlat));
    }

    [Theory]
    [InlineData("avgpool: some, kernel: 2, padding: 1", WindowBorder.OwnRule)]
    [InlineData("avgpool: some, kernel: 2, rounding: up", WindowBorder.OwnRule)]
    [InlineData("avgpool: some, kernel: 2, stride: 1", WindowBorder.Zeros)]
    [InlineData("lrn: some, over: space, size: 3", WindowBorder.OwnRule)]
    public void AWindowThatTheBorderChangesSaysSo(string layer, WindowBorder border)
    {
        using var net = SpecCompilation.Of($"network: Test\ninput: {{ channels: 2, height: 9, width: 9 }}\nclasses: 2\nlayers:\n  - {{ {layer} }}\n  - {{ dense: fc2 }}\n").Create("Test");
        var some = net.Info.Layer("some");
        Assert.Equal((Locality.Windowed, border), (some.Locality, some.Border));
    }

    [Fact]
    public void AReluOverwritesItsInputOnlyWhereNobodyElseReadsIt()
    {
        using var net = SpecCompilation.Of("""
            network: Test
            input: { channels: 2, height: 9, width: 9 }
            classes: 2
            layers:
              - { conv: conv1, maps: 2, kernel: 3 }
              - { relu: relu1 }
              - { maxpool: pool1, kernel: 2, stride: 1 }
              - { batchnorm: batch2 }
              - { relu: relu2 }
              - { conv: conv3, maps: 2, kernel: 3, padding: 1 }
              - { relu: relu3 }
              - { add: add3, from: [conv3, relu3] }
              - { silu: silu4 }
              - { relu: relu4 }
              - { dense: fc5 }
            """).Create("Test");
        Assert.Equal(["relu1", "relu2"], net.Info.Layers.Where(layer => layer.RectifiesInPlace).Select(layer => layer.Name));     // a silu's output is needed on its way back
    }

    [Fact]
    public void TheGeneratorAndTheRuntimeKnowTheSameFacts()
    {
        Assert.Equal(Enum.GetNames<LayerRole>(), Enum.GetNames<Model.LayerRole>());
        Assert.Equal(Enum.GetNames<Locality>(), Enum.GetNames<Model.Locality>());
        Assert.Equal(Enum.GetNames<BackwardStep>(), Enum.GetNames<Model.BackwardStep>());
        Assert.Equal(Enum.GetNames<WindowBorder>(), Enum.GetNames<Model.WindowBorder>());
    }
}
