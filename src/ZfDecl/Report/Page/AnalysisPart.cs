using ZfDecl.Analyses.Occlude;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Report.Contents;

namespace ZfDecl.Report.Page;

/// <summary>What an analysis says of itself: text, pictures, tables, and the occlusion explorer where there is a grid.</summary>
internal static class AnalysisPart
{
    /// <summary>The script that holds an occlusion grid.</summary>
    public const string GridFile = "grid.js";

    /// <summary>What stands in a title between the analysis and the image that it is of.</summary>
    private const string Colon = ": ";

    private const int MostRows = 50;

    /// <summary>A longer table is opened by the reader.</summary>
    private const int OpenRows = 15;

    /// <summary>A longer text is wrapped, and has room for that.</summary>
    private const int LongText = 40;

    /// <summary>More warnings are opened by the reader.</summary>
    private const int OpenWarnings = 10;

    /// <summary>The analyses in their order, those of a folder within one section.</summary>
    /// <param name="analyses">All.</param>
    /// <param name="damaged">Is told of a file that cannot be shown, and says what stands in its place.</param>
    /// <param name="evaluate">The command that evaluates the run.</param>
    public static IEnumerable<PagePart> Of(IReadOnlyList<ReportAnalysis> analyses, Func<ZfDeclException, Html> damaged, string evaluate)
    {
        foreach (var family in analyses.GroupBy(analysis => analysis.Root).OrderBy(family => family.MinBy(analysis => analysis.IsNested)!.Order))
        {
            var nested = family.Where(analysis => analysis.IsNested).OrderBy(analysis => analysis.Section.Order).ToArray();
            if (family.FirstOrDefault(analysis => !analysis.IsNested) is { } above)
                yield return Part(above.Anchor, above.Section.Title, Html.Join([Body(above, damaged), above.Confusion is { } confusion ? ConfusionPart.Of(above, confusion, evaluate) : Html.Empty]), nested, one => OwnTitle(one, nested), damaged);
            else if (nested is [var only])
                yield return Part(only.Anchor, only.Section.Title, Body(only, damaged), [], one => one.Section.Title, damaged);
            else
                yield return Part($"section-{family.Key}", nested[0].Section.Title.Split(Colon)[0], Html.Empty, nested, one => OwnTitle(one, nested).Split(Colon)[^1], damaged);
        }
    }

    /// <summary>The title of an analysis; with its folder's name where another one is called alike.</summary>
    private static string OwnTitle(ReportAnalysis analysis, ReportAnalysis[] all) =>
        all.Count(other => other.Section.Title == analysis.Section.Title) > 1 ? $"{analysis.Section.Title} ({Path.GetFileName(analysis.Folder)})" : analysis.Section.Title;

    private static PagePart Part(string anchor, string title, Html body, ReportAnalysis[] within, Func<ReportAnalysis, string> titleOf, Func<ZfDeclException, Html> damaged) => new(
        anchor,
        title,
        Html.Of($"{body}{within.Select(one => Html.Of($"<section id=\"{one.Anchor}\" aria-labelledby=\"{one.Anchor}-title\"><h3 id=\"{one.Anchor}-title\">{titleOf(one)}</h3>{Body(one, damaged)}</section>\n"))}"),
        [.. within.Select(one => new PageEntry(one.Anchor, titleOf(one)))]);

    private static Html Body(ReportAnalysis analysis, Func<ZfDeclException, Html> damaged) => Html.Of($"""
        {(analysis.Section.Subject.Length == 0 ? Html.Empty : Html.Of($"<p class=\"facts\">{analysis.Section.Subject}</p>\n"))}{analysis.Section.Text.Select(paragraph => Html.Of($"<p>{paragraph}</p>\n"))}
        {Warnings(analysis.Section.Warnings)}
        {(analysis.Grid is { HasClasses: true } grid ? ExplorerPart.Of(grid, analysis.Anchor, analysis.Link(OcclusionGrid.ImageFile), analysis.Link(GridFile)) : Html.Empty)}
        <div class="figures">{analysis.Section.Figures.Select(figure => Figure(analysis, figure))}</div>
        {analysis.Section.Tables.Select(table => Table(analysis, table, damaged))}
        """);

    private static Html Warnings(IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0)
            return Html.Empty;
        var list = Html.Of($"<ul>{warnings.Select(warning => Html.Of($"<li>{warning}</li>"))}</ul>");
        return warnings.Count <= OpenWarnings
            ? Html.Of($"<div class=\"missing\" role=\"note\">{list}</div>\n")
            : Html.Of($"<details class=\"missing\"><summary>{warnings.Count} warnings</summary>{list}</details>\n");
    }

    private static Html Figure(ReportAnalysis analysis, ReportFigure figure) => analysis.Has(figure.File)
        ? FigurePart.Of(Path.Combine(analysis.Folder, figure.File), analysis.Link(figure.File), figure.Alt, figure.Caption)
        : Html.Of($"<figure><p class=\"missing\">{figure.File} is missing.</p><figcaption>{figure.Caption}</figcaption></figure>\n");

    private static Html Table(ReportAnalysis analysis, ReportTable table, Func<ZfDeclException, Html> damaged)
    {
        if (!analysis.Has(table.File))
            return Html.Of($"<p class=\"missing\">{table.File} is missing: {table.Caption}</p>\n");
        CsvTable csv;
        try
        {
            csv = CsvTable.Read(Path.Combine(analysis.Folder, table.File));
        }
        catch (ZfDeclException damage)
        {
            return damaged(damage);
        }
        int[] columns = [.. Enumerable.Range(0, csv.Header.Count).Where(column => csv.Rows.Count == 0 || csv.Rows.Any(row => row[column].Length > 0))];      // an empty one says nothing
        var numeric = Enumerable.Range(0, csv.Header.Count).Select(column => csv.Rows.Count > 0 && csv.Rows.All(row => row[column].Length == 0 || IsNumber(row[column]))).ToArray();
        var rest = csv.Rows.Count > MostRows ? Html.Of($"<p class=\"hint\">The first {MostRows:N0} of {csv.Rows.Count:N0} rows.</p>") : Html.Empty;
        var shown = Html.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="{table.Caption}"><table>
            <caption>{table.Caption} (<a href="{analysis.Link(table.File)}">{Path.GetFileName(table.File)}</a>)</caption>
            <thead><tr>{columns.Select(column => Html.Of($"<th scope=\"col\"{Align(numeric[column], "")}>{csv.Header[column].Replace('_', ' ')}</th>"))}</tr></thead>
            <tbody>{csv.Rows.Take(MostRows).Select(row => Html.Of($"<tr>{columns.Select(column => Html.Of($"<td{Align(numeric[column], row[column])}>{(numeric[column] ? Short(row[column]) : row[column])}</td>"))}</tr>\n"))}</tbody>
            </table></div>{rest}
            """);
        return csv.Rows.Count <= OpenRows ? shown : Html.Of($"<details><summary>{table.Caption}: {csv.Rows.Count:N0} rows</summary>\n{shown}</details>\n");
    }

    private static bool IsNumber(string text) => double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);

    /// <summary>Four significant digits of a number that has a fraction; the file has them all.</summary>
    private static string Short(string number) => number.AsSpan().ContainsAny(".eE")
        ? double.Parse(number, System.Globalization.CultureInfo.InvariantCulture).ToString("G4", System.Globalization.CultureInfo.InvariantCulture)
        : number;

    private static Html Align(bool isNumber, string text) => new(isNumber ? "" : text.Length > LongText ? " class=\"text long\"" : " class=\"text\"");
}
