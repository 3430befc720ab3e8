using System.Globalization;
using ZfDecl.Findings;
using ZfDecl.Report.Page;

namespace ZfDecl.Studies.Comparison;

/// <summary>The page of a comparison: its table, its bars, every training, and what it takes to repeat it. One file, which can be moved.</summary>
internal static class ComparisonPage
{
    /// <param name="title">What was compared.</param>
    /// <param name="text">What was done, a paragraph an entry.</param>
    /// <param name="rows">What was found; at least one.</param>
    /// <param name="record">What was run.</param>
    public static string Render(string title, IReadOnlyList<string> text, IReadOnlyList<ComparedRow> rows, StudyRecord record) => PageShell.Render(new()
    {
        Title = record.Study,
        Heading = Html.Of($"{title}"),
        Summary = string.Create(CultureInfo.InvariantCulture, $"{record.Data}. {rows.Count} rows, {rows.Sum(row => row.Seeds.Count)} trainings."),
        Parts = [new("comparison", "Comparison", Comparison(text, rows)), new("trainings", "Every training", Trainings(rows)), new("provenance", "How it was made", Provenance(record, text))],
        Scripts = ["theme.js"],
    });

    private static Html Comparison(IReadOnlyList<string> text, IReadOnlyList<ComparedRow> rows)
    {
        var published = rows.Any(row => row.Published is not null);
        var against = rows.Any(row => row.Difference is not null);
        string[] header = ["train top-1", "val top-1", .. against ? ["against"] : Array.Empty<string>(), "val top-5", "parameters", "time", .. published ? ["paper: train", "val", "top-5"] : Array.Empty<string>()];
        return Html.Of($"""
            {text.Select(paragraph => Html.Of($"<p>{paragraph}</p>\n"))}
            {Bars(rows)}
            <div class="scroll" tabindex="0" role="region" aria-label="errors of each row"><table>
            <caption>Errors in percent, mean ± standard deviation over the seeds{(against ? "; against: the difference of the validation top-1 error from the row of that number, seed by seed, ± its standard error" : "")}{(published ? "; on the right the errors that the paper gives, on its own data" : "")}.</caption>
            <thead><tr><th scope="col">row</th><th scope="col" class="text">label</th><th scope="col">seeds</th>{header.Select(name => Html.Of($"<th scope=\"col\">{name}</th>"))}</tr></thead>
            <tbody>{rows.Index().Select(row => Row(row.Index + 1, row.Item))}</tbody>
            </table></div>

            """);

        Html Row(int number, ComparedRow row)
        {
            string[] cells =
            [
                $"{row.Train}", $"{row.Val}", .. against ? [Against(row)] : Array.Empty<string>(), $"{row.Top5}", row.Parameters.ToString("N0", CultureInfo.InvariantCulture), Figures.Time(row.Seconds),
                .. published ? [Percent(row.Published?.Train), Percent(row.Published?.Val), Percent(row.Published?.Top5)] : Array.Empty<string>(),
            ];
            return Html.Of($"<tr><th scope=\"row\">{number}</th><td class=\"text\">{row.Label}</td><td>{row.Seeds.Count}</td>{cells.Select(cell => Html.Of($"<td>{cell}</td>"))}</tr>\n");
        }

        string Against(ComparedRow row) => row.Difference is { } difference ? FormattableString.Invariant($"{difference} ({rows.Index().First(other => other.Item.Label == row.Against!.Label).Index + 1})") : "";
    }

    private static Html Bars(IReadOnlyList<ComparedRow> rows)
    {
        var chart = new BarChart("Top-1 error, %", [.. rows.Index().Select(row => FormattableString.Invariant($"{row.Index + 1}  {row.Item.Label}"))]);
        chart.Add("validation", "b", [.. rows.Select(row => Bar(row.Val))]);
        chart.Add("training", "a", [.. rows.Select(row => Bar(row.Train))]);
        return chart.ToHtml();

        static (double, double?) Bar(MeanDeviation error) => (100 * error.Mean, 100 * error.Deviation);
    }

    private static Html Trainings(IReadOnlyList<ComparedRow> rows) => Html.Of($"""
        <details><summary>{rows.Sum(row => row.Seeds.Count)} trainings</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="every training"><table>
        <thead><tr><th scope="col">label</th><th scope="col" class="text">run</th><th scope="col">seed</th><th scope="col">train top-1</th><th scope="col">val top-1</th><th scope="col">val top-5</th><th scope="col">time</th><th scope="col">threads</th></tr></thead>
        <tbody>{rows.SelectMany(row => row.Seeds).Select(row => Html.Of($"<tr><th scope=\"row\">{row.Label}</th><td class=\"text\">{row.Spec}/{row.Run}</td><td>{row.Seed}</td><td>{Percent(100 * row.TrainTop1Error)}</td><td>{Percent(100 * row.ValTop1Error)}</td><td>{Percent(100 * row.ValTop5Error)}</td><td>{Figures.Time(row.Seconds)}</td><td>{row.Threads?.ToString(CultureInfo.InvariantCulture)}</td></tr>\n"))}</tbody>
        </table></div></details>
        """);

    private static Html Provenance(StudyRecord record, IReadOnlyList<string> text)
    {
        (string Name, string Value)[] facts =
        [
            ("begun", Time(record.Started)),
            .. record.Resumed.Select(time => ("begun again", Time(time))),
            ("finished", record.Finished is { } end ? Time(end) : "not yet: some rows are missing"),
            .. record.Notes.Except(text).Select(note => ("note", note)),
            .. record.Settings.Select(setting => (setting.Name, setting.Value)),
            ("versions", $"ZfDecl {record.Versions.ZfDecl}, TorchSharp {record.Versions.TorchSharp}, .NET {record.Versions.DotNet}"),
            ("machine", FormattableString.Invariant($"{record.Machine.OperatingSystem}, {record.Machine.Architecture}, {record.Machine.Cores} cores")),
            ("data SHA-256", record.DataHash),
            .. record.Networks.Select(network => ($"{network.Spec} SHA-256", network.SpecHash)),
        ];
        return Html.Of($"""
            <p><code>{record.CommandLine}</code></p>
            <p>{record.Data}.</p>
            <details><summary>times, settings, versions, machine and specs</summary>
            <div class="scroll" tabindex="0" role="region" aria-label="how it was made"><table>
            <tbody>{facts.Select(fact => Html.Of($"<tr><th scope=\"row\">{fact.Name}</th><td class=\"text\">{fact.Value}</td></tr>\n"))}</tbody>
            </table></div></details>
            """);
    }

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    private static string Percent(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";
}
