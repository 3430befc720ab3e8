using ZfDecl.Cli.Configuration;
using ZfDecl.Files;
using ZfDecl.Generators.Language;
using ZfDecl.Imaging;
using ZfDecl.Search;

namespace ZfDecl.Cli.Opening;

/// <summary>An opened run, and what the user wants to see of it.</summary>
internal sealed record VisualizedRun(OpenedRun Opened, FeatureVisualization Visualization, SheetCaption Caption) : IDisposable
{
    /// <summary>Asks for the settings, says them, and opens what they name.</summary>
    public static VisualizedRun Open(RunContext context, TrainedRun source)
    {
        var (settings, info) = (context.Settings, source.Entry.Info);
        var recipe = info.Recipe;
        var options = new FeatureVisualizationOptions
        {
            Layers = settings.Choices(VisualizeKeys.Layers, FeatureLayers.Shown(info), [.. info.Layers.Select(layer => layer.Name)], RecipeSettings.Origin(recipe, "visualize.layers")),
            Top = settings.Value(VisualizeKeys.Top, recipe.Visualize.Top, RecipeSettings.Origin(recipe, "visualize.top")),
            PerImage = settings.Value(SettingTable.PerImage),
            Maps = MapSelection.Parse(settings.Value(SettingTable.Maps, "all"), source.Run?.Record.Seed ?? settings.Value(SettingTable.Seed)),
            Deconvnet = context.Rules(),
        };
        var opened = OpenedRun.Open(context, source, several: true);
        var caption = new SheetCaption
        {
            Network = info.Name,
            Data = FormattableString.Invariant($"{opened.Split}, {opened.Images.Count:N0} images{(options.Deconvnet.Described is { } rules ? $", {rules}" : "")}"),
            Weights = source.Weights,
        };
        return new(opened, new(opened.Network, opened.Images, opened.Preprocessor, options, context.Log), caption);
    }

    /// <summary>What the search depends on.</summary>
    public SearchIdentity Identity() => new()
    {
        SpecHash = Opened.Source.Entry.Info.SpecHash,
        WeightsHash = Opened.Source.Run is { } run ? RegularFile.Sha256(run.WeightsPath) : Opened.Source.Weights,
        DataHash = Opened.Data.Hash,
        Split = Opened.Split,
        Images = Opened.Images.Count,
        Batch = Visualization.Batch,
        Top = Visualization.Options.Top,
        PerImage = Visualization.Options.PerImage,
        Layers = string.Join(',', Visualization.Layers.Select(layer => layer.Name)),
    };

    /// <summary>Frees the network and the images.</summary>
    public void Dispose() => Opened.Dispose();
}
