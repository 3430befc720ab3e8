using System.Diagnostics;
using System.Globalization;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Endurance.FullSize;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks.Recipes;
using ZfDecl.Projection;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Benchmarks;

/// <summary>
/// <c>-t:Visualize</c> end to end, sheets included: ZF-8 with random weights, all 1,376 maps of five layers, top 9, 500 images of 224×224; against the plain way,
/// which records each image alone, sorts by torch's top-k, and projects each unit alone in the whole image, recording its image again; and against the same in the order
/// of the images, each of which is recorded a second time only. The plain way takes the better part of an hour: it is timed on a few images and units of each
/// layer, and multiplied; its pictures are left out. Target: 10 times as fast, within 8 GB.
/// </summary>
internal static class VisualizeBenchmark
{
    private const int Count = 500, Top = 9, SampledImages = 8, SampledUnits = 8;
    private static readonly string[] Layers = ["conv1", "conv2", "conv3", "conv4", "conv5"];

    public static void Measure()
    {
        random.manual_seed(5);
        using var net = new Zf8();
        net.eval();
        using var images = new NoiseImages(Count, net.Info.Input);
        var preprocessor = new Preprocessor(net.Info.Input, images.Shape, new() { Resize = null, Subtract = Subtraction.None, Divide = 64, Augment = Augmentation.None, Shift = 0 },
            new() { Mean = [], ChannelMean = [], ChannelDeviation = [] });
        var plain = Plain(net, images, preprocessor);
        var folder = Directory.CreateTempSubdirectory("zfdecl");
        try
        {
            var began = Stopwatch.GetTimestamp();
            var visualization = new FeatureVisualization(net, images, preprocessor, new() { Layers = Layers, Top = Top }, new SilentLog());
            var found = visualization.FindStrongest();
            var searched = Stopwatch.GetElapsedTime(began).TotalSeconds;
            LayerPictures.Write(visualization, found, images, new() { Network = "Zf8", Data = "noise", Weights = "random" }, folder.FullName, new SilentLog());
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var units = found.Sum(layer => Enumerable.Range(0, layer.Layer.Output.Maps).Sum(map => layer.Of(map).Length));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{Count} images, {units:N0} units: {seconds:F0} s, of which the search {searched:F0} s; peak {Process.GetCurrentProcess().PeakWorkingSet64 / 1e9:F1} GB"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"the plain way without pictures, from {SampledImages} images and {SampledUnits} units of each layer: {plain.UnitByUnit:F0} s; {plain.UnitByUnit / seconds:F1} times as fast"));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"the same where the units of an image share a recording: {plain.ImageByImage:F0} s; {plain.ImageByImage / seconds:F1} times as fast"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (double UnitByUnit, double ImageByImage) Plain(Zf8 net, ImageSet images, Preprocessor preprocessor)
    {
        using var noGrad = no_grad();
        Record(0).Dispose();
        var began = Stopwatch.GetTimestamp();
        for (var image = 0; image < SampledImages; image++)
        {
            using var scope = NewDisposeScope();
            using var seen = Record(image);
            foreach (var name in Layers)
                seen.FeatureMaps(net.Info.Layer(name).Index).flatten(2).topk(Top);
        }
        var searching = Stopwatch.GetElapsedTime(began).TotalSeconds / SampledImages * Count;
        began = Stopwatch.GetTimestamp();
        for (var image = 0; image < SampledImages; image++)
            Record(image).Dispose();
        var recording = Stopwatch.GetElapsedTime(began).TotalSeconds / SampledImages;
        var (units, projecting) = (0, 0.0);
        foreach (var layer in Layers.Select(net.Info.Layer))
        {
            using var scope = NewDisposeScope();
            using var seen = Record(1);
            var strongest = (int)seen.FeatureMaps(layer.Index)[0, 1].argmax().item<long>();
            began = Stopwatch.GetTimestamp();
            for (var i = 0; i < SampledUnits; i++)
                ProjectionBenchmark.WholeImage(net, seen, layer, new UnitSignal(0, 1, new(strongest / layer.Output.Width, strongest % layer.Output.Width), 1)).Dispose();
            projecting += Stopwatch.GetElapsedTime(began).TotalSeconds / SampledUnits * layer.Output.Maps * Top;
            units += layer.Output.Maps * Top;
        }
        return (searching + (units * recording) + projecting, searching + (Count * recording) + projecting);

        Zf8Recording Record(int image)
        {
            var (stored, input) = (new byte[images.Shape.Count], new float[net.Info.Input.Count]);
            images.Read(image, stored);
            preprocessor.Evaluation(stored, input);
            using var batch = tensor(input, [1, 3, 224, 224]);
            return net.Record(batch);
        }
    }
}
