using ZfDecl.Networks;

namespace ZfDecl.Generators.Tests;

/// <summary>What a variant does to a network that branches: who reads whom stays, whatever is put between.</summary>
public class GraphVariantTests
{
    private const string Base = """
        network: Base
        input: { channels: 3, height: 16, width: 16 }
        classes: 4
        layers:
          - { conv: conv1, maps: 8, kernel: 3, padding: 1 }
          - { relu: relu1 }
          - { conv: conv2, maps: 8, kernel: 3, padding: 1 }
          - { add: add2, from: [conv2, relu1] }
          - { conv: conv3, maps: 8, kernel: 1, from: relu1 }
          - { concat: concat3, from: [add2, conv3] }
          - { dense: fc4 }

        """;

    [Theory]
    [InlineData("remove: [relu1]", "conv2(conv1) add2(conv2 conv1) conv3(conv1) concat3(add2 conv3)")]
    [InlineData("insert-after: { relu1: { maxpool: pool1, kernel: 2 } }", "pool1(relu1) conv2(pool1) add2(conv2 pool1) conv3(pool1) concat3(add2 conv3)")]
    [InlineData("insert-before: { conv3: { batchnorm: batch3 } }", "conv2(relu1) add2(conv2 relu1) batch3(relu1) conv3(batch3) concat3(add2 conv3)")]
    [InlineData("remove: [conv2]", "add2(relu1 relu1) conv3(relu1) concat3(add2 conv3)")]
    [InlineData("remove: [add2]", "conv2(relu1) conv3(relu1) concat3(conv2 relu1 conv3)")]
    [InlineData("insert-after: { add2: [ { relu: relu2 }, { dropout: drop2 } ] }", "conv2(relu1) add2(conv2 relu1) relu2(add2) drop2(relu2) conv3(relu1) concat3(drop2 conv3)")]
    [InlineData("change: { concat3: { from: [conv3, add2, conv2] } }", "conv2(relu1) add2(conv2 relu1) conv3(relu1) concat3(conv3 add2 conv2)")]
    [InlineData("change: { conv3: { from: add2 } }", "conv2(relu1) add2(conv2 relu1) conv3(add2) concat3(add2 conv3)")]
    public void ReadersFollowTheEdit(string edit, string expected)
    {
        using var net = SpecCompilation.Of(("specs/base.yaml", Base + $"variants:\n  Variant:\n    {edit}\n")).Create("Variant");
        var layers = net.Info.Layers;
        var text = string.Join(" ", layers.SkipWhile(layer => layer.Name is "conv1" or "relu1").TakeWhile(layer => layer.Name != "flatten")
            .Select(layer => $"{layer.Name}({string.Join(" ", layer.Inputs.Select(input => input == LayerInfo.Image ? "images" : layers[input].Name))})"));
        Assert.Equal(expected, text);
    }

    [Fact]
    public void WhatWouldReadTwoLayersIsAskedWhichIsMeant()
    {
        var error = SpecCompilation.Of(("specs/base.yaml", Base.Replace("  - { conv: conv3", "  - { relu: relu2 }\n  - { conv: conv3", StringComparison.Ordinal).Replace("[add2", "[relu2", StringComparison.Ordinal)
            + "variants:\n  Variant:\n    remove: [add2]\n")).OnlyError();
        Assert.Equal("15,13 ZF0207", error.Place);
        Assert.StartsWith("layer 'relu2' of 'Variant' would read conv2 and relu1, and takes one input; write 'change: { relu2: { from: … } }'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AllMistakesOfANetworkAreToldAtOnceInTheOrderOfItsLines()
    {
        var compilation = SpecCompilation.Of("""
            network: Test
            input: { channels: 3, height: 16, width: 16 }
            classes: 4
            layers:
              - { conv: conv1, maps: 8, kernel: 30 }
              - { conv: conv2, maps: 9, kernel: 3, groups: 2 }
              - { cnov: conv3, maps: 8, kernel: 1 }
              - { conv: conv4, maps: 8, kernel: 1, from: conv2, strid: 2 }
              - { add: add4, from: [conv4, conv3] }
              - { add: add5, from: [add4, conv9] }
              - { conv: conv6, maps: 6, kernel: 1, from: images }
              - { add: add6, from: [add5, conv6] }
              - { dense: fc7, units: 5 }
            """);
        Assert.Equal(
            ["5 ZF0203", "6 ZF0207", "7 ZF0102", "8 ZF0101", "10 ZF0201", "12 ZF0208", "13 ZF0205"],
            compilation.Result.Diagnostics.Select(found => $"{found.Location.GetLineSpan().StartLinePosition.Line + 1} {found.Id}"));
    }
}
