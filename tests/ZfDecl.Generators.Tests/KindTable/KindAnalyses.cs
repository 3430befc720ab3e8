using ZfDecl.Analyses.Correspond;
using ZfDecl.Analyses.Diagnose;
using ZfDecl.Analyses.Evolve;
using ZfDecl.Analyses.Invariance;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Project;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Runs;
using ZfDecl.Search;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Generators.Tests.KindTable;

/// <summary>What is done to a network, by the name of the verb or of the part of one, and how to see that it is done right.</summary>
internal static class KindAnalyses
{
    public static IReadOnlyDictionary<string, Action<Subject>> All { get; } = new Dictionary<string, Action<Subject>>
    {
        ["forward"] = Forward,
        ["search"] = Search,
        ["visualize"] = Visualize,
        ["project"] = Project,
        ["occlude"] = Occlude,
        ["evolve"] = Evolve,
        ["invariance"] = Invariance,
        ["correspond"] = Correspond,
        ["diagnose"] = Diagnose,
        ["initialize"] = Initialize,
        ["train"] = Train,
        ["evaluate"] = Evaluate,
        ["report"] = Report,
    };

    /// <summary>The scores are those that a recording keeps, in evaluation and before the softmax.</summary>
    private static void Forward(Subject subject)
    {
        using var seen = subject.Net.Record(subject.Inputs(4));
        AssertClose(seen.Activation(subject.Net.Info.Scores.Index), subject.Net.call(subject.Inputs(4)));
    }

    /// <summary>The pass that keeps nothing shows every layer, alone and with all others, as a recording keeps it.</summary>
    private static void Search(Subject subject)
    {
        using var seen = subject.Net.Record(subject.Inputs(4));
        int[] all = [.. subject.Net.Info.Layers.Select(layer => layer.Index)];
        foreach (var watched in all.Select(layer => new HashSet<int> { layer }).Append([.. all]))
            subject.Net.ForwardWithHooks(subject.Inputs(4), watched, (layer, maps, rows) => AssertClose(seen.Activation(layer), rows is null ? maps : nn.functional.relu(maps)));
    }

    /// <summary>Every rule projects a unit, in its window or in the whole image as its layers declare, as the deconvnet does in the whole image.</summary>
    private static void Visualize(Subject subject)
    {
        foreach (var rule in Enum.GetValues<ReluRule>())
        {
            var search = subject.Search(new() { Relu = rule });
            using var deconvnet = subject.Net.CreateDeconvnet(new() { Relu = rule });
            foreach (var layer in search.Project(search.FindStrongest()))
            {
                foreach (var map in layer.Maps.ToArray().Where(map => !map.IsDead).Take(3))
                {
                    var unit = map.Units[0];
                    using var seen = subject.Net.Record(subject.Inputs(unit.Unit.Image, 1));
                    using var whole = deconvnet.Project(seen, layer.Found.Layer.Index, map.Map, new(unit.Unit.Y, unit.Unit.X)).contiguous();
                    var expected = new UnitWindow(layer.Found.Layer.ReceptiveField, subject.Net.Info.Input).Cut<float>(whole.data<float>().ToArray(), unit.Region);
                    AssertClose(tensor(expected), tensor(unit.Projection));
                }
            }
        }
    }

    /// <summary>The strongest unit of a layer is found and projected; a projection of all units is the sum of nothing less.</summary>
    private static void Project(Subject subject)
    {
        var (net, layer) = (subject.Net, subject.Some);
        using var input = subject.Inputs(3, 1);
        using var seen = net.Record(input);
        var unit = ImageProjection.OfUnit(net, input, layer, map: null, at: null, new());
        Assert.Equal(seen.FeatureMaps(layer.Index).max().item<float>(), unit.Value);
        using var deconvnet = net.CreateDeconvnet();
        AssertClose(deconvnet.Project(seen, layer.Index, unit.Unit!.Value.Map, unit.Unit.Value.At).flatten(), tensor(unit.Projection));
        AssertClose(deconvnet.Project(seen, layer.Index, seen.FeatureMaps(layer.Index)).flatten(), tensor(ImageProjection.OfLayer(net, input, layer, new()).Projection));
    }

    /// <summary>What is computed where an occluder reaches is the forward pass of the occluded image.</summary>
    private static void Occlude(Subject subject)
    {
        var (net, grid) = (subject.Net, new OccluderGrid(subject.Net.Info.Input, size: 4, stride: 5));
        using var image = subject.Inputs(0, 1);
        var maps = new Occlusion(net, subject.Some, grid).Of(image, @class: 2);
        var occluded = image.repeat(grid.Count, 1, 1, 1);
        for (var i = 0; i < grid.Count; i++)
        {
            var region = grid.At(i);
            occluded[i].narrow(1, region.Top, region.Height).narrow(2, region.Left, region.Width).fill_(0);
        }
        using var seen = net.Record(occluded);
        AssertClose(net.Probabilities(occluded).select(1, 2), tensor(maps.Probability.ToArray()));
        var watched = seen.FeatureMaps(subject.Some.Index).select(1, maps.Map).reshape(grid.Count, -1);
        AssertClose(watched.sum(1), tensor(maps.Activity.ToArray()), watched.abs().sum(1).max().item<float>());
    }

    /// <summary>After the last snapshot a map shows the unit that a search finds with these weights.</summary>
    private static void Evolve(Subject subject)
    {
        using var weights = new WeightsOnDisk(subject.Net);
        var evolved = FeatureEvolution.Follow(
            subject.Net, [new(1, weights.Path), new(2, weights.Path)], subject.Images, subject.Preprocessor, ["some"], MapSelection.All, new(), new SilentLog()).Single();
        var search = subject.Search(new());
        var shown = search.Project(search.FindStrongest()[0]).ToDictionary(map => map.Map);
        Assert.All(evolved.Maps, map => Assert.Equal(shown[map.Map].Units is [var strongest, ..] ? strongest.Unit : null, map.Units[1]?.Unit));
    }

    /// <summary>An image that is not transformed is where it was; a transformed one is elsewhere.</summary>
    private static void Invariance(Subject subject)
    {
        var curve = new InvarianceAnalysis(subject.Net, subject.Images, subject.Preprocessor, subject.Some, FeatureLayers.LastHidden(subject.Net.Info)).Measure([1], new SilentLog())[0];
        Assert.Equal(0, curve.Points.Single(point => point.Amount == 0).First.Euclidean, 1e-4);
        Assert.All(curve.Points.Where(point => point.Amount != 0), point => Assert.True(point.First.Euclidean > 1e-4));
    }

    /// <summary>The same part of the same image changes the same features: no two signs differ.</summary>
    private static void Correspond(Subject subject)
    {
        var stored = new byte[subject.Images.Shape.Count];
        subject.Images.Read(4, stored);
        var image = new ImageWithParts("one", stored, new Dictionary<string, PixelRegion> { ["part"] = new(4, 4, 6, 6) });
        var row = new PartCorrespondence(subject.Net, subject.Preprocessor, subject.Some, FeatureLayers.LastHidden(subject.Net.Info)).Measure([image, image], draws: 0, seed: 1, new SilentLog()).Single();
        Assert.Equal((1, 0d, 0d), (row.Pairs, row.Low.Mean, row.High.Mean));
    }

    /// <summary>The layers with filters or rectified units are looked at, and those maps are dead that no image excites.</summary>
    private static void Diagnose(Subject subject)
    {
        using var seen = subject.Net.Record(subject.Inputs(subject.Images.Count));
        foreach (var found in NetworkDiagnosis.Of(subject.Net, subject.Images, subject.Preprocessor, new SilentLog()))
        {
            Assert.Equal(subject.Net.get_parameter($"{found.Layer.Name}.weight")!.shape[0], found.Rms.Count);
            var maps = seen.FeatureMaps(found.Layer.Index).transpose(0, 1).flatten(1);
            Assert.Equal(Enumerable.Range(0, (int)maps.shape[0]).Where(map => maps[map].max().item<float>() <= 0), found.Dead);
        }
    }

    /// <summary>Training starts from weights of chance where there are filters or matrices, and from what passes its input on elsewhere.</summary>
    private static void Initialize(Subject subject)
    {
        Initialization.Apply(subject.Net, std: null);
        foreach (var (name, tensor) in subject.Net.state_dict())
        {
            if (name == "some.weight" && tensor.dim() == 1 && subject.Some.Role == LayerRole.Rectifier)
                Assert.True(tensor.eq(0.25).all().item<bool>());        // a trained slope
            else
                Assert.Equal(name.EndsWith("running_var", StringComparison.Ordinal) || (name == "some.weight" && tensor.dim() == 1), tensor.eq(1).all().item<bool>());
            Assert.Equal(tensor.dim() > 1, tensor.is_floating_point() && tensor.std().item<float>() > 0.01);
        }
    }

    /// <summary>Two epochs lower the loss of the first step, and what is kept is the network.</summary>
    private static void Train(Subject subject)
    {
        using var folder = new TemporaryFolder();
        var (net, info) = (subject.Net, subject.Net.Info);
        using var data = new ImageData(new ShapesImageSet(info.Input, 20), new ShapesImageSet(info.Input, 10, seed: 1), "hash", "shapes");
        var begun = RunRecord.Begin(info, data, 1, [new("artifacts", folder.Path, "default")], "a test");
        using var run = RunDirectory.OpenToResume(folder.Path, "run", begun, info, new SilentLog());
        run.Begin(info, ImageStatistics.Measure(data.Train, info.Input, new SilentLog()), begun);
        var recipe = info.Recipe.Train with { Epochs = 2, Batch = 5, FilterRms = 0.05 };
        var result = new Trainer(net, data, subject.Preprocessor, run, new SilentLog()).Train(new() { Recipe = recipe, Seed = 1 });
        Assert.InRange(result.Final!.TrainLoss, 0.01, 2 * Math.Log(10));
        using var filters = net.get_parameter("conv1.weight")!.square().mean([1, 2, 3]).sqrt();
        Assert.InRange(filters.max().item<float>(), 0, 0.05f * 1.0001f);
        WeightsFile.LoadInto(run.WeightsPath, net);
        Assert.Equal(10, WeightsFile.Classes(run.WeightsPath, info));
    }

    /// <summary>The error is the share of images whose recorded scores are highest elsewhere.</summary>
    private static void Evaluate(Subject subject)
    {
        using var seen = subject.Net.Record(subject.Inputs(subject.Images.Count));
        long[] predicted = [.. seen.Activation(subject.Net.Info.Scores.Index).argmax(1).data<long>()];
        var wrong = predicted.Index().Count(one => one.Item != subject.Images.Label(one.Index));
        Assert.Equal((double)wrong / subject.Images.Count, Evaluation.Measure(subject.Net, subject.Images, subject.Preprocessor, 7, CPU, new SilentLog()).Top1Error, 1e-9);
    }

    /// <summary>The report's record of the network, made for other classes, comes back as it was written.</summary>
    private static void Report(Subject subject)
    {
        using var folder = new TemporaryFolder();
        var record = NetworkRecord.Of(subject.Net.Info, classes: 4);
        record.Write(folder.Path);
        Assert.Equal(record.Layers, NetworkRecord.Read(folder.Path)!.Layers);
        Assert.Equal(["fc4", record.Layers[^1].Name], record.Layers.Where(layer => layer.Output.Maps == 4).Select(layer => layer.Name));
    }

    /// <summary>They differ by no more than rounding does, beside the largest value.</summary>
    private static void AssertClose(Tensor expected, Tensor actual, float scale = 0)
    {
        Assert.Equal(expected.shape, actual.shape);
        var (worst, most) = ((expected - actual).abs().max().item<float>(), Math.Max(scale, expected.abs().max().item<float>()));
        Assert.True(worst <= 1e-5 * most, $"differs by {worst} of {most}");
    }

    /// <summary>A network with a layer of the kind, and images for it.</summary>
    internal sealed record Subject(ConvNet Net, LayerInfo Some, ImageSet Images, Preprocessor Preprocessor)
    {
        /// <summary>The first images, [count, 3, height, width].</summary>
        public Tensor Inputs(int count) => Inputs(0, count);

        public Tensor Inputs(int first, int count)
        {
            var stored = new byte[count][];
            for (var i = 0; i < count; i++)
                Images.Read(first + i, stored[i] = new byte[Images.Shape.Count]);
            return Preprocessor.InputOf(stored, CPU);
        }

        /// <summary>A search of the layer of the kind, and of a convolution and a dense layer above it.</summary>
        public FeatureVisualization Search(DeconvnetOptions rules) =>
            new(Net, Images, Preprocessor, new() { Layers = ["some", "conv2", "fc3"], Top = 2, Deconvnet = rules }, new SilentLog());
    }

    private sealed class WeightsOnDisk : IDisposable
    {
        private readonly TemporaryFolder folder = new();

        public WeightsOnDisk(ConvNet net) => WeightsFile.Save(Path, net);

        public string Path => System.IO.Path.Combine(folder.Path, "weights.safetensors");

        public void Dispose() => folder.Dispose();
    }
}
