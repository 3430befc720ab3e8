using System.Diagnostics;
using System.Globalization;
using ZfDecl.Analyses.Evaluate;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Opening;
using ZfDecl.Cli.Terminal;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Generators.Language;
using ZfDecl.Measures;

namespace ZfDecl.Cli.Commands;

/// <summary><c>-t:Evaluate</c>: how well a trained network classifies images, as a whole and class by class.</summary>
internal static class EvaluateCommand
{
    private const int MostClassesShown = 25;

    public static int Run(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        if (settings.IsGiven(SettingTable.Runs))
            return EvaluateEnsemble(context);
        var source = TrainedRun.Choose(context);
        var info = source.Entry.Info;
        var (crops, batch) = Asked(context.Settings);
        using var opened = OpenedRun.Open(context, source, whole: true);
        var (network, data, preprocessor) = (opened.Network, opened.Data, opened.Preprocessor);
        var count = preprocessor.CropCount(crops);
        if (crops == EvaluationCrops.Ten && count == 2)
            log.Say($"images are decoded as large as the input, {info.Input}, so there is nothing to crop: each image and its mirror image are averaged ('resize' in the spec's preprocess gives crops their room)");

        opened.CheckRanks(context);
        var began = Stopwatch.GetTimestamp();
        ImageSet[] sets = opened.Split == Splits.All ? [data.Train, data.Validation] : [opened.Images];
        (ImageSet Images, Classification Found)[] parts =
            [.. sets.Select(images => (images, Classification.Of([new(network, images, preprocessor) { Crops = crops, Batch = batch, Device = opened.Device }], log, context.Group, context.Stop)))];
        var classification = Classification.Concat([.. parts.Select(part => part.Found)]);
        var summary = new EvaluationSummary
        {
            Spec = info.Name,
            Runs = [source.Name],
            Epochs = [source.Run?.Record.Result?.Best?.Epoch],
            Data = data.Description,
            DataHash = data.Hash,
            Split = opened.Split,
            TrainedOn = IsTrainedOn(opened),
            Crops = count,
            Images = classification.Predictions.Count,
            Classes = classification.Classes.Count,
            Top1Error = classification.Top1Error,
            Top5Error = classification.Top5Error,
            Figures = AccuracyFigures.Of(classification.Matrix),
            Loss = classification.Loss,
            Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
            Evaluated = DateTime.UtcNow,
        };
        if (context.Group.Rank > 0)
            return 0;
        ReplacedFolder.WriteInto(source.Evaluation, folder =>
        {
            MisclassifiedImages.Write(folder, parts);
            EvaluationFiles.Write(folder, classification, summary);
        });
        Show(classification, summary, log);
        log.Say($"results: {source.Evaluation}");
        return 0;
    }

    /// <summary>Several runs, whose probabilities are averaged; each is measured alone as well, and stands with them below the paper's errors.</summary>
    private static int EvaluateEnsemble(RunContext context)
    {
        var (settings, log) = (context.Settings, context.Log);
        var given = settings.Value(SettingTable.Runs, "");
        var (crops, batch) = Asked(context.Settings);
        using var ensemble = Ensemble.Open(context, given, member => _ = Asked(member));
        var first = ensemble.Members[0];
        foreach (var member in ensemble.Members)
            member.CheckRanks(context);
        var alone = ensemble.Members.Select(member => Classify([member])).ToList();
        var began = Stopwatch.GetTimestamp();
        var together = Classify(ensemble.Members);
        var summary = new EvaluationSummary
        {
            Spec = string.Join(" + ", ensemble.Members.Select(member => member.Source.Entry.Info.Name).Distinct()),
            Runs = ensemble.Names,
            Epochs = [.. ensemble.Members.Select(member => member.Source.Run?.Record.Result?.Best?.Epoch)],
            Data = first.Data.Description,
            DataHash = first.Data.Hash,
            Split = first.Split,
            TrainedOn = ensemble.Members.Any(IsTrainedOn),
            Crops = first.Preprocessor.CropCount(crops),
            Images = together.Predictions.Count,
            Classes = together.Classes.Count,
            Top1Error = together.Top1Error,
            Top5Error = together.Top5Error,
            Figures = AccuracyFigures.Of(together.Matrix),
            Loss = together.Loss,
            Seconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
            Evaluated = DateTime.UtcNow,
        };
        var measured = $"{first.Data.Description} ({first.Split})";
        ErrorRow[] own = [.. ensemble.Names.Zip(alone, (name, one) => new ErrorRow(name, measured, one.Top1Error, one.Top5Error)),
            new($"{ensemble.Members.Count} convnets, averaged", measured, together.Top1Error, together.Top5Error)];
        var folder = Path.Combine(first.Source.Evaluation, string.Join('+', ensemble.Names.Select(name => name.Replace('/', '-'))));
        if (context.Group.Rank > 0)
            return 0;
        ReplacedFolder.WriteInto(folder, folder =>
        {
            EvaluationFiles.Write(folder, together, summary);
            ErrorTable.Write(folder, own);
        });
        Show(together, summary, log);
        foreach (var line in TextTable.Lines(["network", "measured on", "top-1 error", "top-5 error"], "llrr", ErrorTable.Paper.Concat(own).Select(row => (string[])[row.Network, row.Data, row.Percent.Top1, row.Percent.Top5])))
            log.Say(line);
        log.Say($"errors in %; results: {folder}");
        return 0;

        Classification Classify(IReadOnlyList<OpenedRun> members)
        {
            Func<OpenedRun, ImageSet>[] parts = first.Split == Splits.All ? [member => member.Data.Train, member => member.Data.Validation] : [member => member.Images];
            return Classification.Concat([.. parts.Select(part => Classification.Of(
                [.. members.Select(member => new Classifier(member.Network, part(member), member.Preprocessor) { Crops = crops, Batch = batch, Device = member.Device })], log, context.Group, context.Stop))]);
        }
    }

    private static bool IsTrainedOn(OpenedRun opened) => opened.Split is Splits.Train or Splits.All && opened.Source.Run?.Record.DataHash == opened.Data.Hash;

    private static (EvaluationCrops Crops, int Batch) Asked(Settings settings) => (settings.Value(SettingTable.Crops), settings.Value(TrainKeys.Batch));

    private static void Show(Classification classification, EvaluationSummary summary, ConsoleLog log)
    {
        var results = classification.PerClass().ToList();
        var hasTop5 = results.Count > Prediction.Top;                  // with five classes the right one is always among the first five
        var shown = results.Count <= MostClassesShown ? results : [.. results.Where(result => result.Images > 0).OrderBy(result => result.Top1Accuracy).Take(MostClassesShown)];
        string[] header = ["class", "images", "right", "recall", "precision", "F1", .. hasTop5 ? ["top-5"] : Array.Empty<string>(), "most confused with"];
        foreach (var line in TextTable.Lines(header, hasTop5 ? "lrrrrrrl" : "lrrrrrl", shown.Select(result => Row(result, classification, hasTop5))))
            log.Say(line);
        if (shown.Count < results.Count)
            log.Say($"these are the {shown.Count} hardest of {results.Count} classes; all of them stand in classes.csv");
        var top5 = hasTop5 ? $", {Percent(1 - summary.Top5Error)} in the first five" : "";
        log.Say(string.Create(CultureInfo.InvariantCulture,
            $"accuracy on {summary.Images:N0} images ({summary.Split}): {Percent(1 - summary.Top1Error)} right{top5}; loss {summary.Loss:0.0000}; {summary.Images / summary.Seconds:N0} images/s"));
        if (summary.Figures is not { } figures)
            return;
        log.Say($"on average over the classes: balanced accuracy (mean recall) {Percent(figures.BalancedAccuracy)}, precision {Percent(figures.Precision)}, F1 {Percent(figures.F1)}{(figures.NeverPredicted.Count > 0 ? " (0 where a class is never predicted)" : "")}");
        foreach (var sentence in summary.Sentences())
            log.Say(sentence);
    }

    private static string[] Row(ClassResult result, Classification classification, bool hasTop5) =>
    [
        result.Name,
        result.Images.ToString("N0", CultureInfo.InvariantCulture),
        result.Right.ToString("N0", CultureInfo.InvariantCulture),
        Or(result.Top1Accuracy),
        Or(result.Precision),
        Or(result.F1),
        .. hasTop5 ? [Or(result.Top5Accuracy)] : Array.Empty<string>(),
        result.MostConfusedWith is { } other ? string.Create(CultureInfo.InvariantCulture, $"{classification.Classes[other]} ({result.Confused:N0})") : "",
    ];

    private static string Or(double? share) => share is { } value ? Percent(value) : "";

    private static string Percent(double share) => share.ToString("0.00 %", CultureInfo.InvariantCulture);
}
