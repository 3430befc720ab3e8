using System.Globalization;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Cli.Terminal;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Findings;
using ZfDecl.Generators.Language;
using ZfDecl.Studies.Classifiers;
using ZfDecl.Studies.Transfer;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:AnalyzeFeatures</c>: how well a linear classifier tells classes apart on the features of each layer (Zeiler &amp; Fergus 2014, table 7).</summary>
internal static class AnalyzeFeaturesCommand
{
    private static readonly int[] PerClass = [30];
    private const int PaperLayerCount = 7;
    private static readonly LinearClassifierKind[] Classifiers = [LinearClassifierKind.Svm, LinearClassifierKind.Softmax];

    public static int Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var source = TrainedRun.Choose(context);
        var info = source.Entry.Info;
        var layers = settings.Choices(VisualizeKeys.Layers, [.. PaperLayers.Of(info).Select(layer => layer.Name)], [.. info.Layers.Select(layer => layer.Name)]);
        var data = ImageFolder.Recognize(source.Data(context));
        using var target = TransferTarget.Open(context, source, data == KnownDataSet.Caltech256 ? [60] : PerClass);
        using var folder = target.OpenStudy("AnalyzeFeatures", "");
        var all = target.OpenFeatures([.. layers.Select(name => PaperLayers.Named(info, name))]);
        IFewShotMethod[] methods = [.. from features in all from kind in Classifiers select new FixedFeatures([features], kind, log)];
        var rows = new FewShotStudy(target.Protocol, methods, folder, log, context.Group).Run(context.Stop);
        var warnings = target.Warnings();
        if (folder is null)
            return 0;
        var files = new FewShotFiles(folder.Path, rows, target.Overlaps, warnings) { Published = Published, Classes = target.Protocol.Classes.Count };
        string?[] text = [.. target.Text, target.PaperText("Table 7") is not { } paper ? null : PaperLayers.Of(info).Count is var count && count == PaperLayerCount ? paper
            : string.Create(CultureInfo.InvariantCulture, $"The paper's figures (Table 7) are of the layers of a network with {PaperLayerCount} of them; this one has {count}, so they are not set beside its own.")];
        files.WriteFeatureAnalysis($"{info.Name}  ·  {AnalysisKinds.AnalyzeFeatures.Title}", [.. text.OfType<string>()], layers);
        folder.Finish();
        var columns = (from kind in Classifiers from perClass in target.Protocol.PerClass select (Kind: kind, PerClass: perClass)).ToArray();
        var published = columns.Where(column => files.Cells.Any(cell => cell.PerClass == column.PerClass && cell.Method.EndsWith(FixedFeatures.NameOf("", column.Kind), StringComparison.Ordinal) && Published(cell) is not null)).ToArray();
        foreach (var line in TextTable.Lines(
            ["layer", "features", .. columns.Select(column => $"{column.Kind.ToString().ToLowerInvariant()}, {column.PerClass} a class"), .. published.Select(column => $"paper: {column.Kind.ToString().ToLowerInvariant()}")], "lr" + new string('r', columns.Length + published.Length),
            all.Select(features => (string[])[features.Layer.Name, features.Width.ToString("N0", CultureInfo.InvariantCulture),
                .. columns.Select(column => TransferCommand.Cell(files, FixedFeatures.NameOf(features.Layer.Name, column.Kind), column.PerClass)),
                .. published.Select(column => TransferCommand.Paper(files, FixedFeatures.NameOf(features.Layer.Name, column.Kind), column.PerClass))])))
            log.Say(line);
        log.Say($"mean per-class accuracy in % over {target.Protocol.Folds} folds; accuracy.png, accuracy.svg, table.csv, rows.csv and study.json in {folder.Path}");
        return 0;

        // Only of a network with as many layers as the paper's can it be said which is which.
        PublishedAccuracy? Published(FewShotCell cell) => PaperLayers.Of(info) is { Count: PaperLayerCount } all
            ? (from layer in all.Index() from kind in Classifiers where cell.Method == FixedFeatures.NameOf(layer.Item.Name, kind) select PublishedAccuracy.OfLayer(data, kind, layer.Index + 1, cell.PerClass)).FirstOrDefault()
            : null;
    }
}
