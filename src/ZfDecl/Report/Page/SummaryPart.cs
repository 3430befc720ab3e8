using System.Globalization;
using ZfDecl.Analyses.Visualize;
using ZfDecl.Findings;
using ZfDecl.Report.Contents;

namespace ZfDecl.Report.Page;

/// <summary>The numbers and pictures that say most; with another run, the numbers of both side by side.</summary>
internal static class SummaryPart
{
    public static PagePart Of(ReportRun run, ReportRun? against) => new("summary", "Summary", Html.Of($"""
        {(against is null ? Numbers(run) : Comparison(run, against))}
        {(against is null ? Subject(run) : Html.Empty)}
        {Glance(run)}
        """));

    private static Html Numbers(ReportRun run) => Html.Of($"<dl class=\"numbers\">{Facts(run).Select(fact => Html.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>\n"))}</dl>");

    /// <summary>What the numbers and the pictures are of.</summary>
    private static Html Subject(ReportRun run) => run.Record switch
    {
        null => Html.Empty,
        { Imported: { } file } => Html.Of($"<p class=\"hint\">Imported from {file.File}, {file.Format}{(file.Producer.Length > 0 ? $", written by {file.Producer}" : "")}: what it was trained on is not known here.</p>"),
        var record => Html.Of($"<p class=\"hint\">{(record.Result?.Best is { } best ? FormattableString.Invariant($"The weights after epoch {best.Epoch}, where the validation error was lowest. ") : "")}{(record.Finished is null ? "The training has not finished. " : "")}Trained on {record.Data}.</p>"),
    };

    private static Html Comparison(ReportRun run, ReportRun against)
    {
        var bothTrained = run.Record is not null && against.Record is not null;
        var (own, other) = (Facts(run).Concat(bothTrained ? Settings(run) : []).ToArray(), Facts(against).Concat(bothTrained ? Settings(against) : []).ToArray());
        var names = own.Concat(other).Select(fact => fact.Name).Distinct();
        return Html.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="comparison"><table>
            <caption>Two runs. What differs is marked; settings that are the same are left out.</caption>
            <thead><tr><td></td><th scope="col" class="text">{run.Name}</th><th scope="col" class="text">{against.Name}</th></tr></thead>
            <tbody>{names.Select(name => (Name: name, Own: Value(own, name), Other: Value(other, name)))
                .Where(row => row.Own != row.Other || Facts(run).Any(fact => fact.Name == row.Name))
                .Select(row => Html.Of($"<tr{new Html(row.Own == row.Other ? "" : " class=\"differs\"")}><th scope=\"row\">{row.Name}</th><td class=\"text\">{row.Own}</td><td class=\"text\">{row.Other}</td></tr>\n"))}</tbody>
            </table></div>
            """);

        static string Value((string Name, string Value)[] facts, string name) => facts.FirstOrDefault(fact => fact.Name == name).Value ?? "–";
    }

    private static IEnumerable<(string Name, string Value)> Facts(ReportRun run)
    {
        if (run.Record?.Result?.Best is { } best)
        {
            yield return ("validation error", Figures.Percent(best.ValTop1Error));
            if (run.Record.Result.Validation is { } figures)
            {
                yield return ("validation accuracy, 95 % interval", figures.Interval.ToString());
                yield return ("always the largest class", Figures.Percent(figures.MajorityShare));
            }
            if (run.Record.Classes.Count > 5)
                yield return ("top-5 error", Figures.Percent(best.ValTop5Error));
        }
        if (run.Network is { } network)
        {
            yield return ("parameters", Figures.Short(network.Layers.Sum(layer => layer.Parameters)));
            yield return ("multiply-adds", Figures.Short(network.Layers.Sum(layer => layer.MultiplyAdds)));
        }
        if (run.Record?.Result is { Final: { } final } result)
        {
            yield return ("epochs", result.Best is { } kept && kept.Epoch != final.Epoch ? string.Create(CultureInfo.InvariantCulture, $"{final.Epoch}, kept {kept.Epoch}") : string.Create(CultureInfo.InvariantCulture, $"{final.Epoch}"));
            yield return ("training time", Figures.Time(result.Seconds));
        }
        if (run.Layers.Count > 0)
        {
            var (maps, dead) = (run.Layers.Sum(layer => layer.Index.Maps.Count), run.Layers.Sum(layer => layer.Dead));
            yield return ("maps shown", string.Create(CultureInfo.InvariantCulture, $"{maps:N0}, {(dead == 0 ? "none" : $"{dead:N0}")} dead"));
        }
    }

    private static IEnumerable<(string Name, string Value)> Settings(ReportRun run) => run.Record is not { } record
        ? []
        : record.Settings.Where(setting => setting.Name is not ("run" or "artifacts" or "resume")).Select(setting => (setting.Name, setting.Value))
            .Append(("seed", record.Seed.ToString(CultureInfo.InvariantCulture)))
            .Append(("spec SHA-256", record.SpecHash[..Math.Min(12, record.SpecHash.Length)]))
            .DistinctBy(fact => fact.Item1);

    private static Html Glance(ReportRun run)
    {
        var telling = run.Layers.Select(layer => (layer.Index, Map: LayerPart.Telling(layer.Index))).Where(one => one.Map is not null).ToArray();
        return telling.Length == 0 ? Html.Empty : Html.Of($"""
            <p class="hint">A map of each layer: on the left what the deconvnet says excited its strongest units, on the right what they saw.</p>
            <ul class="glance">{telling.Select(one => Html.Of($"<li><a class=\"map\" href=\"#{one.Index.Layer}-{one.Map!.Map}\" data-layer=\"{one.Index.Layer}\" data-source=\"layers/{one.Index.Layer}/{LayerPart.DataFile}\" data-slot=\"{Slot(one.Index, one.Map)}\" style=\"{LayerPart.CellStyle(one.Index)}\">{LayerPart.Cell(one.Map, one.Index.Layer + " · ")}</a></li>\n"))}</ul>
            """);
    }

    private static int Slot(SpriteIndex index, SpriteMap map) => Enumerable.Range(0, index.Maps.Count).First(slot => ReferenceEquals(index.Maps[slot], map));
}
