using System.Globalization;
using ZfDecl.Analyses.Evaluate;
using ZfDecl.Findings;
using ZfDecl.Report.Contents;

namespace ZfDecl.Report.Page;

/// <summary>
/// The confusion matrix as links, and behind each the images of its cell. Only the one that the address names is shown, by style alone, so that it needs no script. With many classes
/// the pairs that were confused most often stand in the place of the matrix.
/// </summary>
internal static class ConfusionPart
{
    private const int MostClasses = 30, MostPairs = 50;

    /// <param name="analysis">The evaluation.</param>
    /// <param name="confusion">What it has left.</param>
    /// <param name="again">The command that evaluates again.</param>
    public static Html Of(ReportAnalysis analysis, ReportConfusion confusion, string again)
    {
        var cells = (confusion.Images ?? []).GroupBy(image => (image.Class, image.Predicted)).ToDictionary(cell => cell.Key, cell => cell.ToArray());
        var matrix = confusion.Classes.Count <= MostClasses ? Matrix(confusion, cells) : Pairs(confusion, cells);
        var hint = confusion.Images is null
            ? Html.Of($"<p class=\"hint\">This evaluation kept no images. <code>{again}</code> keeps some of each cell; then make the report again.</p>")
            : cells.Count == 0 ? Html.Empty : Html.Of($"<p class=\"hint\">A number that is a link leads to images of its cell, at most {MisclassifiedImages.MostOfACell}, those first of which the network was surest.</p>");
        return Html.Of($"{hint}{matrix}{cells.Values.Select(images => Gallery(analysis, confusion, images))}");
    }

    private static Html Matrix(ReportConfusion confusion, Dictionary<(string, string), MisclassifiedImage[]> cells) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="confusion matrix"><table class="confusion">
        <caption>How many images of a class (row) were taken for a class (column)</caption>
        <thead><tr><th scope="col">class</th>{confusion.Classes.Select(name => Html.Of($"<th scope=\"col\">{name}</th>"))}</tr></thead>
        <tbody>{confusion.Classes.Select((name, row) => Html.Of($"<tr><th scope=\"row\">{name}</th>{confusion.Classes.Select((predicted, column) => Html.Of($"<td{new Html(row == column ? " class=\"right\"" : "")}>{Count(confusion.Counts[row][column], name, predicted, cells)}</td>"))}</tr>\n"))}</tbody>
        </table></div>
        """);

    private static Html Pairs(ReportConfusion confusion, Dictionary<(string, string), MisclassifiedImage[]> cells)
    {
        var pairs = (from row in Enumerable.Range(0, confusion.Classes.Count)
                     from column in Enumerable.Range(0, confusion.Classes.Count)
                     where row != column && confusion.Counts[row][column] > 0
                     orderby confusion.Counts[row][column] descending
                     select (Class: confusion.Classes[row], Predicted: confusion.Classes[column], Count: confusion.Counts[row][column])).Take(MostPairs);
        return Html.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="classes that were confused"><table>
            <caption>The classes that were confused most often</caption>
            <thead><tr><th scope="col">class</th><th scope="col" class="text">taken for</th><th scope="col">images</th></tr></thead>
            <tbody>{pairs.Select(pair => Html.Of($"<tr><th scope=\"row\">{pair.Class}</th><td class=\"text\">{pair.Predicted}</td><td>{Count(pair.Count, pair.Class, pair.Predicted, cells)}</td></tr>\n"))}</tbody>
            </table></div>
            """);
    }

    private static Html Count(int count, string name, string predicted, Dictionary<(string, string), MisclassifiedImage[]> cells) => count == 0 ? Html.Empty
        : cells.ContainsKey((name, predicted)) ? Html.Of($"<a href=\"#{ImagesAddress.Of(name, predicted)}\" aria-label=\"{Number(count)}: {name} taken for {predicted}, show images\">{Number(count)}</a>")
        : Html.Of($"{Number(count)}");

    private static Html Gallery(ReportAnalysis analysis, ReportConfusion confusion, MisclassifiedImage[] images)
    {
        var (anchor, name, predicted) = (ImagesAddress.Of(images[0].Class, images[0].Predicted), images[0].Class, images[0].Predicted);
        var all = confusion.Counts[IndexOf(name)][IndexOf(predicted)];
        return Html.Of($"""
            <section id="{anchor}" class="gallery" tabindex="-1" aria-labelledby="{anchor}-title">
            <h3 id="{anchor}-title">{name} taken for {predicted}: {(images.Length < all ? $"{images.Length} of {Number(all)} images" : images.Length == 1 ? "1 image" : $"{images.Length} images")}</h3>
            <ul>{images.Select(image => Html.Of($"<li>{Picture(analysis, confusion, image)}<b>{predicted} {Figures.Percent(image.Probability)}</b><span>{name} {Figures.Percent(image.ClassProbability)}</span><span>{image.Name}</span></li>\n"))}</ul>
            <p><a href="#{analysis.Anchor}">Back to the classes</a></p>
            </section>

            """);

        int IndexOf(string name) => confusion.Classes.TakeWhile(other => other != name).Count();
    }

    private static Html Picture(ReportAnalysis analysis, ReportConfusion confusion, MisclassifiedImage image) => Html.Of(
        $"<svg viewBox=\"{image.X} {image.Y} {image.Width} {image.Height}\" role=\"img\" aria-label=\"{image.Name}, {image.Class} taken for {image.Predicted}\"><image href=\"{analysis.Link(MisclassifiedImages.SheetFile)}\" width=\"{confusion.SheetWidth}\" height=\"{confusion.SheetHeight}\"/></svg>");

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
