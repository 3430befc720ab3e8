using ZfDecl.Analyses.Occlude;
using ZfDecl.Projection;
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

    [Fact]
    public void LookingIntoAGraphLeaksNoTensor()
    {
        using var net = RandomGraphs.Create(BlockGraph.All[7].Name);
        using var images = RandomGraphs.Images(net, 7, count: 1);
        var layers = net.Info.Layers.Select(layer => layer.Readout).ToHashSet();
        Once();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 3; i++)
            Once();
        Assert.Equal(before, Tensor.TotalCount);

        void Once()
        {
            using var seen = net.Record(images);
            using var some = seen.Select([0, 0]);
            using var deconvnet = net.CreateDeconvnet();
            foreach (var layer in net.Info.Layers)
                deconvnet.Project(some, layer.Index, 0).Dispose();
            net.ForwardWithHooks(images, layers, (_, _, _) => { });
            new WindowedDeconvnet(net).Project(seen, 3, [new(0, 0, default, 1)], (_, _) => { });
            using var forward = new OccludedForward(net, images);
            forward.Run([new(1, 1, 3, 3), new(4, 5, 3, 3)], 0, net.Info.Scores.Index, 1).Dispose();
        }
    }

    [Fact]
    public void SearchingLeaksNoTensor()
    {
        var random = RandomNet.Of(5, wide: true);
        using var net = RandomNetworks.Create(random, 5);
        using var images = DeconvnetTests.Image(random, 5, count: 2);
        var layers = net.Info.Layers.Select(layer => layer.Readout).ToHashSet();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 5; i++)
            net.ForwardWithHooks(images, layers, (_, _, _) => { });
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void ThousandsOfWindowedProjectionsTakeNoMoreMemoryThanAHundred()
    {
        var (random, choice) = (RandomNet.Of(5), new Random(5));
        using var net = RandomNetworks.Create(random, 5);
        using var images = DeconvnetTests.Image(random, 5, count: 2);
        using var seen = net.Record(images);
        var (windowed, layer) = (new WindowedDeconvnet(net), net.Info.Layers.Last(layer => layer.Kind == "conv"));
        Project(100);
        var bytes = GC.GetTotalMemory(forceFullCollection: true);       // finalizers run, and take what other tests have left behind along
        var tensors = Tensor.TotalCount;
        Project(5000);
        Assert.InRange(Tensor.TotalCount, 0, tensors);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - bytes, long.MinValue, 1 << 20);       // 5,000 projections kept would be more than 4 MB

        void Project(int count)
        {
            for (var done = 0; done < count; done += 50)
            {
                UnitSignal[] units = [.. Enumerable.Range(0, 50).Select(_ => new UnitSignal(choice.Next(2), choice.Next(layer.Output.Maps), new(choice.Next(layer.Output.Height), choice.Next(layer.Output.Width)), 1))];
                windowed.Project(seen, layer.Index, units, (_, _) => { });
            }
        }
    }
}
