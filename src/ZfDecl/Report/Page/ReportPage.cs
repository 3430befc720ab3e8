using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Report.Contents;

namespace ZfDecl.Report.Page;

/// <summary>The page of a run: what stands in it, in order.</summary>
internal static class ReportPage
{
    private static readonly string[] Scripts = ["theme.js", "contents.js", "colors.js", "address.js", "sift.js", "layers.js", "zoom.js", "charts.js", "explorer.js"];

    /// <param name="run">The run.</param>
    /// <param name="against">The run beside it; null for none.</param>
    /// <param name="log">Is warned of tables that are damaged.</param>
    /// <param name="spell">Spells a command as it is typed.</param>
    public static string Render(ReportRun run, ReportRun? against, IRunLog log, Func<string, string> spell)
    {
        var damages = new List<string>(run.Damages.Concat(against?.Damages ?? []).Select(spell));
        PagePart[] layers = [.. run.Layers.Select(layer => LayerPart.Of(layer, against?.Layers.FirstOrDefault(other => other.Index.Layer == layer.Index.Layer), run.Name, against?.Name))];
        PagePart[] parts =
        [
            SummaryPart.Of(run, against),
            .. new[] { TrainingPart.Of(run, against), ArchitecturePart.Of(run, against) }.OfType<PagePart>(),
            .. Features(run, layers),
            .. AnalysisPart.Of(run.Analyses, Damaged, spell($"`{AnalysisKinds.Evaluate.Verb} spec={run.Spec} run={run.Name}`")),
            .. new[] { Missing(run, spell), ProvenancePart.Of(run) }.OfType<PagePart>(),
        ];
        return PageShell.Render(new()
        {
            Title = $"{run.Spec} · {run.Name}",
            Heading = Html.Of($"{run.Spec} <span class=\"run\">{run.Name}{(against is null ? "" : $" against {Other(run, against)}")}</span>"),
            Summary = run.Network?.Summary,
            Damages = damages,
            Parts = parts,
            Navigation = layers.Length == 0 ? Html.Empty : Html.Of($"<form id=\"jump\"><label for=\"unit\">Go to a map, layer or class</label><input id=\"unit\" name=\"unit\" placeholder=\"{layers[^1].Id}-17\" autocomplete=\"off\" spellcheck=\"false\" aria-describedby=\"jump-says\"><output id=\"jump-says\" for=\"unit\"></output></form>"),
            End = Html.Of($"""
                <div id="tip" role="tooltip" hidden></div>
                <dialog id="zoom" aria-labelledby="zoom-title"><div class="bar"><h2 id="zoom-title"></h2><button type="button" data-step="-1" aria-label="previous map">←</button><button type="button" data-step="1" aria-label="next map">→</button><button type="button" data-close aria-label="close">×</button></div><p class="hint"></p><label class="own"><input type="checkbox" role="switch" id="own-scale"> each projection on its own scale</label><ol class="pairs"></ol></dialog>
                <dialog id="large" aria-labelledby="large-title"><div class="bar"><h2 id="large-title"></h2><button type="button" data-close aria-label="close">×</button></div><div class="room" tabindex="0" role="region" aria-label="the chart"></div></dialog>
                """),
            Scripts = Scripts,
        });

        Html Damaged(ZfDeclException damage)
        {
            log.Warn(damage.Code, damage.Message, damage.File);
            return Html.Of($"<p class=\"missing\">{damage.Code}: {spell(damage.Message)}</p>\n");
        }
    }

    private static IEnumerable<PagePart> Features(ReportRun run, PagePart[] layers)
    {
        if (layers.Length == 0)
            yield break;
        var entries = layers.Zip(run.Layers).Select(pair => new PageEntry(pair.First.Id, pair.First.Title, FormattableString.Invariant($"{pair.Second.Index.Maps.Count}"))).ToArray();
        yield return new("features", "Feature maps", Html.Of($"""
            <p class="hint">A map's strongest activations{(OnePerImage(run) ? ", at most one an image" : "")}: on the left each projected to pixels alone, on the right what the network saw there. Point at a picture for its image, class, position and value. Arrow keys move between maps, 1 to 9 read a unit, Enter enlarges. What lies outside of the image looks <span class="outside">like this</span>.</p>
            {Sift(run, layers)}
            {layers.Select(layer => Html.Of($"<section id=\"{layer.Id}\" class=\"layer\" aria-labelledby=\"{layer.Id}-title\"><h3 id=\"{layer.Id}-title\">{layer.Title}</h3>\n{layer.Body}</section>\n"))}
            """), entries);
    }

    /// <summary>Sorts and filters maps, by script: without one it is not shown.</summary>
    private static Html Sift(ReportRun run, PagePart[] layers)
    {
        var classes = run.Layers.SelectMany(layer => layer.Index.Maps).SelectMany(map => map.Units).Select(unit => unit.Class).Distinct().Order(StringComparer.Ordinal);
        return Html.Of($"""
            <form id="sift" aria-label="sort and filter maps">
            <label>Sort by <select name="sort"><option value="">number</option><option value="value">strength</option><option value="class">class</option></select></label>
            <label>Show <select name="state"><option value="">all maps</option><option value="alive">those that are not dead</option><option value="dead">dead ones</option></select></label>
            <label>Class <select name="class"><option value="">any</option>{classes.Select(name => Html.Of($"<option>{name}</option>"))}</select></label>
            <label>Layer <select name="layer"><option value="">all</option>{layers.Select(layer => Html.Of($"<option>{layer.Id}</option>"))}</select></label>
            <output name="count"></output>
            </form>
            """);
    }

    private static bool OnePerImage(ReportRun run) => run.Layers.All(layer => layer.Index.Maps.All(map => map.Units.DistinctBy(unit => unit.Image).Count() == map.Units.Count));

    private static PagePart? Missing(ReportRun run, Func<string, string> spell)
    {
        var there = run.Analyses.Select(analysis => analysis.Root).ToHashSet(StringComparer.Ordinal);
        var named = $" run={run.Name}";
        (string Title, string Command)[] missing =
        [
            .. LacksCurves(run) ? [("training curves", Command("train", run.Record?.Result is null ? named : ""))] : Array.Empty<(string, string)>(),
            .. run.Layers.Count == 0 ? [("pictures of feature maps", Command("visualize", named))] : Array.Empty<(string, string)>(),
            .. AnalysisKinds.All.Where(kind => kind.Adds is not null && !there.Contains(kind.Folder)).Select(kind => (kind.Adds!, Command(kind.Verb, named))),
        ];
        return missing.Length == 0 ? null : new("missing", "Not looked at yet", Html.Of($"""
            <p class="hint">These commands add a section each; then make the report again.</p>
            <div class="scroll" tabindex="0" role="region" aria-label="commands"><table><tbody>{missing.Select(one => Html.Of($"<tr><th scope=\"row\">{one.Title}</th><td class=\"text\"><code>{one.Command}</code></td></tr>\n"))}</tbody></table></div>
            """));

        // Where only the result came with the weights, a training is a run of one's own.
        string Command(string verb, string named) => spell($"`{verb} spec={run.Spec}{named}`");
    }

    /// <summary>Whether there could be training curves: not of a network that is looked at untrained.</summary>
    private static bool LacksCurves(ReportRun run) => run is not ({ Epochs.Count: > 0 } or { Record: null, Layers.Count: > 0 });

    private static string Other(ReportRun run, ReportRun against) => run.Spec == against.Spec ? against.Name : $"{against.Spec}/{against.Name}";
}
