using ZfDecl.Analyses.Evolve;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Runs;
using ZfDecl.Search;
using ZfDecl.Tests.Files;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis;

[Collection(Alone.Name)]
public sealed class FeatureEvolutionTests : IDisposable
{
    private readonly TemporaryFolder run = new();
    private readonly ToyImages images = new(12);

    public void Dispose()
    {
        images.Dispose();
        run.Dispose();
    }

    [Fact]
    public void EachEpochShowsWhatItsOwnWeightsShow()
    {
        var snapshots = Train();
        using var net = new ToyNet(seed: 99);
        var evolved = FeatureEvolution.Follow(net, snapshots, images, images.Preprocessor(), ["conv2", "conv1"], MapSelection.Parse("3+1", 1), new(), new SilentLog());
        Assert.Equal(["conv2", "conv1"], evolved.Select(layer => layer.Layer.Name));
        foreach (var layer in evolved)
        {
            Assert.Equal([1, 5, 10], layer.Epochs);
            Assert.Equal([3, 1], layer.Maps.Select(map => map.Map));
            for (var i = 0; i < snapshots.Count; i++)
            {
                using var then = new ToyNet(seed: layer.Epochs[i]);
                if (layer.Epochs[i] == 5)
                    Kill(then);
                var visualization = new FeatureVisualization(then, images, images.Preprocessor(), new() { Layers = [layer.Layer.Name], Top = 1 }, new SilentLog());
                var all = visualization.Project(visualization.FindStrongest()[0]).ToArray();
                foreach (var map in layer.Maps)
                {
                    var expected = all[map.Map].Units is [var unit, ..] ? unit : null;
                    Assert.Equal(expected?.Unit, map.Units[i]?.Unit);
                    Assert.Equal(expected?.Projection, map.Units[i]?.Projection);
                }
            }
        }
        Assert.Null(evolved[1].Maps[0].Units[1]);       // map 3 of conv1 is dead after epoch 5
    }

    [Fact]
    public void TheTableHasARowForEachMapAndEpochThatIsNotDead()
    {
        using var net = new ToyNet();
        var evolved = FeatureEvolution.Follow(net, Train(), images, images.Preprocessor(), ["conv1"], MapSelection.Parse("3", 1), new(), new SilentLog());
        var report = new EvolutionReport(evolved, net.Info.Input, new() { Network = "Toy", Data = "12 images", Weights = "run toy" });
        report.Write(run["evolve"]);
        var rows = Seals.Lines(run["evolve", "units.csv"]);
        Assert.Equal("layer,map,epoch,image,name,y,x,activation", rows[0]);
        Assert.Equal(["conv1,3,1,", "conv1,3,10,"], rows[1..].Select(row => row[..(row.IndexOf(',', 8) + 1)]));
        Assert.Equal("Features during training", ReportSection.Read(run["evolve"])!.Title);
        using var picture = SkiaSharp.SKBitmap.Decode(run["evolve", "conv1.png"]);
        Assert.InRange(picture.Width, 1000, 2000);
    }

    [Fact]
    public void SnapshotsAreFoundInOrderAndOtherFilesAreNone()
    {
        Train();
        File.WriteAllText(run["checkpoints", ".epoch-0002.safetensors.x.tmp"], "");
        File.WriteAllText(run["checkpoints", "epoch-two.safetensors"], "");
        Assert.Equal([1, 5, 10], EpochSnapshot.Of(run.Path).Select(snapshot => snapshot.Epoch));
        Assert.Empty(EpochSnapshot.Of(run["nothing"]));
    }

    /// <summary>Weights after three epochs, of which those after epoch 5 have a dead map.</summary>
    private IReadOnlyList<EpochSnapshot> Train()
    {
        foreach (var epoch in new[] { 10, 1, 5 })
        {
            using var net = new ToyNet(seed: epoch);
            if (epoch == 5)
                Kill(net);
            WeightsFile.Save(run["checkpoints", $"epoch-{epoch:0000}.safetensors"], net);
        }
        return EpochSnapshot.Of(run.Path);
    }

    private static void Kill(ToyNet net)
    {
        using var noGrad = no_grad();
        net.conv1.weight![3].zero_();
        net.conv1.bias![3] = -1;
    }
}
