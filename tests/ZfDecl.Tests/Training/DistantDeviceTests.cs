using System.Runtime.InteropServices;
using TorchSharp;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks.Kernels;
using ZfDecl.Runs;
using ZfDecl.Tests.Runs;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Training;

/// <summary>Training as on a GPU, as far as it goes without one: on a device that fails where a value is read back or a kernel of the CPU is used.</summary>
[Collection(Alone.Name)]
public sealed class DistantDeviceTests
{
    private const int Batch = 4;

    [Theory]
    [InlineData(100, 25)]           // 25 steps: read at the 20th
    [InlineData(60, 15)]            // 15 steps: read at the end of the epoch
    public void BetweenTwoNotesOnTheProgressNothingIsReadBack(int images, int steps)
    {
        using var folder = new TemporaryFolder();
        using var data = SmallData.Create(images);
        using var network = new DistantNet();
        using var directory = RunDirectory.OpenForTraining(folder.Path, "Small", "distant", new SilentLog());
        directory.Begin(SmallNet.Declaration, SmallData.Statistics(data), RunRecord.Begin(SmallNet.Declaration, data, 1, [], "a test"));
        var begun = 0;
        var trainer = new Trainer(network, data, SmallData.Preprocessor(data), directory, new ListeningLog(_ => begun++));

        var error = Assert.Throws<ExternalException>(() => trainer.Train(new() { Recipe = SmallNet.Training with { Batch = Batch, FilterRms = 0.4 }, Seed = 1, Device = DistantNet.Distant }));

        Assert.Contains("Cannot copy out of meta tensor", error.Message, StringComparison.Ordinal);
        Assert.Equal(steps > 20 ? 19 : 15, begun);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void ErrorsAreCountedWhereTheScoresAre(int classes)
    {
        using var scope = NewDisposeScope();
        using var tally = new Tally(countsTop5: true);
        for (var batch = 0; batch < 3; batch++)
            tally.Add(zeros([], device: DistantNet.Distant), zeros([Batch, classes], device: DistantNet.Distant), zeros([Batch], ScalarType.Int64, DistantNet.Distant));

        Assert.Throws<ExternalException>(() => tally.Read());
    }

    [Theory]
    [InlineData("Fashion")]
    [InlineData("Pictures")]
    [InlineData("Zf8")]
    public void EveryLayerOfADeclaredNetworkRunsThere(string name)
    {
        var entry = DeclaredNetworks.All.Single(entry => entry.Info.Name == name);
        using var scope = NewDisposeScope();
        using var network = entry.Create(2);
        network.to(DistantNet.Distant);
        using var noGrad = no_grad();
        var x = zeros([2, network.Info.Input.Maps, network.Info.Input.Height, network.Info.Input.Width], device: DistantNet.Distant);
        foreach (var layer in network.Info.Layers)
        {
            // libtorch has none of these for 'meta': their output takes the place of what they would yield.
            x = layer.Kind is "conv" or "contrast" or "relu"
                ? zeros(x.dim() == 2 ? [2, layer.Output.Maps] : [2, layer.Output.Maps, layer.Output.Height, layer.Output.Width], device: DistantNet.Distant)
                : network.Evaluate(layer.Index, x);
            Assert.Equal(DeviceType.META, x.device_type);
        }
    }

    [Fact]
    public void GradientsOfTheLayersWithKernelsOfTheirOwnStayThere()
    {
        using var scope = NewDisposeScope();
        var maps = zeros([2, 64, 4, 4], device: DistantNet.Distant, requires_grad: true);
        using var layer = nn.Linear(64 * 4 * 4, 128, device: DistantNet.Distant);
        DenseProduct.Apply(layer, LocalResponseNormalization.Apply(maps, 5, 5e-4, 0.75, 2).flatten(1)).sum().backward();

        Assert.Equal((DeviceType.META, DeviceType.META), (maps.grad!.device_type, layer.weight.grad!.device_type));
    }
}
