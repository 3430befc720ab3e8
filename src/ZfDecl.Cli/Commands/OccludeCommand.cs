using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Project;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Occlude</c>: covers images with a grey square, position by position, and shows what the network makes of them.</summary>
internal static class OccludeCommand
{
    private const int TopUnits = 9;
    private const string OwnClass = "the image's own";

    public static int Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var source = TrainedRun.Choose(context);
        var info = source.Entry.Info;
        var usual = OccluderGrid.UsualFor(info.Input);
        var layer = info.Layer(settings.Choice(SettingTable.Layer, FeatureLayers.LastConvolution(info).Name, [.. info.Layers.Select(layer => layer.Name)]));
        var grid = context.Occluder(usual.Size, usual.Stride, info.Input);
        var named = settings.Value(SettingTable.Image, "the first of each class, of 4");
        var watched = settings.Value(SettingTable.Class, OwnClass);
        int? map = settings.IsGiven(SettingTable.WatchedMap) ? settings.Value(SettingTable.WatchedMap) : null;
        if (map >= layer.Output.Maps)
            settings.Fault(SettingTable.WatchedMap, $"the maps of layer '{layer.Name}' are 0 … {layer.Output.Maps - 1}");
        if (info.Classes == 0 && settings.IsGiven(SettingTable.Class))
            settings.Fault(SettingTable.Class, $"'{info.Name}' tells no classes apart; -p:Layer= and -p:Map= say what is watched");
        using var opened = OpenedRun.Open(context, source, several: true);
        int? asked = settings.IsGiven(SettingTable.Class) ? ClassSelection.One(watched, opened.Classes) : null;
        var chosen = ChosenImage.Of(settings.IsGiven(SettingTable.Image) ? named : null, opened, log);
        var strongest = Searching(opened, layer, log, MapSelection.All).FindStrongest()[0];

        var folder = Path.Combine(source.Folder, AnalysisKinds.Occlude.Folder);
        using (var bar = log.Start($"covering {grid.Rows}×{grid.Columns} positions", chosen.Count, "images"))
        {
            foreach (var image in chosen)
            {
                Occlude(context, opened, new(opened.Network, layer, grid, map), image, asked, strongest, folder);
                bar.Advance(1);
            }
        }
        log.Say($"{chosen.Count} {(chosen.Count == 1 ? "image" : "images")} in {folder}");
        return 0;
    }

    private static void Occlude(RunContext context, OpenedRun opened, Occlusion occlusion, ChosenImage image, int? asked, TopUnits strongest, string folder)
    {
        var (network, preprocessor, input) = (opened.Network, opened.Preprocessor, opened.Network.Info.Input);
        var crop = preprocessor.CentreCrop(image.Decoded);
        using var x = preprocessor.InputOf([image.Decoded], opened.Device);
        var maps = occlusion.Of(x, asked ?? image.Label, context.Stop);
        var layer = maps.Layer;

        var classes = opened.Classes;
        var own = ImageProjection.OfUnit(network, x, layer, maps.Map, at: null, new()).CutOut(input, crop, image.Name, image.Index is { } index ? opened.Images.ClassOf(index) : maps.HasClasses ? classes[maps.Class] : "");
        VisualizedUnit[] others =
        [
            .. Searching(opened, layer, new SilentLog(), MapSelection.Parse($"{maps.Map}", seed: 0)).Project(strongest).Single().Units
                .Where(unit => unit.Unit.Image != image.Index).Take(TopUnits).Select((unit, rank) => unit with { Rank = rank }),
        ];
        var known = image.Label is not null;
        if (!known && asked is null && maps.HasClasses)
            context.Log.Say($"{image.Name} {image.WithoutLabel}, and the predicted one, {classes[maps.Class]}, is watched");
        ReplacedFolder.Write(NamedFolder.Of(folder, image.Name), made => OcclusionPictures.Write(
            made,
            new()
            {
                Network = opened.Network.Info.Name,
                Weights = opened.Source.Weights,
                Image = image.Name,
                ClassIs = asked is not null && asked != image.Label ? known ? $"as asked; the true class is {classes[image.Label!.Value]}" : $"as asked; the image {image.WithoutLabel}"
                    : known ? "the true class" : $"the predicted class; the image {image.WithoutLabel}",
                Classes = classes,
                Data = FormattableString.Invariant($"{opened.Split}, {opened.Images.Count:N0} images"),
            },
            maps,
            input,
            crop,
            own,
            others));
    }

    /// <summary>The search for the strongest units of the layer, one more than are shown: the occluded image may be among them.</summary>
    private static FeatureVisualization Searching(OpenedRun opened, LayerInfo layer, IRunLog log, MapSelection shown) =>
        new(opened.Network, opened.Images, opened.Preprocessor, new() { Layers = [layer.Name], Top = TopUnits + 1, Maps = shown }, log);
}
