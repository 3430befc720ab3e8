using System.Diagnostics;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using ZfDecl.Search;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Endurance.FullSize;

/// <summary>
/// The declared networks at the size of their specs with random weights: forward pass, recording, search, sheets of some maps of every layer that the spec visualises, and
/// an occluder of 32×32 over an image.
/// </summary>
public static class FullSizeTrials
{
    /// <summary>The most memory, in bytes, that a process may take for one network.</summary>
    public const long MostMemory = 8_000_000_000;

    private const int Images = 4, LeastSide = 200;

    /// <summary>The networks for images of a photograph's size.</summary>
    public static IReadOnlyList<string> Names => [.. DeclaredNetworks.All.Where(entry => entry.Info.Input.Height >= LeastSide).Select(entry => entry.Info.Name)];

    /// <summary>Tries a network in a process of its own.</summary>
    public static IReadOnlyList<string> TryApart(string name)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["full-size", "--only", name]) { RedirectStandardOutput = true })!;
        var said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        if (process.ExitCode == 0)
            Console.WriteLine(said);
        return process.ExitCode == 0 ? [] : [said.Length > 0 ? said : $"ended with {process.ExitCode}"];
    }

    /// <summary>Tries a network in this process.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="maps">How many maps of each layer are drawn.</param>
    /// <param name="stride">Pixels from one place of the occluder to the next.</param>
    /// <returns>What is wrong.</returns>
    public static IReadOnlyList<string> Try(string name, int maps, int stride)
    {
        random.manual_seed(1);
        using var noGrad = no_grad();
        var entry = DeclaredNetworks.All.Single(entry => entry.Info.Name == name);
        using var net = entry.Create(entry.Info.Classes);
        Initialization.Apply(net, std: null);
        net.eval();
        using var images = new NoiseImages(Images, net.Info.Input);
        var preprocessor = new Preprocessor(net.Info.Input, images.Shape, new() { Resize = null, Subtract = Subtraction.None, Divide = 64, Augment = Augmentation.None, Shift = 0 },
            new() { Mean = [], ChannelMean = [], ChannelDeviation = [] });
        using var x = preprocessor.InputOf([images.Read(0)], CPU);
        return [.. Passes(net, x), .. Sheets(net, images, preprocessor, maps), .. Occlude(net, x, stride)];
    }

    /// <summary>What the process has taken at most, in bytes.</summary>
    public static long PeakMemory => Process.GetCurrentProcess().PeakWorkingSet64;

    private static IEnumerable<string> Passes(ConvNet net, Tensor x)
    {
        using var scope = NewDisposeScope();
        var scores = net.call(x);
        if (!scores.isfinite().all().item<bool>())
            yield return "the scores are not finite";
        using var recording = net.Record(x);
        var last = net.Info.Layers.Single(layer => layer.YieldsScores).Index;
        var recorded = recording.Activation(last).reshape(scores.shape);
        if ((scores - recorded).abs().max().item<float>() > 1e-4f * scores.abs().max().item<float>())
            yield return "the recording yields other scores than the forward pass";
    }

    private static IEnumerable<string> Sheets(ConvNet net, ImageSet images, Preprocessor preprocessor, int maps)
    {
        var folder = Directory.CreateTempSubdirectory("zfdecl");
        try
        {
            var visualization = new FeatureVisualization(net, images, preprocessor, new() { Layers = net.Info.Recipe.Visualize.Layers, Top = 1, Maps = MapSelection.Parse(FormattableString.Invariant($"random:{maps}"), seed: 1) }, new SilentLog());
            LayerPictures.Write(visualization, images, new() { Network = net.Info.Name, Data = "noise", Weights = "random" }, folder.FullName, new SilentLog());
            foreach (var layer in visualization.Layers.Where(layer => !folder.EnumerateFiles($"{layer.Name}*", SearchOption.AllDirectories).Any() && !Directory.Exists(Path.Combine(folder.FullName, layer.Name))))
                yield return $"{layer.Name} has no sheet";
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Occlude(ConvNet net, Tensor x, int stride)
    {
        var layer = net.Info.Layer(net.Info.Recipe.Visualize.Layers[^1]);
        var maps = new Occlusion(net, layer, new(net.Info.Input, 32, stride)).Of(x);
        if (maps.Probability.Any(probability => !float.IsFinite(probability)) || maps.Activity.Any(activity => !float.IsFinite(activity)))
            yield return "the occlusion is not finite";
    }
}
