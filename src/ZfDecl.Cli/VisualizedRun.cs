using System.Globalization;
using System.Security.Cryptography;
using TorchSharp;
using ZfDecl.Analysis;
using ZfDecl.Data;
using ZfDecl.Imaging;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Cli;

/// <summary>A trained run with its network, its images, and what the user wants to see of them.</summary>
internal sealed record VisualizedRun(ConvNet Network, ImageData Data, ImageSet Images, string Split, FeatureVisualization Visualization, SheetCaption Caption) : IDisposable
{
    /// <summary>Asks for the settings, says them, and opens what they name.</summary>
    public static VisualizedRun Open(RunContext context, TrainedRun source)
    {
        var (settings, log, info) = (context.Settings, context.Log, source.Entry.Info);
        var recipe = info.Recipe;
        var options = new FeatureVisualizationOptions
        {
            Layers = settings.Choices("layers", recipe.Visualize.Layers, [.. info.Layers.Select(layer => layer.Name)], recipe.Written.Contains("visualize.layers")),
            Top = settings.WholeNumber("top", recipe.Visualize.Top, recipe.Written.Contains("visualize.top"), min: 1, max: 100),
            PerImage = Enum.Parse<PerImage>(settings.Choice("per-image", "one", ["one", "all"]), ignoreCase: true),
            Maps = Maps(settings, source.Run.Record.Seed),
            Deconvnet = context.Rules(),
        };
        var split = settings.Choice("split", "validation", ["validation", "train"]);
        var folder = source.Data(context);
        var device = context.Device();
        settings.Report(log);

        var data = ImageFolder.Open(folder, info.Input, recipe.Preprocess, source.Run.Record.Seed, log);
        log.Say($"{folder}: {data.Description}");
        if (data.Hash != source.Run.Record.DataHash)
            log.Say("these are other images than the run was trained on");
        var images = split == "train" ? data.Train : data.Validation;
        var network = source.Run.LoadNetwork(source.Entry, log);
        network.to(device);
        var preprocessor = new Preprocessor(info.Input, images.Shape, recipe.Preprocess, source.Run.Statistics);
        var caption = new SheetCaption
        {
            Network = info.Name,
            Data = FormattableString.Invariant($"{split}, {images.Count:N0} images{(options.Deconvnet.Described is { } rules ? $", {rules}" : "")}"),
            Weights = source.Weights,
        };
        return new(network, data, images, split, new(network, images, preprocessor, options, log), caption);
    }

    /// <summary>What the search depends on.</summary>
    public SearchIdentity Identity(TrainedRun source) => new()
    {
        SpecHash = source.Entry.Info.SpecHash,
        WeightsHash = HashOf(source.Run.WeightsPath),
        DataHash = Data.Hash,
        Split = Split,
        Images = Images.Count,
        Batch = Visualization.Batch,
        Top = Visualization.Options.Top,
        PerImage = Visualization.Options.PerImage,
        Layers = string.Join(',', Visualization.Layers.Select(layer => layer.Name)),
    };

    public void Dispose()
    {
        Network.Dispose();
        Data.Dispose();
    }

    private static MapSelection Maps(Settings settings, int seed)
    {
        var text = settings.Text("maps", "all");
        if (text.Equals("all", StringComparison.OrdinalIgnoreCase))
            return MapSelection.All;
        var words = text.Split([',', ';', '+', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (text.StartsWith("random:", StringComparison.OrdinalIgnoreCase) && Number(text["random:".Length..]) is > 0 and var count)
            return MapSelection.Random(count, seed);
        return words.Length > 0 && words.All(word => Number(word) is >= 0)
            ? MapSelection.Of([.. words.Select(word => Number(word)!.Value)])
            : throw new ZfDeclException("ZF1003", $"-p:Maps={text}: these are no maps; give all, numbers such as 3+17+42, or random:16");

        static int? Number(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
