using System.Globalization;
using ZfDecl.Studies;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:AnalyzeFeatures</c>: how well a linear classifier tells classes apart on the features of each layer (Zeiler &amp; Fergus 2014, table 7).</summary>
internal static class AnalyzeFeaturesCommand
{
    private static readonly int[] PerClass = [30];
    private static readonly LinearClassifierKind[] Classifiers = [LinearClassifierKind.Svm, LinearClassifierKind.Softmax];

    public static int Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var source = TrainedRun.Choose(context);
        var info = source.Entry.Info;
        var layers = settings.Choices("layers", [.. PaperLayers.Of(info).Select(layer => layer.Name)], [.. info.Layers.Select(layer => layer.Name)]);
        using var target = TransferTarget.Open(context, source, PerClass);
        using var folder = target.OpenStudy("AnalyzeFeatures", "");
        var all = target.OpenFeatures([.. layers.Select(name => PaperLayers.Named(info, name))]);
        IFewShotMethod[] methods = [.. from features in all from kind in Classifiers select new FixedFeatures([features], kind)];
        var files = new FewShotFiles(folder.Path, new FewShotStudy(target.Protocol, methods, folder, log).Run(context.Stop), target.Overlaps, target.Warnings);
        files.WriteFeatureAnalysis($"{info.Name}  ·  features of each layer", target.Text, layers);
        folder.Finish();
        var columns = (from kind in Classifiers from perClass in target.Protocol.PerClass select (Kind: kind, PerClass: perClass)).ToArray();
        foreach (var line in TextTable.Lines(
            ["layer", "features", .. columns.Select(column => $"{column.Kind.ToString().ToLowerInvariant()}, {column.PerClass} a class")], "lr" + new string('r', columns.Length),
            all.Select(features => (string[])[features.Layer.Name, features.Width.ToString("N0", CultureInfo.InvariantCulture),
                .. columns.Select(column => TransferCommand.Cell(files, FixedFeatures.NameOf(features.Layer.Name, column.Kind), column.PerClass))])))
            log.Say(line);
        log.Say($"mean per-class accuracy in % over {target.Protocol.Folds} folds; accuracy.png, accuracy.svg, table.csv, rows.csv and study.json in {folder.Path}");
        return 0;
    }
}
