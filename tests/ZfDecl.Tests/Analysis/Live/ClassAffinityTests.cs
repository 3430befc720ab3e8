using ZfDecl.Analyses.Live;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis.Live;

/// <summary>Which classes maps answer to, against sums by hand.</summary>
public class ClassAffinityTests
{
    [Fact]
    public void TheMeansAreThoseOfTheLargestActivationsOfEachClass()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(10);
        var preprocessor = images.Preprocessor();
        var affinity = new ClassAffinity(net.Info.Layers[ToyNet.Conv2], 3);
        affinity.Add(net, images, [0, 1, 2, 3], preprocessor);
        affinity.Add(net, images, [4, 5, 6], preprocessor);
        Assert.Equal(Enumerable.Range(0, 7).Count(index => images.Label(index) >= 0), affinity.Images);

        var sums = new Dictionary<int, List<float[]>>();
        for (var index = 0; index < 7; index++)
        {
            using var input = preprocessor.InputOf([images.Read(index)], CPU);
            using var recording = net.Record(input);
            sums.TryAdd(images.Label(index), []);
            sums[images.Label(index)].Add([.. Enumerable.Range(0, 6).Select(map => MapTiles.Map(recording, ToyNet.Conv2, map).Max())]);
        }
        for (var map = 0; map < 6; map++)
        {
            float[] means = [.. Enumerable.Range(0, 3).Select(label => sums.TryGetValue(label, out var rows) ? rows.Average(row => row[map]) : 0)];
            Assert.All(means.Index(), one => Assert.Equal(one.Item, affinity.Means[(map * 3) + one.Index], 1e-5));
            Assert.Equal(means.Max() > 0 ? Array.IndexOf(means, means.Max()) : null, affinity.Best[map]);
            var rest = (means.Sum() - means.Max()) / (sums.Count - 1);
            Assert.Equal(means.Max() > 0 ? (means.Max() - rest) / (means.Max() + rest) : 0, affinity.Selectivity[map], 1e-4);
        }
    }
}
