using System.Globalization;
using ZfDecl.Analyses.Attribution;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;

namespace ZfDecl.Analyses.Trust;

/// <summary>
/// What the check of trust leaves in the folder of a run: <c>trust/units.csv</c>, <c>tests.csv</c>, <c>covering.csv</c>, <c>rules.png</c>, what <see cref="RandomisationReport"/> and <see cref="AttributionReport"/> leave, and <c>section.json</c>, and where it is known
/// where the objects are <c>occlusion.csv</c>.
/// </summary>
public static class TrustPictures
{
    private const string HitsFile = "occlusion.csv", UnitsFile = "units.csv", TestsFile = "tests.csv", CoveringFile = "covering.csv", RulesFile = "rules.png";

    /// <summary>Writes the files; each appears when it is complete.</summary>
    /// <param name="folder">The run's <c>trust</c> folder.</param>
    /// <param name="trust">What was found.</param>
    /// <param name="images">The images that it was found in.</param>
    /// <param name="subject">The images and the weights, for the report.</param>
    /// <param name="sheet">The picture of some units under three rules.</param>
    /// <param name="randomisation">Whether projections depend on what was learned.</param>
    /// <param name="covering">Whether units need what their projections mark.</param>
    /// <param name="attribution">Whether the network needs the pixels that rules name for a class.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public static void Write(string folder, TrustResult trust, ImageSet images, string subject, RuleSheet sheet, RandomisationReport randomisation, CoveringResult covering, AttributionReport attribution)
    {
        randomisation.Write(folder);
        attribution.Write(folder);
        Table(CoveringFile, ["map", "image", "marked", "elsewhere"], covering.Units.Select(unit => new object[] { unit.Map, unit.Image, Short(unit.Marked), Short(unit.Elsewhere) }));
        AtomicFile.Write(Path.Combine(folder, RulesFile), stream => stream.Write(sheet.ToPng()));
        if (trust.Hits.Count > 0)
        {
            Table(
                HitsFile,
                ["image", "name", "y", "x", "inside", "area", "middle_inside", "middle_chance", "least_probability", "clean_probability"],
                trust.Hits.Select(hit => new object[]
                {
                    hit.Image, images.NameOf(hit.Image), hit.Least.Y, hit.Least.X, hit.Inside ? 1 : 0, Short(hit.Area), hit.MiddleInside ? 1 : 0, Short(hit.MiddleChance), Short(hit.Probability), Short(hit.CleanProbability),
                }));
        }
        Table(
            UnitsFile,
            [
                "layer", "map", "rank", "image", .. trust.KnowsObjects ? (string[])["object_chance", "object_deconv", "object_mask", "object_guided"] : [],
                "pixels_deconv", "pixels_mask", "pixels_guided", "deconv_mask",
            ],
            trust.Units.Select(unit => (object[])
            [
                trust.Layer.Name, unit.Map, unit.Deconv.Rank, unit.Deconv.Unit.Image,
                .. unit.OnObject is { } energy ? new object[] { Short(energy.Chance), Short(energy.Deconv), Short(energy.Masked), Short(energy.Guided) } : [],
                Short(unit.Likeness.Deconv), Short(unit.Likeness.Masked), Short(unit.Likeness.Guided), Short(unit.Correlation),
            ]));
        if (trust.Tests.Count > 0)
        {
            CsvFile.Write(Path.Combine(folder, TestsFile), CsvLine.Table(
                ["comparison", "maps", "mean_difference", "share_of_maps_positive", "z", "p"],
                trust.Tests.Select(test => new object[] { test.Comparison, test.Result.Count, Short(test.Result.Mean), Short(test.Result.Positive), Short(test.Result.Z), Short(test.Result.P) })));
        }
        new ReportSection
        {
            Id = AnalysisKinds.Trust.Folder,
            Title = AnalysisKinds.Trust.Title,
            Order = AnalysisKinds.Trust.Order,
            Subject = subject,
            Text = [.. trust.Sentences(), .. randomisation.Sentences(), covering.Sentence, .. attribution.Sentences()],
            Figures = [new(RulesFile, $"Units of {trust.Layer.Name}: the patch they saw and their projections by three rules", "The same units under the paper's rule, the gradient and guided backpropagation"), .. randomisation.Figures, .. attribution.Figures],
            Tables = [.. trust.Tests.Count == 0 ? [] : (ReportTable[])[new(TestsFile, "Differences between the rules, one difference per map (signed-rank test; maps share images, which flatters p)")], RandomisationReport.Table, .. attribution.Tables],
        }.Write(folder);

        void Table(string name, IReadOnlyList<object> header, IEnumerable<object[]> rows) =>
            AtomicFile.WriteText(Path.Combine(folder, name), CsvLine.Table(header, rows));
    }

    private static float Short(double value) => float.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
