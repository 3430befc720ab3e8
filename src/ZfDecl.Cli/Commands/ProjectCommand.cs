using System.Globalization;
using ZfDecl.Analyses.Project;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Project</c>: takes one unit of one image, or all units of a layer together, down to pixels.</summary>
internal static class ProjectCommand
{
    public static int Run(RunContext context)
    {
        var (source, settings, log) = (TrainedRun.Choose(context), context.Settings, context.Log);
        var info = source.Entry.Info;
        var layer = info.Layer(settings.Choice(SettingTable.Layer, FeatureLayers.Shown(info)[^1], [.. info.Layers.Where(layer => layer.Role is not (LayerRole.Output or LayerRole.Reshape)).Select(layer => layer.Name)]));
        var whole = settings.Value(SettingTable.WholeLayer) == "all";
        int? map = settings.IsGiven(SettingTable.Map) ? settings.Value(SettingTable.Map) : null;
        var at = settings.IsGiven(SettingTable.At) ? TypedUnit.Parse(settings.Value(SettingTable.At, "")) : null;
        var rules = context.Rules();
        var image = settings.IsGiven(SettingTable.Image)
            ? settings.Value(SettingTable.Image, "")
            : throw new ZfDeclException("ZF1461", "which image? Give -p:Image= with a file, or with the name or number of an image of the data");
        if (whole && (map is not null || at is not null))
            throw new ZfDeclException("ZF1461", "-p:Maps=all projects the whole layer: leave out -p:Map and -p:At, or -p:Maps");
        var output = settings.FilePath(SettingTable.Out, null);
        // A file needs no data beside the weights of a trained run.
        using var ready = File.Exists(image) && source.Run is not null ? ReadyNetwork.Open(context, source) : ReadyNetwork.WithData(context, source);
        var (network, preprocessor) = (ready.Network, ready.Preprocessor);
        var chosen = ready.Data is { } data ? ChosenImage.Find(image, data, log) : ChosenImage.OfFile(image, preprocessor.Decoded, preprocessor.Resizing, log);
        using var input = preprocessor.InputOf([chosen.Decoded], ready.Device);
        var projection = whole ? ImageProjection.OfLayer(network, input, layer, rules) : ImageProjection.OfUnit(network, input, layer, map, at, rules);
        var files = new ProjectionFiles(new() { Network = info.Name, Data = chosen.Name, Weights = source.Weights }, projection, info.Input, preprocessor.CentreCrop(chosen.Decoded), rules);
        if (projection.Value <= 0)
            log.Warn("ZF1463", $"{files.Projected}: the activation is {projection.Value.ToString(CultureInfo.InvariantCulture)}, so nothing excites it in this image and there is nothing to see; choose another map, or leave -p:Map and -p:At out for the strongest");
        log.Say($"{files.Projected}: {files.Value}: {files.Write(Path.Combine(source.Folder, AnalysisKinds.Project.Folder))}");
        if (output is not null)
        {
            projection.Write(output, info.Input);
            log.Say($"input, projection, activation{(whole ? "" : ", position")}: {output}");
        }
        return 0;
    }
}
