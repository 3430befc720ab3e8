using System.Globalization;
using ZfDecl.Findings;
using ZfDecl.Report.Contents;
using ZfDecl.Runs;

namespace ZfDecl.Report.Page;

/// <summary>The training: its curves, and the same numbers as a table.</summary>
internal static class TrainingPart
{
    private static readonly (string Title, string Line, string Style, Func<EpochMetrics, double> Of, bool IsShare)[] Curves =
    [
        ("Loss", "training", "a", epoch => epoch.TrainLoss, false),
        ("Loss", "validation", "b", epoch => epoch.ValLoss, false),
        ("Error", "training", "a", epoch => epoch.TrainError, true),
        ("Error", "validation", "b", epoch => epoch.ValTop1Error, true),
        ("Error", "top 5", "c", epoch => epoch.ValTop5Error, true),
        ("Learning rate", "rate", "a", epoch => epoch.LearningRate, false),
    ];

    public static PagePart? Of(ReportRun run, ReportRun? against)
    {
        ReportRun[] runs = against is null ? [run] : [run, against];
        return runs.All(one => one.Epochs.Count == 0) ? null : new("training", "Training", Html.Of($"""
            <p class="hint">Point at a curve, or focus it and use the arrow keys, to read its values.{(against is null ? "" : $" Solid is {run.Name}, dashed {against.Name}.")}{(run.Record?.Result?.Best is { } best ? FormattableString.Invariant($" The weights of epoch {best.Epoch} were kept: it is marked.") : "")}</p>
            <div class="charts">{Curves.Select(curve => curve.Title).Distinct().Select(title => Chart(title, runs))}</div>
            {runs.Where(one => one.Epochs.Count > 0).Select(one => Table(one, runs.Length > 1))}
            """));
    }

    private static Html Chart(string title, ReportRun[] runs)
    {
        var curves = Curves.Where(curve => curve.Title == title).ToArray();
        var chart = curves[0].IsShare
            ? new LineChart(title, Figures.Percent, share => Round(share * 100) + " %")
            : new LineChart(title, Figures.Significant, Round);
        for (var i = 0; i < runs.Length; i++)
        {
            foreach (var curve in curves)
            {
                var name = runs.Length == 1 ? curve.Line : $"{runs[i].Name}: {curve.Line}";
                chart.Add(name, i == 0 ? curve.Line : null, i == 0 ? curve.Style : curve.Style + " dashed", runs[i].Epochs.Select(epoch => (epoch.Epoch, curve.Of(epoch))));
            }
        }
        if (runs[0].Record?.Result?.Best is { } best)
            chart.Mark(best.Epoch, "kept");
        return chart.ToHtml();
    }

    private static Html Table(ReportRun run, bool named) => Html.Of($"""
        <details><summary>The {run.Epochs.Count} epochs{(named ? $" of {run.Name}" : "")} as a table</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="epochs"><table>
        <thead><tr><th scope="col">epoch</th><th scope="col">learning rate</th><th scope="col">training loss</th><th scope="col">training error</th><th scope="col">validation loss</th><th scope="col">top-1 error</th><th scope="col">top-5 error</th><th scope="col">images/s</th><th scope="col">time</th></tr></thead>
        <tbody>{run.Epochs.Select(Row)}</tbody>
        </table></div></details>
        """);

    private static Html Row(EpochMetrics epoch) => Html.Of(
        $"<tr><th scope=\"row\">{epoch.Epoch}</th><td>{Figures.Significant(epoch.LearningRate)}</td><td>{epoch.TrainLoss:0.0000}</td><td>{Figures.Percent(epoch.TrainError)}</td><td>{epoch.ValLoss:0.0000}</td><td>{Figures.Percent(epoch.ValTop1Error)}</td><td>{Figures.Percent(epoch.ValTop5Error)}</td><td>{epoch.ImagesPerSecond:N0}</td><td>{Figures.Time(epoch.Seconds)}</td></tr>\n");

    private static string Round(double tick) => tick.ToString("0.#######", CultureInfo.InvariantCulture);
}
