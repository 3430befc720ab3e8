using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Imaging;
using ZfDecl.Imaging.Charts;
using ZfDecl.Messages;

namespace ZfDecl.Analyses.Attribution;

/// <summary>What the comparison of rules leaves: <c>attribution.csv</c>, a row for each rule and baseline, and the mean curves, <c>attribution.png</c> and <c>.svg</c>.</summary>
/// <param name="caption">What the picture says of where it comes from.</param>
/// <param name="layer">The name of the layer whose maps Grad-CAM weighs.</param>
/// <param name="result">What was found.</param>
public sealed class AttributionReport(SheetCaption caption, string layer, AttributionResult result)
{
    private const string TableFile = "attribution.csv", CurvesFile = "attribution.png";

    /// <summary>Its picture, for the report; none where no image has a class.</summary>
    public IReadOnlyList<ReportFigure> Figures => result.Rows.Count == 0 ? [] :
        [new(CurvesFile, "Six charts: the probability of the class as the most important pixels are deleted or inserted, over three baselines, a line a rule", "Which pixels does the network need? The most important ones by each rule, deleted and inserted")];

    /// <summary>Its table, for the report; none where no image has a class.</summary>
    public IReadOnlyList<ReportTable> Tables => result.Rows.Count == 0 ? [] :
        [new(TableFile, "Areas under the deletion curve (less is better) and the insertion curve (more is better), and their differences to a random order's with 95 % intervals")];

    /// <summary>What was found.</summary>
    public IEnumerable<string> Sentences() => result.Sentences();

    /// <summary>Writes the files; each appears when it is complete.</summary>
    /// <param name="folder">The run's <c>trust</c> folder.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void Write(string folder)
    {
        if (result.Rows.Count == 0)
            return;
        AtomicFile.WriteText(Path.Combine(folder, TableFile), string.Concat(result.Rows.Select(row => CsvLine.Of(
                AttributionResult.Name(row.Rule), Word(row.Baseline), result.Images,
                Short(row.Deletion.Area), Short(row.Deletion.Difference), Short(row.Deletion.Difference - row.Deletion.Margin), Short(row.Deletion.Difference + row.Deletion.Margin),
                Short(row.Insertion.Area), Short(row.Insertion.Difference), Short(row.Insertion.Difference - row.Insertion.Margin), Short(row.Insertion.Difference + row.Insertion.Margin)))
            .Prepend(CsvLine.Of(
                "rule", "baseline", "images", "deletion_area", "deletion_minus_random", "deletion_low", "deletion_high", "insertion_area", "insertion_minus_random", "insertion_low", "insertion_high"))));
        var sheet = Curves();
        AtomicFile.Write(Path.Combine(folder, CurvesFile), stream => stream.Write(sheet.ToPng()));
        AtomicFile.WriteText(Path.Combine(folder, Path.ChangeExtension(CurvesFile, ".svg")), sheet.ToSvg());
    }

    private ChartSheet Curves()
    {
        var baselines = Enum.GetValues<DeletionBaseline>();
        return new(
            $"{caption.Network}  ·  pixels deleted and inserted, the most important first",
            [
                $"The mean probability of an image's class over {result.Images:N0} images, as pixels are replaced by a baseline (above) or put into it (below) in steps of 2 %, the most important first (Petsiuk et al. 2018). "
                + $"{(result.Rules.Contains(AttributionRule.GradCam) ? $"Grad-CAM is of {layer}. " : "")}Baselines: mid grey; the image blurred by an eighth of its side; the image's mean colour. A good order loses the class early above and finds it early below.",
                $"{caption.Data}  ·  {caption.Weights}",
            ],
            [
                [.. baselines.Select(baseline => Chart($"deleted, over {Word(baseline)}", "pixels deleted, %", baseline, curve => curve.Deletion))],
                [.. baselines.Select(baseline => Chart($"inserted into {Word(baseline)}", "pixels inserted, %", baseline, curve => curve.Insertion))],
            ]);
    }

    private Chart Chart(string title, string x, DeletionBaseline baseline, Func<AttributionCurve, double[]> curve) => new()
    {
        Title = title,
        XLabel = x,
        YLabel = "probability of the class",
        LowestY = 0,
        HighestY = 1.02,
        Lines = [.. result.Rules.Select(rule => new ChartLine(
            AttributionResult.Name(rule), [.. Enumerable.Range(0, DeletionCurves.Steps + 1).Select(step => 100.0 * step / DeletionCurves.Steps)], result.Mean(rule, baseline, curve)))],
    };

    private static string Word(DeletionBaseline baseline) => baseline switch { DeletionBaseline.Grey => "grey", DeletionBaseline.Blur => "blur", _ => "mean" };

    private static string Short(double value) => FormattableString.Invariant($"{value:0.0000}");
}
