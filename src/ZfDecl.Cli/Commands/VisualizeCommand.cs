using TorchSharp;
using ZfDecl.Analysis;
using ZfDecl.Data;
using ZfDecl.Deconvolution;
using ZfDecl.Imaging;
using ZfDecl.Reporting;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Visualize</c>: shows what each feature map of a trained network responds to.</summary>
internal static class VisualizeCommand
{
    public static int Run(RunContext context)
    {
        var source = TrainedRun.Choose(context);
        var layers = Render(context, source);
        context.Log.Say($"{layers.Count} sheets in {source.Pictures}");
        return 0;
    }

    /// <summary>Makes the pictures of a run.</summary>
    /// <returns>The layers that have a new sheet.</returns>
    public static IReadOnlyList<string> Render(RunContext context, TrainedRun source)
    {
        var (settings, log, info) = (context.Settings, context.Log, source.Entry.Info);
        var recipe = info.Recipe;
        var layers = settings.Choices("layers", recipe.Visualize.Layers, [.. info.Layers.Select(layer => layer.Name)], recipe.Written.Contains("visualize.layers"));
        var top = settings.WholeNumber("top", recipe.Visualize.Top, recipe.Written.Contains("visualize.top"), min: 1, max: 100);
        var split = settings.Choice("split", "validation", ["validation", "train"]);
        var rules = new DeconvnetOptions
        {
            Relu = Enum.Parse<ReluRule>(settings.Choice("rule", "deconv", ["deconv", "mask", "guided"]), ignoreCase: true),
            Unpool = Enum.Parse<UnpoolRule>(settings.Choice("unpool", "sum", ["sum", "overwrite"]), ignoreCase: true),
        };
        var folder = source.Data(context);
        var device = context.Device();
        settings.Report(log);

        using var data = ImageFolder.Open(folder, info.Input, recipe.Preprocess, source.Run.Record.Seed, log);
        log.Say($"{folder}: {data.Description}");
        if (data.Hash != source.Run.Record.DataHash)
            log.Say("these are other images than the run was trained on");
        var images = split == "train" ? data.Train : data.Validation;
        using var network = source.Run.LoadNetwork(source.Entry, log);
        network.to(device);
        var preprocessor = new Preprocessor(info.Input, images.Shape, recipe.Preprocess, source.Run.Statistics);
        var visualization = new FeatureVisualization(network, images, preprocessor, new() { Layers = layers, Top = top, Deconvnet = rules }, log);
        var caption = new SheetCaption
        {
            Network = info.Name,
            Data = FormattableString.Invariant($"{split}, {images.Count:N0} images{(rules == new DeconvnetOptions() ? "" : $", rule {rules.Relu.ToString().ToLowerInvariant()}, unpooling by {rules.Unpool.ToString().ToLowerInvariant()}")}"),
            Weights = source.Run.Record.Result?.Best is { } best ? FormattableString.Invariant($"run {source.Name}, epoch {best.Epoch}") : $"run {source.Name}",
        };
        NetworkRecord.Of(info, network.Classes).Write(Path.GetDirectoryName(source.Pictures)!);
        LayerPictures.Write(visualization, images, caption, source.Pictures, log);
        return layers;
    }
}
