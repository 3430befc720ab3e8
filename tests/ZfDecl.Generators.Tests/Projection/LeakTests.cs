using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>Tests that count all live tensors of the process run while no others do.</summary>
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
[Collection(nameof(LeakTests))]
public class LeakTests
{
    [Fact]
    public void RecordingAndProjectingLeakNoTensor()
    {
        var random = RandomNet.Of(5);
        using var net = RandomNetworks.Create(random, 5);
        using var images = DeconvnetTests.Image(random, 5, count: 2);
        Once();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 5; i++)
            Once();
        Assert.Equal(before, Tensor.TotalCount);

        void Once()
        {
            using var seen = net.Record(images);
            using var some = seen.Select([1, 0, 1]);
            using var deconvnet = net.CreateDeconvnet();
            foreach (var layer in net.Info.Layers)
                deconvnet.Project(some, layer.Index, 0).Dispose();
        }
    }
}
