namespace ZfDecl.Reporting.Page;

/// <summary>What an analysis says of itself: text, pictures, tables, and the occlusion explorer where there is a grid.</summary>
internal static class AnalysisPart
{
    /// <summary>The script that holds an occlusion grid.</summary>
    public const string GridFile = "grid.js";

    private const int MostRows = 200;

    /// <summary>The analyses in their order, those of a folder within another's section.</summary>
    /// <param name="analyses">All.</param>
    /// <param name="damaged">Is told of a file that cannot be shown, and says what stands in its place.</param>
    public static IEnumerable<PagePart> Of(IReadOnlyList<ReportAnalysis> analyses, Func<Runs.ZfDeclException, Html> damaged)
    {
        var sections = analyses.Where(analysis => !analysis.IsNested || !analyses.Any(above => above.Path == analysis.Root))
            .OrderBy(analysis => analysis.Section.Order);
        foreach (var analysis in sections)
        {
            var within = analysis.IsNested ? [] : analyses.Where(one => one.IsNested && one.Root == analysis.Path).OrderBy(one => one.Section.Order).ToArray();
            yield return new(
                analysis.Anchor,
                analysis.Section.Title,
                Html.Of($"{Body(analysis, damaged)}{within.Select(one => Html.Of($"<section id=\"{one.Anchor}\" aria-labelledby=\"{one.Anchor}-title\"><h3 id=\"{one.Anchor}-title\">{one.Section.Title}</h3>{Body(one, damaged)}</section>\n"))}"),
                [.. within.Select(one => new PageEntry(one.Anchor, one.Section.Title))]);
        }
    }

    private static Html Body(ReportAnalysis analysis, Func<Runs.ZfDeclException, Html> damaged) => Html.Of($"""
        {analysis.Section.Text.Select(paragraph => Html.Of($"<p>{paragraph}</p>\n"))}
        {(analysis.Grid is { } grid ? Explorer(analysis, grid) : Html.Empty)}
        <div class="figures">{analysis.Section.Figures.Select(figure => Figure(analysis, figure))}</div>
        {analysis.Section.Tables.Select(table => Table(analysis, table, damaged))}
        """);

    private static Html Figure(ReportAnalysis analysis, ReportFigure figure) => analysis.Has(figure.File)
        ? Html.Of($"<figure><a href=\"{analysis.Link(figure.File)}\"><img src=\"{analysis.Link(figure.File)}\" alt=\"{figure.Alt}\" loading=\"lazy\"></a><figcaption>{figure.Caption}</figcaption></figure>\n")
        : Html.Of($"<figure><p class=\"missing\">{figure.File} is missing.</p><figcaption>{figure.Caption}</figcaption></figure>\n");

    private static Html Table(ReportAnalysis analysis, ReportTable table, Func<Runs.ZfDeclException, Html> damaged)
    {
        CsvTable csv;
        try
        {
            csv = CsvTable.Read(Path.Combine(analysis.Folder, table.File));
        }
        catch (Runs.ZfDeclException damage)
        {
            return damaged(damage);
        }
        var numeric = Enumerable.Range(0, csv.Header.Count).Select(column => csv.Rows.Count > 0 && csv.Rows.All(row => row[column].Length == 0 || IsNumber(row[column]))).ToArray();
        var rest = csv.Rows.Count > MostRows ? Html.Of($"<p class=\"hint\">The first {MostRows:N0} of {csv.Rows.Count:N0} rows.</p>") : Html.Empty;
        return Html.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{table.Caption}"><table>
            <caption>{table.Caption} (<a href="{analysis.Link(table.File)}">{Path.GetFileName(table.File)}</a>)</caption>
            <thead><tr>{csv.Header.Select((name, column) => Html.Of($"<th scope=\"col\"{Align(numeric[column])}>{name.Replace('_', ' ')}</th>"))}</tr></thead>
            <tbody>{csv.Rows.Take(MostRows).Select(row => Html.Of($"<tr>{row.Select((text, column) => Html.Of($"<td{Align(numeric[column])}>{text}</td>"))}</tr>\n"))}</tbody>
            </table></div>{rest}
            """);
    }

    private static Html Explorer(ReportAnalysis analysis, OcclusionGrid grid) => Html.Of($"""
        <div class="explorer" data-grid="{analysis.Anchor}" data-source="{analysis.Link(GridFile)}" style="--ratio:{(double)grid.Width / grid.Height:0.####}">
        <p class="hint">Move over a picture, or focus one and use the arrow keys: a grey square of {grid.Size}×{grid.Size} pixels covers the image there.</p>
        <div class="panes">
        <figure><div class="pane" data-pane="image" tabindex="0" role="group" aria-roledescription="occlusion explorer" aria-label="{grid.Image}, {grid.Class}; arrow keys move the occluder"><img src="{analysis.Link(OcclusionGrid.ImageFile)}" alt="{grid.Image}, an image of class {grid.Class}" loading="lazy"><span class="square"></span></div><figcaption>{grid.Image} · {grid.Class}</figcaption></figure>
        <figure><div class="pane" data-pane="probability" tabindex="0" role="group" aria-roledescription="occlusion explorer" aria-label="heat map of the probability of {grid.Class}; arrow keys move the occluder"><canvas role="img" aria-label="probability of {grid.Class} by position of the occluder"></canvas><span class="square"></span></div><figcaption>probability of {grid.Class} <span class="ramp-line"></span></figcaption></figure>
        <figure><div class="pane" data-pane="activity" tabindex="0" role="group" aria-roledescription="occlusion explorer" aria-label="heat map of the activity of {grid.Layer}, map {grid.Map}; arrow keys move the occluder"><canvas role="img" aria-label="summed activity of {grid.Layer}, map {grid.Map}, by position of the occluder"></canvas><span class="square"></span></div><figcaption>activity of {grid.Layer}, map {grid.Map} <span class="ramp-line"></span></figcaption></figure>
        <figure><div class="pane" data-pane="predicted" tabindex="0" role="group" aria-roledescription="occlusion explorer" aria-label="map of the most probable class; arrow keys move the occluder"><canvas role="img" aria-label="most probable class by position of the occluder"></canvas><span class="square"></span></div><figcaption>most probable class <span class="classes-line"></span></figcaption></figure>
        </div>
        <table class="readout"><thead><tr><td></td><th scope="col">probability of {grid.Class}</th><th scope="col">activity of map {grid.Map}</th><th scope="col" class="text">most probable class</th></tr></thead>
        <tbody><tr><th scope="row">nothing covered</th><td>{Figures.Percent(grid.Baseline.Probability)}</td><td>{Figures.Significant(grid.Baseline.Activity)}</td><td class="text">{grid.Classes[grid.Baseline.Predicted]}</td></tr>
        <tr class="now"><th scope="row" data-read="place">occluder</th><td data-read="probability"></td><td data-read="activity"></td><td class="text" data-read="predicted"></td></tr></tbody></table>
        <p class="unseen" aria-live="polite" data-read="aloud"></p>
        </div>

        """);

    private static bool IsNumber(string text) => double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);

    private static Html Align(bool isNumber) => new(isNumber ? "" : " class=\"text\"");
}
