using ZfDecl.Analysis;
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
        var rules = new DeconvnetOptions
        {
            Relu = Enum.Parse<ReluRule>(settings.Choice("rule", "deconv", ["deconv", "mask", "guided"]), ignoreCase: true),
            Unpool = Enum.Parse<UnpoolRule>(settings.Choice("unpool", "sum", ["sum", "overwrite"]), ignoreCase: true),
        };
        using var opened = OpenedRun.Open(context, source);
        var images = opened.Images;
        var visualization = new FeatureVisualization(opened.Network, images, opened.Preprocessor, new() { Layers = layers, Top = top, Deconvnet = rules }, log);
        var caption = new SheetCaption
        {
            Network = info.Name,
            Data = FormattableString.Invariant($"{opened.Split}, {images.Count:N0} images{(rules == new DeconvnetOptions() ? "" : $", rule {rules.Relu.ToString().ToLowerInvariant()}, unpooling by {rules.Unpool.ToString().ToLowerInvariant()}")}"),
            Weights = source.Weights,
        };
        NetworkRecord.Of(info, opened.Network.Classes).Write(source.Folder);
        LayerPictures.Write(visualization, images, caption, source.Pictures, log);
        return layers;
    }
}
