using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests;

/// <summary>Networks whose layers branch and join.</summary>
public class GraphTests
{
    private const string Residual = """
        network: Residual
        input: { channels: 3, height: 16, width: 18 }
        classes: 4
        layers:
          - { conv: conv1, maps: 8, kernel: 3, padding: 1 }
          - { relu: relu1 }
          - { maxpool: pool1, kernel: 2 }
          - { conv: conv2, maps: 8, kernel: 3, padding: 1 }
          - { relu: relu2 }
          - { conv: conv3, maps: 8, kernel: 3, padding: 1 }
          - { add: add3, from: [conv3, pool1] }
          - { relu: relu3 }
          - { conv: conv4, maps: 6, kernel: 1 }
          - { conv: conv5, maps: 5, kernel: 3, padding: 1, from: relu3 }
          - { relu: relu5 }
          - { concat: concat5, from: [conv4, relu5, relu3] }
          - { conv: conv6, maps: 4, kernel: 1 }
          - { relu: relu6 }
          - { avgpool: pool6, kernel: [8, 9] }
        """;

    [Fact]
    public void BranchesJoinAsTorchJoinsThem()
    {
        using var scope = NewDisposeScope();
        using var net = SpecCompilation.Of(Residual).Create("Residual");
        var images = randn(2, 3, 16, 18);
        var w = net.state_dict();
        var expected = ByHand(w, images);
        Assert.InRange((net.call(images) - expected).abs().max().item<float>(), 0, 1e-5f);
        using var seen = net.Record(images);
        Assert.InRange((seen.Activation(net.Info.Scores.Index) - expected).abs().max().item<float>(), 0, 1e-5f);
        int[] all = [.. net.Info.Layers.Select(layer => layer.Index)];
        foreach (var watched in all.Select(layer => new HashSet<int> { layer }).Append([.. all]))
            net.ForwardWithHooks(images, watched, (layer, maps, rows) => Assert.InRange((seen.Activation(layer) - (rows is null ? maps : nn.functional.relu(maps))).abs().max().item<float>(), 0, 1e-5f));
    }

    [Fact]
    public void TheMaskRuleIsTheGradientThroughEveryBranch()
    {
        using var scope = NewDisposeScope();
        using var net = SpecCompilation.Of(Residual).Create("Residual");
        var images = randn(2, 3, 16, 18).requires_grad_(true);
        ByHand(net.state_dict(), images).select(1, 2).sum().backward();
        using var seen = net.Record(images);
        using var deconvnet = net.CreateDeconvnet(new() { Relu = ReluRule.Mask });
        var signal = zeros(2, 4);
        signal.select(1, 2).fill_(1);
        Assert.InRange((deconvnet.Project(seen, net.Info.Scores.Index, signal) - images.grad!).abs().max().item<float>(), 0, 1e-5f * images.grad!.abs().max().item<float>());
    }

    [Fact]
    public void AConvolutionWithAMapAClassAndItsMeanYieldTheScoresOfAnyNumberOfClasses()
    {
        using var scope = NewDisposeScope();
        var entry = SpecCompilation.Of(Residual).Load().Single();
        using var net = entry.Create(7);
        Assert.Equal([2L, 7L], net.call(randn(2, 3, 16, 18)).shape);
        Assert.Equal("flatten", net.Info.Scores.Name);
        Assert.Equal(["conv6", "relu6", "pool6", "flatten", "softmax"], net.Info.Layers.Where(layer => layer.PerClass).Select(layer => layer.Name));
        Assert.Equal(net.parameters().Sum(parameter => parameter.numel()), net.Info.Layers.Sum(layer => layer.CreatedFor(7).Parameters));
    }

    [Theory]
    [InlineData("batch2, relu1")]
    [InlineData("relu1, batch2")]
    public void ASumIsTheSameWhicheverSummandIsNamedFirst(string from)
    {
        using var net = SpecCompilation.Of($$"""
            network: Summing
            input: { channels: 1, height: 8, width: 8 }
            classes: 2
            layers:
              - { conv: conv1, maps: 3, kernel: 3, padding: 1 }
              - { relu: relu1 }
              - { conv: conv2, maps: 3, kernel: 3, padding: 1 }
              - { batchnorm: batch2 }
              - { add: sum2, from: [{{from}}] }
              - { dense: fc3 }
            """).Create("Summing");
        net.eval();
        using var images = rand(2, 1, 8, 8);
        using var recording = net.Record(images);
        using var sum = recording.Activation(net.Info.Layer("batch2").Index) + recording.Activation(net.Info.Layer("relu1").Index);
        Assert.True(recording.Activation(net.Info.Layer("sum2").Index).allclose(sum));
        Assert.True(net.call(images).allclose(recording.Activation(net.Info.Scores.Index)));
    }

    [Fact]
    public void AMapThatIsWiderThanAnyWindowIsNotPooledAsAWhole()
    {
        var found = SpecCompilation.Of("network: Wide\ninput: { channels: 1, height: 8, width: 8 }\nclasses: 2\nlayers:\n  - { pad: pad1, padding: [0, 1, 2, 4096] }\n  - { conv: conv1, maps: 2, kernel: 1 }\n  - { avgpool: pool1, kernel: all }\n").OnlyError();
        Assert.StartsWith("layer 'pool1': the whole map is 10x4105; a window has at most 4,096 rows and columns", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADenseLayerThatIsToTakeSeveralInputsIsNamed()
    {
        var found = SpecCompilation.Of("network: Two\ninput: { channels: 1, height: 8, width: 8 }\nclasses: 2\nlayers:\n  - { conv: conv1, maps: 2, kernel: 3 }\n  - { relu: relu1 }\n  - { dense: fc2, from: [conv1, relu1] }\n").OnlyError();
        Assert.Equal("7,25 ZF0104", found.Place);
        Assert.StartsWith("layer 'fc2': 'from' is a list", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AResolvedSpecIsReadAsTheSameNetwork()
    {
        using var net = SpecCompilation.Of(Residual).Create("Residual");
        using var again = SpecCompilation.Of(net.Info.ResolvedSpec).Create("Residual");
        Assert.Equal(net.Info.SpecHash, again.Info.SpecHash);
        Assert.Equal(net.Info.Layers, again.Info.Layers);
    }

    [Fact]
    public void TheGeneratedCodeCompilesWithoutAWarning() => Assert.Empty(SpecCompilation.Of(Residual).Complaints());

    /// <summary>The network written out with torch's operations.</summary>
    private static Tensor ByHand(Dictionary<string, Tensor> w, Tensor images)
    {
        var pool1 = nn.functional.max_pool2d(nn.functional.relu(Conv(images, "conv1", 1)), [2, 2]);
        var relu3 = nn.functional.relu(Conv(nn.functional.relu(Conv(pool1, "conv2", 1)), "conv3", 1) + pool1);
        var joined = cat([Conv(relu3, "conv4", 0), nn.functional.relu(Conv(relu3, "conv5", 1)), relu3], 1);
        return nn.functional.relu(Conv(joined, "conv6", 0)).mean([2, 3]);

        Tensor Conv(Tensor x, string name, long padding) => nn.functional.conv2d(x, w[$"{name}.weight"], w[$"{name}.bias"], padding: [padding, padding]);
    }
}
