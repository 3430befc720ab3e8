using Microsoft.CodeAnalysis;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Generators.Tests;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Projection;
using ZfDecl.Search;
using ZfDecl.Training;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>Rounds of the analyses of ZF-8 at 224×224 and of the generator, for the comparison of two builds: about half a second each.</summary>
internal static class AnalysisWorkloads
{
    private static readonly string[] SearchedLayers = ["conv1", "conv2", "conv3", "conv4", "conv5"];

    /// <summary>64 projections from one layer, by the growing window.</summary>
    public static Action Projection(string name, int times)
    {
        random.manual_seed(5);
        var net = new Zf8();
        using var noGrad = no_grad();
        var recording = net.Record(Photographs(4));
        var layer = net.Info.Layer(name);
        var choice = new Random(layer.Index);
        UnitSignal[] units = [.. Enumerable.Range(0, 64).Select(i =>
        {
            using var scope = NewDisposeScope();
            var map = choice.Next(layer.Output.Maps);
            var values = recording.FeatureMaps(layer.Index)[i % 4, map].flatten();
            var strongest = (int)values.argmax().item<long>();
            return new UnitSignal(i % 4, map, new(strongest / layer.Output.Width, strongest % layer.Output.Width), values[strongest].item<float>());
        })];
        var windowed = new WindowedDeconvnet(net);
        return () =>
        {
            using var inner = no_grad();
            for (var i = 0; i < times; i++)
                windowed.Project(recording, layer.Index, units, (_, _) => { });
        };
    }

    /// <summary>An occluder of 32×32 at a tenth of the 29×29 positions.</summary>
    public static Action Occlusion()
    {
        random.manual_seed(3);
        var net = new Zf8();
        Initialization.Apply(net, std: null);
        net.eval();
        var image = Photographs(1);
        var grid = new OccluderGrid(net.Info.Input, 32, 7);
        PixelRegion[] positions = [.. Enumerable.Range(0, grid.Count).Where(i => i % 10 == 0).Select(grid.At)];
        var layer = net.Info.Layer("conv5").Index;
        return () =>
        {
            using var noGrad = no_grad();
            using var forward = new OccludedForward(net, image);
            forward.Run(positions, 0, layer, 7).Dispose();
        };
    }

    /// <summary>The forward pass of 16 images that searches five layers for the nine strongest units of each map.</summary>
    public static Action Search()
    {
        random.manual_seed(5);
        var net = new Zf8();
        net.eval();
        var found = SearchedLayers.Select(name => new TopUnits(net.Info.Layer(name), 9)).ToArray();
        HashSet<int> layers = [.. found.Select(units => units.Layer.Readout)];
        var images = Enumerable.Range(0, 8).Select(_ => Photographs(16)).ToArray();
        var next = 0;
        return () =>
        {
            using var noGrad = no_grad();
            int[] indices = [.. Enumerable.Range(next, 16)];
            next += 16;
            net.ForwardWithHooks(images[next / 16 % 8], layers, (layer, maps, rows) =>
            {
                foreach (var units in found.Where(units => units.Layer.Readout == layer))
                    units.Add(maps, indices, rows);
            });
        };
    }

    /// <summary>The generator over 20 specs: a new driver in a warm process.</summary>
    public static Action GeneratorCold()
    {
        var (project, specs) = (SpecDriver.Compilation(), Specs.Make(20));
        return () => SpecDriver.Create(specs).RunGenerators(project);
    }

    /// <summary>The generator after one of 500 specs was edited, ten times.</summary>
    public static Action GeneratorEdit()
    {
        var (project, specs) = (SpecDriver.Compilation(), Specs.Make(500));
        var edited = specs[250];
        AdditionalText before = new SpecDriver.SpecText(SpecDriver.Root + edited.Path, edited.Text), after = new SpecDriver.SpecText(SpecDriver.Root + edited.Path, Specs.Edited(edited.Text));
        var warm = SpecDriver.Create(specs.Where(spec => spec != edited)).AddAdditionalTexts([before]).RunGenerators(project);
        return () =>
        {
            for (var i = 0; i < 10; i++)
                warm.ReplaceAdditionalText(before, after).RunGenerators(project);
        };
    }

    /// <summary>Coloured blots of 224×224 with the statistics of normalised pixels, [N, 3, 224, 224].</summary>
    public static Tensor Photographs(int count) =>
        F.interpolate(randn(count, 3, 28, 28), size: [224, 224], mode: InterpolationMode.Bilinear, align_corners: false);
}
