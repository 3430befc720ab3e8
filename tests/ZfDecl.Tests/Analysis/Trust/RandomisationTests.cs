using ZfDecl.Analyses.Trust;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis.Trust;

[Collection(Alone.Name)]
public class RandomisationTests
{
    private static readonly SheetCaption Caption = new() { Network = "Toy", Data = "", Weights = "" };

    [Fact]
    public void LayersAreDrawnAnewOneAfterAnotherFromTheTop()
    {
        using var net = new ToyNet(seed: 1);
        using var initial = new ToyNet(seed: 2);
        using var images = new ToyImages(4);
        var layer = net.Info.Layers[ToyNet.Conv2];
        (int, TopUnit)[] units = [(1, new(1, 0, 2, 3)), (4, new(1, 3, 3, 3))];
        var steps = new RandomisationTest(net, images, images.Preprocessor(), layer).Measure(initial, units, new SilentLog());
        Assert.Equal([null, "conv2", "conv1"], steps.Where(step => step.Rule == ReluRule.Deconv).Select(step => step.Lowest?.Name));
        Assert.All(steps.Where(step => step.Layers == 0), step => Assert.Equal(1, step.ToTrained.Rank, 1e-9));
        // One layer anew: conv1 of the trained network below conv2 of the other.
        using var mixed = new ToyNet(seed: 2);
        using (no_grad())
        {
            mixed.conv1.weight!.copy_(net.conv1.weight!);
            mixed.conv1.bias!.copy_(net.conv1.bias!);
        }
        using var scope = NewDisposeScope();
        var decoded = new byte[images.Shape.Count];
        images.Read(3, decoded);
        using var recording = mixed.Record(images.Preprocessor().InputOf([decoded], CPU));
        var signal = zeros(1, 6, 6, 6);
        signal[0, 4, 3, 3] = 1;
        using var deconvnet = mixed.CreateDeconvnet(new() { Relu = ReluRule.Guided });
        var expected = deconvnet.Project(recording, ToyNet.Conv2, signal).data<float>().ToArray();
        Assert.Equal(expected, steps.Single(step => step is { Rule: ReluRule.Guided, Layers: 1 }).Projections[1]);
    }

    [Fact]
    public void ANetworkThatIsItsOwnInitialisationIsNotSaidToShowWhatWasLearned()
    {
        using var net = new ToyNet(seed: 1);
        using var initial = new ToyNet(seed: 1);
        Assert.All(Sentences(net, initial), sentence => Assert.DoesNotContain("depend on what was learned", sentence, StringComparison.Ordinal));
        Assert.Contains(Sentences(net, initial), sentence => sentence.StartsWith("By deconv and mask and guided the pictures keep much of what they show whatever the weights are", StringComparison.Ordinal));
    }

    [Fact]
    public void PicturesThatChangeWithTheWeightsAreNotSaidToStayTheSame()
    {
        RandomisedStep[] steps = [Step(0, 1, 1), Step(2, 0.1, 0.2)];
        string[] sentences = [.. new RandomisationReport(Caption, new ToyLayer().Conv2, steps, [], new(1, 12, 12)).Sentences()];
        Assert.Equal("By deconv the pictures change with the weights: they depend on what was learned.", sentences[^1]);
        Assert.DoesNotContain(sentences, sentence => sentence.Contains("whatever the weights are", StringComparison.Ordinal));
    }

    [Fact]
    public void OfUnitsThatAreAllSilentNeitherIsSaid()
    {
        RandomisedStep[] steps = [Step(0, 1, 1), Step(2, double.NaN, double.NaN)];
        Assert.All(new RandomisationReport(Caption, new ToyLayer().Conv2, steps, [], new(1, 12, 12)).Sentences(), sentence => Assert.StartsWith("With all weights", sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.6, 0.1, 12, "so they need more of what is marked.")]
    [InlineData(0.1, 0.6, 12, "so they need less of what is marked.")]
    [InlineData(0.6, 0.1, 3, "these units cannot tell whether that is more.")]
    public void WhatCoveringShowsFollowsItsTest(double marked, double elsewhere, int maps, string expected) =>
        Assert.EndsWith(expected, new CoveringResult([.. Enumerable.Range(0, maps).Select(map => new CoveredUnit(map, 0, marked + (map * 0.01), elsewhere))]).Sentence, StringComparison.Ordinal);

    [Fact]
    public void CoveringIsThatOfTheImageWithItsPixelsSetToTheMean()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(3);
        var layer = net.Info.Layers[ToyNet.Conv1];
        var visualization = new FeatureVisualization(net, images, images.Preprocessor(), new() { Layers = ["conv1"], Top = 1 }, new SilentLog());
        var map = visualization.Project(visualization.FindStrongest()[0]).First(map => map.Units.Count > 0);
        var unit = map.Units[0];
        var covered = new CoveringTest(net, images, images.Preprocessor(), layer).Measure([(map.Map, unit)], new SilentLog()).Single();
        var decoded = new byte[images.Shape.Count];
        images.Read(unit.Unit.Image, decoded);
        var input = new float[144];
        images.Preprocessor().Evaluation(decoded, input);
        // A fifth of 3×3 pixels is two of them: the two where the projection is largest.
        var (seen, before) = (unit.Region.ClipTo(12, 12), unit.Unit.Value);
        var pixels = (from y in Enumerable.Range(seen.Top, seen.Height) from x in Enumerable.Range(seen.Left, seen.Width) orderby -Math.Abs(unit.Projection[((y - unit.Region.Top) * unit.Region.Width) + x - unit.Region.Left]) select (y, x)).ToArray();
        foreach (var (y, x) in pixels.Take(Math.Max(1, (int)Math.Round(pixels.Length * 0.2))))
            input[(y * 12) + x] = 0;
        using var recording = net.Record(tensor(input, [1, 1, 12, 12]));
        var after = recording.FeatureMaps(ToyNet.Conv1)[0, map.Map, unit.Unit.Y, unit.Unit.X].item<float>();
        Assert.Equal((before - after) / before, covered.Marked, 1e-4);
    }

    private static string[] Sentences(ToyNet net, ToyNet initial)
    {
        using var images = new ToyImages(4);
        var layer = net.Info.Layers[ToyNet.Conv2];
        var steps = new RandomisationTest(net, images, images.Preprocessor(), layer).Measure(initial, [(1, new(1, 0, 2, 3)), (4, new(1, 3, 3, 3))], new SilentLog());
        return [.. new RandomisationReport(Caption, layer, steps, [], net.Info.Input).Sentences()];
    }

    private static RandomisedStep Step(int layers, double rank, double edges) =>
        new(layers == 0 ? null : new ToyLayer().Conv1, layers, ReluRule.Deconv, new(rank, 0.1, edges), new(0, 0, 0.3), []);

    /// <summary>Layers that stand for themselves.</summary>
    private sealed class ToyLayer
    {
        public LayerInfo Conv1 { get; } = new(0, "conv1", "conv", new(4, 12, 12), default, 0, 0, 0);

        public LayerInfo Conv2 { get; } = new(3, "conv2", "conv", new(6, 6, 6), default, 0, 0, 0);
    }
}
