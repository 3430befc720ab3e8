using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Training;

[Collection(Alone.Name)]
public sealed class InitializationTests
{
    [Fact]
    public void WeightsHaveTheDeviationThatIsAskedForAndBiasesAreZero()
    {
        using var scope = NewDisposeScope();
        using var network = new SmallNet(classes: 500);                 // 32,000 dense weights: their deviation is within 2 % of the truth
        random.manual_seed(3);
        Initialization.Apply(network, 0.01);

        Assert.InRange(network.fc2.weight.std().item<float>(), 0.0098, 0.0102);
        Assert.InRange(network.fc2.weight.mean().item<float>(), -0.0002, 0.0002);
        Assert.InRange(network.conv1.weight.std().item<float>(), 0.006, 0.014);
        Assert.True(network.conv1.bias!.eq(0).all().item<bool>() && network.fc2.bias!.eq(0).all().item<bool>());
    }

    [Fact]
    public void WithoutADeviationItIsTheRootOfTwoByFanIn()
    {
        using var scope = NewDisposeScope();
        using var network = new SmallNet(classes: 500);
        random.manual_seed(3);
        Initialization.Apply(network, null);
        var (he, heConv) = (network.fc2.weight.clone(), network.conv1.weight.clone());
        random.manual_seed(3);
        Initialization.Apply(network, 1);

        // The same draws, times √(2 / 64) in fc2 and √(2 / 9) in conv1.
        Assert.InRange((he - network.fc2.weight * Math.Sqrt(2.0 / 64)).abs().max().item<float>(), 0, 1e-6);
        Assert.InRange((heConv - network.conv1.weight * Math.Sqrt(2.0 / 9)).abs().max().item<float>(), 0, 1e-6);
    }
}
