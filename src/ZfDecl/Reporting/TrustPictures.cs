using System.Globalization;
using ZfDecl.Analysis;
using ZfDecl.Data;
using ZfDecl.Imaging;
using ZfDecl.Runs;

namespace ZfDecl.Reporting;

/// <summary>
/// What the check of trust leaves in the folder of a run: <c>trust/occlusion.csv</c>, <c>units.csv</c>, <c>tests.csv</c>, <c>rules.png</c> and <c>section.json</c>.
/// </summary>
public static class TrustPictures
{
    private const string HitsFile = "occlusion.csv", UnitsFile = "units.csv", TestsFile = "tests.csv", RulesFile = "rules.png";

    /// <summary>Writes the files; each appears when it is complete.</summary>
    /// <param name="folder">The run's <c>trust</c> folder.</param>
    /// <param name="trust">What was found.</param>
    /// <param name="images">The images that it was found in.</param>
    /// <param name="sheet">The picture of some units under three rules.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public static void Write(string folder, Trust trust, ImageSet images, RuleSheet sheet)
    {
        AtomicFile.Write(Path.Combine(folder, RulesFile), stream => stream.Write(sheet.ToPng()));
        Table(HitsFile, "image,name,y,x,inside,area,middle_inside,middle_chance,least_probability,clean_probability", trust.Hits.Select(hit => Row(
            $"{hit.Image},{Field(images.NameOf(hit.Image))},{hit.Least.Y},{hit.Least.X},{(hit.Inside ? 1 : 0)},{hit.Area:G6},{(hit.MiddleInside ? 1 : 0)},{hit.MiddleChance:G6},{hit.Probability:G6},{hit.CleanProbability:G6}")));
        Table(UnitsFile, "layer,map,rank,image,chance,deconv,mask,guided,correlation", trust.Units.Select(unit => Row(
            $"{trust.Layer.Name},{unit.Map},{unit.Deconv.Rank},{unit.Deconv.Unit.Image},{unit.Chance:G6},{unit.DeconvShare:G6},{unit.MaskedShare:G6},{unit.GuidedShare:G6},{unit.Correlation:G6}")));
        Table(TestsFile, "comparison,maps,mean_difference,share_of_maps_positive,z,p", trust.Tests.Select(test => Row(
            $"{test.Comparison},{test.Result.Count},{test.Result.Mean:G4},{test.Result.Positive:G4},{test.Result.Z:G4},{test.Result.P:G3}")));
        new ReportSection
        {
            Id = "trust",
            Title = "Trust",
            Order = 80,
            Text = [.. trust.Sentences()],
            Figures = [new(RulesFile, $"Units of {trust.Layer.Name}: the patch they saw and their projections by three rules", "The same units under the paper's rule, the gradient and guided backpropagation")],
            Tables = [new(TestsFile, "Energy on the object, map by map: the paper's rule against the others (signed-rank test)")],
        }.Write(folder);

        void Table(string name, string header, IEnumerable<string> rows) =>
            AtomicFile.WriteText(Path.Combine(folder, name), string.Concat(rows.Prepend(header).Select(row => row + "\n")));
    }

    private static string Row(FormattableString row) => row.ToString(CultureInfo.InvariantCulture);

    private static string Field(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
