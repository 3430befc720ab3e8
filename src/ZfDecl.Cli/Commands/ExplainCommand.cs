using ZfDecl.Analyses.Explain;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Report.Explain;
using ZfDecl.Search;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Explain</c>: one page on why a network takes an image for a class, or, without classes, what one of its maps sees in it.</summary>
internal static class ExplainCommand
{
    private const string Page = "explanation.html", PredictedClass = "the predicted one";

    public static int Run(RunContext context)
    {
        var (source, settings, log) = (TrainedRun.Choose(context), context.Settings, context.Log);
        var info = source.Entry.Info;
        if (!settings.IsGiven(SettingTable.Image))
            throw new ZfDeclException("ZF1514", "which image shall be explained? Give -p:Image= with a picture file, or with the name or number of an image of the data");
        var usual = OccluderGrid.UsualFor(info.Input);
        var grid = context.Occluder(usual.Size, usual.Stride, info.Input);
        // Without classes it is what the network yields that is explained.
        LayerInfo[] layers = [.. info.Layers.Where(one => one.Role is not (LayerRole.Output or LayerRole.Reshape))];
        var layer = info.Layer(settings.Choice(SettingTable.Layer, (info.Classes == 0 ? layers[^1] : FeatureLayers.LastConvolution(info)).Name, [.. layers.Select(one => one.Name)]));
        int? map = settings.IsGiven(SettingTable.WatchedMap) ? settings.Value(SettingTable.WatchedMap) : null;
        if (map >= layer.Output.Maps)
            settings.Fault(SettingTable.WatchedMap, $"the maps of layer '{layer.Name}' are 0 … {layer.Output.Maps - 1}");
        if (info.Classes == 0 && settings.IsGiven(SettingTable.ExplainedClass))
            settings.Fault(SettingTable.ExplainedClass, $"'{info.Name}' tells no classes apart; -p:Layer= and -p:Map= say what is explained");
        var asked = settings.Value(SettingTable.ExplainedClass, PredictedClass);
        var most = settings.Value(SettingTable.Compared);
        var named = NamedImages.Find(settings.Value(SettingTable.Image, ""), log);
        var gone = Gone(context, source);
        using var ready = named.Ready(context, source, withData: gone is null);
        var images = named.Open(ready, log);
        if (images.Count != 1)
            throw new ZfDeclException("ZF1514", $"-p:Image={settings.Value(SettingTable.Image, "")}: these are {images.Count} images, and one is explained at a time; name one of them");
        int? @class = settings.IsGiven(SettingTable.ExplainedClass) ? ClassSelection.One(asked, ready.Classes) : null;
        var similar = Similar(context, ready, images, most);
        var found = new Explainer(ready.Network, ready.Classes, ready.Preprocessor, ready.Device, layer, grid).Explain(images, @class, map, log, context.Stop) with
        {
            Similar = similar,
            SimilarAreTraining = ready.Data is { } data && source.Run?.Record.DataHash == data.Data.Hash,
            NothingSimilar = gone ?? "",
        };
        var name = File.Exists(images.NameOf(0)) ? Path.GetFileName(images.NameOf(0)) : images.NameOf(0);
        found = found with { Prediction = found.Prediction with { Name = name } };
        foreach (var sentence in new ExplanationSummary(found).Sentences())
            log.Say(sentence);
        var isOfLayer = settings.IsGiven(SettingTable.Layer);
        var what = @class is not null ? $" {found.ClassName}{(isOfLayer ? $" {layer.Name}" : "")}" : map is not null || !found.HasClass ? $" {layer.Name} {found.Occlusion.Map}" : isOfLayer ? $" {layer.Name}" : "";
        var page = Path.Combine(NamedFolder.Of(Path.Combine(source.Folder, "explain"), name + what), Page);
        ExplanationPage.Write(page, found, new()
        {
            Spec = info.Name,
            Run = source.Name,
            Weights = source.Weights,
            Folder = source.Folder,
            Record = source.Run?.Record,
            Command = context.CommandOf("Explain"),
        }, log, command => log.Spell(command) + context.InSameArtifacts);
        log.Say(FormattableString.Invariant($"{page}: {new FileInfo(page).Length / 1e6:0.0} MB"));
        return 0;
    }

    /// <summary>Why there are no images that the picture could be compared with; null where there are some.</summary>
    private static string? Gone(RunContext context, TrainedRun source)
    {
        if (context.Settings.IsGiven(SettingTable.Data))
            return null;
        if (context.TrainedOn(source.Run?.Record) is { } trained)
            return ImageFolder.Exists(trained) ? null : $"the images that the run was trained on, '{trained}', are not there any more";
        return source.Entry.Info.Recipe.Data is not null ? null : "what the network was trained on is not here; images to compare with are named with -p:Data=";
    }

    private static SimilarImages? Similar(RunContext context, ReadyNetwork ready, ImageSet image, int most) => ready.Data is not { } opened ? null
        : SimilarImages.Find(ready.Network, image.Read(0), opened.Data.Train, opened.Preprocessor, ready.Device, most, context.Log, context.Stop);
}
