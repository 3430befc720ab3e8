using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Imaging;
using ZfDecl.Imaging.Charts;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Trust;

/// <summary>What the randomisation test leaves: <c>randomisation.csv</c>, its curves <c>randomisation.png</c> and <c>.svg</c>, and a sheet of some units, <c>randomised.png</c>.</summary>
/// <param name="caption">What the pictures say of where they come from.</param>
/// <param name="layer">The layer of the units.</param>
/// <param name="steps">What was found, of each rule in the order of <see cref="RandomisedStep.Layers"/>.</param>
/// <param name="shown">The first of the units, for the sheet: each with its map and what the network saw, [C, H, W], 0 … 255.</param>
/// <param name="input">The shape of the network's input.</param>
public sealed class RandomisationReport(SheetCaption caption, LayerInfo layer, IReadOnlyList<RandomisedStep> steps, IReadOnlyList<(int Map, byte[] Pixels)> shown, FeatureShape input)
{
    /// <summary>From this similarity on, of ranks or of edges, pictures are said to keep much of what they show.</summary>
    public const double Kept = 0.3;

    private const string TableFile = "randomisation.csv", CurvesFile = "randomisation.png", SheetFile = "randomised.png";

    private const string Method = "Layers drawn anew as before a training, one after another from the top, and the same units projected again (Adebayo et al. 2018). "
        + "Compared with the projections of the trained network, pixel by pixel of what a unit sees: Spearman's rank correlation, structural similarity (SSIM, windows of 7×7), correlation of histograms of oriented gradients (HOG, cells of 4×4). 1: the same picture. Units that project nothing are left out.";

    /// <summary>Its pictures, for the report.</summary>
    public IReadOnlyList<ReportFigure> Figures =>
    [
        new(CurvesFile, "Three charts: similarity to the trained network's projections over the number of layers drawn anew, a line a rule", "Do the pictures depend on what was learned? Similarity to the trained network's as layers are drawn anew from the top"),
        .. input.Maps is 1 or 3 ? (ReportFigure[])[new(SheetFile, "Units projected by three rules as layers are drawn anew from the top", "The same units as layers are drawn anew from the top; each picture has its own scale")] : [],
    ];

    /// <summary>Its table, for the report.</summary>
    public static ReportTable Table { get; } = new(TableFile, "Similarity of the projections to the trained network's, and to what the units saw, as layers are drawn anew from the top; means over the units");

    /// <summary>What was found: a sentence a rule, and which of them depend on what was learned.</summary>
    public IEnumerable<string> Sentences()
    {
        var last = steps.GroupBy(step => step.Rule).Select(rule => (Trained: rule.First(), Anew: rule.Last())).Where(pair => pair.Anew.Lowest is not null).ToArray();
        if (last.Length == 0)
            yield break;
        foreach (var (trained, anew) in last)
        {
            var (alike, known) = (Words(anew.ToTrained), double.IsFinite(anew.ToImage.Edges) && double.IsFinite(trained.ToImage.Edges));
            yield return $"With all weights from {layer.Name} down to {anew.Lowest!.Name} drawn anew, projections by the rule {Name(anew.Rule)} "
                + (alike.Length == 0 ? "cannot be compared with the trained network's: they are empty, or too small" : $"are like the trained network's by {string.Join(", ", alike[..^1])}{(alike.Length > 1 ? " and " : "")}{alike[^1]}")
                + (known ? FormattableString.Invariant($", and like the image by {anew.ToImage.Edges:0.00} (HOG), where the trained network's are by {trained.ToImage.Edges:0.00}") : "")
                + (anew.Silent == 0 || alike.Length == 0 ? "." : FormattableString.Invariant($" ({anew.Silent} of {anew.Projections.Count} units, silent then, left out)."));
        }
        string[] kept = [.. last.Where(pair => IsKept(pair.Anew)).Select(pair => Name(pair.Anew.Rule))], changed = [.. last.Where(pair => IsChanged(pair.Anew)).Select(pair => Name(pair.Anew.Rule))];
        if (kept.Length > 0)
            yield return $"By {string.Join(" and ", kept)} the pictures keep much of what they show whatever the weights are: that is the image, and not what was learned (the deconvnet and guided projection are known to recover an image's structure from random weights: Nie et al. 2018).";
        if (changed.Length > 0)
            yield return $"By {string.Join(" and ", changed)} the pictures change with the weights: they depend on what was learned.";
    }

    /// <summary>Writes the files; each appears when it is complete.</summary>
    /// <param name="folder">The run's <c>trust</c> folder.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void Write(string folder)
    {
        CsvFile.Write(Path.Combine(folder, TableFile), string.Concat(steps.Select(step => CsvLine.Of(
            Name(step.Rule), step.Layers, step.Lowest?.Name ?? "", step.Silent, step.ToTrained.Rank, step.ToTrained.Structure, step.ToTrained.Edges, step.ToImage.Rank, step.ToImage.Structure, step.ToImage.Edges))
            .Prepend(CsvLine.Of("rule", "layers", "lowest", "silent", "rank", "ssim", "hog", "image_rank", "image_ssim", "image_hog"))));
        var sheet = Curves();
        AtomicFile.Write(Path.Combine(folder, CurvesFile), stream => stream.Write(sheet.ToPng()));
        AtomicFile.WriteText(Path.Combine(folder, Path.ChangeExtension(CurvesFile, ".svg")), sheet.ToSvg());
        if (input.Maps is 1 or 3)
            AtomicFile.Write(Path.Combine(folder, SheetFile), stream => stream.Write(Sheet().ToPng()));
    }

    /// <summary>The measures that there are: patches of a few pixels have no SSIM and no HOG.</summary>
    private static string[] Words(Similarity similarity) =>
        [.. new[] { (similarity.Rank, "rank correlation"), (similarity.Structure, "SSIM"), (similarity.Edges, "HOG") }.Where(measure => double.IsFinite(measure.Item1))
            .Select(measure => FormattableString.Invariant($"{measure.Item1:0.00} ({measure.Item2})"))];

    private static bool IsKept(RandomisedStep step) => step.ToTrained.Rank >= Kept || step.ToTrained.Edges >= Kept;

    /// <summary>Where every unit is silent nothing can be said.</summary>
    private static bool IsChanged(RandomisedStep step) => double.IsFinite(step.ToTrained.Rank) && !IsKept(step);

    private ChartSheet Curves()
    {
        return new(
            $"{caption.Network}  ·  projections of {layer.Name} as layers are drawn anew",
            [Method, $"From the top: {string.Join(", ", steps.Where(step => step.Rule == steps[0].Rule).Select(step => step.Lowest?.Name ?? "0 is the trained network"))}  ·  {caption.Data}  ·  {caption.Weights}"],
            [[Chart("rank correlation", one => one.Rank), Chart("SSIM", one => one.Structure), Chart("HOG", one => one.Edges)]]);

        Chart Chart(string name, Func<Similarity, double> value) => new()
        {
            Title = $"{name} with the trained network's",
            XLabel = "layers drawn anew",
            YLabel = name,
            LowestY = Math.Min(0, steps.Select(step => value(step.ToTrained)).Where(double.IsFinite).DefaultIfEmpty(0).Min()),
            HighestY = 1.02,
            Lines = [.. steps.GroupBy(step => step.Rule).Select(rule => new ChartLine(Name(rule.Key), [.. rule.Select(step => (double)step.Layers)], [.. rule.Select(step => value(step.ToTrained))]))],
        };
    }

    private ImageGrid Sheet()
    {
        var ofRule = steps.GroupBy(step => step.Rule).ToArray();
        var grid = new ImageGrid(
            $"{caption.Network}  ·  {layer.Name} as layers are drawn anew",
            ["The image; projections of one unit by the trained network, and with the layers drawn anew from the top down to the one that is named. Each picture has its own scale: mid grey is 0; empty where a unit projects nothing", $"{caption.Data}  ·  {caption.Weights}"],
            input,
            ["image", .. ofRule[0].Select(step => step.Lowest?.Name ?? "trained")]);
        foreach (var (number, (map, pixels)) in shown.Index())
        {
            foreach (var rule in ofRule)
                grid.Add($"map {map}, {Name(rule.Key)}", [pixels, .. rule.Select(step => Grey(step.Projections[number]))]);
        }
        return grid;
    }

    private static byte[]? Grey(float[] projection) => projection.Max(Math.Abs) is > 0 and var most
        ? [.. projection.Select(value => (byte)Math.Round(ProjectionScale.MidGrey + (127 * value / most)))]
        : null;

    private static string Name(ReluRule rule) => rule.ToString().ToLowerInvariant();
}
