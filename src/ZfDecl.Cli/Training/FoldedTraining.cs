using System.Globalization;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Terminal;
using ZfDecl.Files;
using ZfDecl.Measures;
using ZfDecl.Messages;
using ZfDecl.Runs;
using ZfDecl.Studies;

namespace ZfDecl.Cli.Training;

/// <summary>
/// Stratified cross-validation: the training images are divided into parts that have as many of each class, and each part validates once, in a run of its own. Where images are few, all of
/// them together say more than one small part does.
/// </summary>
/// <param name="context">Train's.</param>
/// <param name="train">Trains one fold as an ordinary run, unless that is finished, and returns the exit code.</param>
internal sealed class FoldedTraining(RunContext context, Func<RunContext, int> train)
{
    private sealed record Fold(string Run, AccuracyFigures Figures, EpochMetrics Best);

    /// <summary>Trains what is not finished, writes the table and shows it.</summary>
    /// <returns>0, or <see cref="ExitCode.Interrupted"/>; the same command goes on.</returns>
    public int Run()
    {
        var settings = context.Settings;
        var count = settings.Value(SettingTable.TrainingFolds, 2);
        settings.Check();
        var (spec, run, artifacts) = (context.Network().Info.Name, context.RunName(), context.Artifacts());
        var folds = new List<Fold>();
        for (var number = 1; number <= count; number++)
        {
            context.Stop.ThrowIfCancellationRequested();
            var name = FormattableString.Invariant($"{run}-fold-{number}-of-{count}");
            context.Log.Say($"fold {number} of {count}, run {name}");
            var one = settings.With(new Dictionary<string, string> { [SettingTable.Run.Name] = name, [SettingTable.Fold.Name] = number.ToString(CultureInfo.InvariantCulture) });
            var code = train(context with { Settings = one });
            if (code != 0)
                return code;
            if (DryRun.IsWanted(context))
            {
                context.Log.Say($"that was one of {count} folds: all of them take {count} times as much time and disk");
                return 0;
            }
            if (context.Group.Rank > 0)
                continue;
            var result = RunDirectory.OpenFinished(RunDirectory.PathOf(artifacts, spec, name)).Record.Result;
            if (result is { Validation: { } figures, Best: { } best })
                folds.Add(new(name, figures, best));
        }
        if (folds.Count > 0)
            Conclude(folds, Path.Combine(artifacts, spec, FormattableString.Invariant($"{run}-{count}-folds")));
        return 0;
    }

    private void Conclude(List<Fold> folds, string folder)
    {
        AtomicFile.WriteText(Path.Combine(folder, "folds.csv"), string.Concat(folds
            .Select(fold => CsvLine.Of(fold.Run, fold.Figures.Images, fold.Figures.Right, fold.Figures.Accuracy, fold.Figures.BalancedAccuracy, fold.Figures.Precision, fold.Figures.F1, fold.Best.ValLoss, fold.Best.Epoch))
            .Prepend(CsvLine.Of("run", "images", "right", "accuracy", "balanced_accuracy", "precision", "f1", "loss", "epoch"))));
        var (images, right) = (folds.Sum(fold => fold.Figures.Images), folds.Sum(fold => fold.Figures.Right));
        string[][] rows =
        [
            .. folds.Select(fold => (string[])[fold.Run, $"{fold.Figures.Images}", $"{fold.Figures.Right}", Percent(fold.Figures.Accuracy), Percent(fold.Figures.BalancedAccuracy), Percent(fold.Figures.F1), FormattableString.Invariant($"{fold.Best.ValLoss:0.000}"), $"{fold.Best.Epoch}"]),
            ["mean±deviation", "", "", Mean(fold => fold.Figures.Accuracy), Mean(fold => fold.Figures.BalancedAccuracy), Mean(fold => fold.Figures.F1), FormattableString.Invariant($"{folds.Average(fold => fold.Best.ValLoss):0.000}"), ""],
        ];
        foreach (var line in TextTable.Lines(["run", "images", "right", "accuracy, %", "balanced, %", "F1, %", "loss", "epoch"], "lrrrrrrr", rows))
            context.Log.Say(line);
        context.Log.Say($"{right} of the {Quantity.Of(images, "image")} that validated in one fold each are right, {Percent((double)right / images)} %; "
            + $"with so many images the accuracy may as well be {WilsonInterval.Of(right, images)} (Wilson's 95 % interval). Each fold's images also chose its epoch, so the figure flatters a little");
        context.Log.Say($"results: {Path.Combine(folder, "folds.csv")}");

        string Mean(Func<Fold, double> of) => MeanDeviation.Of([.. folds.Select(of)]).ToString();
    }

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);
}
