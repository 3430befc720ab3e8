using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Training;

public sealed class FilterRenormalizationTests
{
    [Fact]
    public void OnlyFiltersOutsideTheRadiusAreScaledBackToIt()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var network = new SmallNet();
        network.conv1.weight[0] = full(1, 3, 3, 0.5f);                  // RMS 0.5: five times the radius
        network.conv1.weight[1] = full(1, 3, 3, -0.05f);                // RMS 0.05: inside
        network.conv1.weight[2] = zeros(1, 3, 3);
        network.conv1.weight[3] = tensor(new[] { 0.9f, 0, 0, 0, 0, 0, 0, 0, 0 }).reshape(1, 3, 3);      // RMS √(0.81 / 9) = 0.3
        network.fc2.weight.fill_(2);
        network.conv1.bias!.fill_(2);

        new FilterRenormalization(network, 0.1).Apply();

        var filters = network.conv1.weight.flatten(1);                  // [4, 9]
        Assert.InRange((filters[0] - 0.1).abs().max().item<float>(), 0, 1e-7);
        Assert.True(filters[1].eq(-0.05f).all().item<bool>());
        Assert.True(filters[2].eq(0).all().item<bool>());
        Assert.Equal(0.3f, filters[3][0].item<float>(), 6);             // 0.9 · 0.1 / 0.3
        Assert.True(network.fc2.weight.eq(2).all().item<bool>() && network.conv1.bias!.eq(2).all().item<bool>());
    }

    [Fact]
    public void ItAgreesWithALoopOverEachWeight()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var network = new SmallNet();
        network.conv1.weight.copy_(arange(36, ScalarType.Float32).sin().reshape(4, 1, 3, 3) * linspace(0.05, 0.3, 4).reshape(4, 1, 1, 1));
        var expected = network.conv1.weight.data<float>().ToArray();
        for (var map = 0; map < 4; map++)
        {
            var sum = 0.0;
            for (var i = 0; i < 9; i++)
                sum += Math.Pow(expected[map * 9 + i], 2);
            for (var i = 0; i < 9; i++)
                expected[map * 9 + i] *= (float)Math.Min(1, 0.1 / Math.Sqrt(sum / 9));
        }

        new FilterRenormalization(network, 0.1).Apply();

        Assert.All(network.conv1.weight.data<float>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 6));
    }
}
