using System.Globalization;
using ZfDecl.Data.Batching;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Correspond;

/// <summary>What comparing parts leaves in its folder: <c>parts.csv</c>, <c>parts.png</c> and its section of the report.</summary>
/// <param name="analysis">What was looked at.</param>
/// <param name="images">The images.</param>
/// <param name="rows">What was found.</param>
/// <param name="preprocessor">Makes the network's inputs.</param>
/// <param name="caption">What the picture says of where it comes from.</param>
public sealed class CorrespondenceReport(PartCorrespondence analysis, IReadOnlyList<ImageWithParts> images, IReadOnlyList<PartConsistency> rows, Preprocessor preprocessor, SheetCaption caption)
{
    private const string Method =
        "A part is occluded with the image's mean colour, which changes the image's features. Δ is the share of features whose change has another sign in one image than in another, "
        + "mean and standard deviation over all pairs of images: low where the network treats the part alike in all. Random regions have the sizes of the parts.";

    /// <summary>The layers that were looked at, the low one first, and what was found in each; one where they are the same.</summary>
    private IEnumerable<(LayerInfo Layer, Func<PartConsistency, SignChange> Of)> Layers =>
        new (LayerInfo, Func<PartConsistency, SignChange>)[] { (analysis.Low, row => row.Low), (analysis.High, row => row.High) }.DistinctBy(layer => layer.Item1.Index);

    /// <summary>The header of <see cref="Table"/>.</summary>
    public IReadOnlyList<string> TableHeader => ["occluded", .. Layers.Select(layer => $"Δ in {layer.Layer.Name}"), "pairs"];

    /// <summary>The table as in the paper, one row per part: <c>0.067 ± 0.007</c>.</summary>
    public IEnumerable<string[]> Table => rows.Select(row => (string[])[row.Part ?? "random regions", .. Layers.Select(layer => Text(layer.Of(row), row.Pairs)), row.Pairs.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>Writes the files; each appears when it is complete.</summary>
    /// <param name="folder">The run's <c>correspond</c> folder.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void Write(string folder)
    {
        CsvFile.Write(Path.Combine(folder, "parts.csv"), Csv());
        AtomicFile.Write(Path.Combine(folder, "parts.png"), stream => stream.Write(Picture().ToPng()));
        new ReportSection
        {
            Id = AnalysisKinds.Correspond.Folder,
            Title = AnalysisKinds.Correspond.Title,
            Order = AnalysisKinds.Correspond.Order,
            Subject = $"{caption.Data} · {caption.Weights}",
            Text = [Method, .. Findings()],
            Figures = [new("parts.png", "The images, whole and with each part occluded", "What was occluded")],
            Tables = [new("parts.csv", "Δ, the share of features whose change has another sign, 0 … 1: mean and standard deviation over pairs of images")],
        }.Write(folder);
    }

    /// <summary>The numbers: one row per part and layer.</summary>
    public string Csv() => string.Concat(rows.SelectMany(row => Layers.Select(layer => Line(row, layer.Layer, layer.Of(row))))
        .Prepend(CsvLine.Of("part", "layer", "mean", "deviation", "pairs")));

    /// <summary>A sentence a layer: which parts are treated more alike than random regions.</summary>
    public IEnumerable<string> Findings()
    {
        if (rows.FirstOrDefault(row => row.Part is null) is not { } random)
            yield break;
        foreach (var (layer, change) in Layers)
        {
            string[] below = [.. rows.Where(row => row.Part is not null && change(row).Mean < change(random).Mean - change(random).Deviation).Select(row => row.Part!)];
            yield return below.Length == 0
                ? $"In {layer.Name} no part is treated more alike in all images than random regions are, by more than these deviate."
                : $"In {layer.Name} {string.Join(", ", below[..^1])}{(below.Length > 1 ? " and " : "")}{below[^1]} {(below.Length == 1 ? "is" : "are")} treated more alike in all images than random regions are, by more than these deviate.";
        }
    }

    private ImageGrid Picture()
    {
        string[] parts = [.. rows.Select(row => row.Part).OfType<string>()];
        var grid = new ImageGrid($"{caption.Network}  ·  the occluded parts", [$"As the network sees them, before the mean is subtracted; empty where an image has not that part  ·  {caption.Weights}"], preprocessor.Input, ["whole", .. parts]);
        foreach (var image in images)
            grid.Add(image.Name, [preprocessor.CentreCrop(image.Decoded), .. parts.Select(part => image.Parts.TryGetValue(part, out var region) ? preprocessor.CentreCrop(image.Occluded(region, preprocessor)) : null)]);
        return grid;
    }

    private static string Line(PartConsistency row, LayerInfo layer, SignChange change) => CsvLine.Of(row.Part ?? "random regions", layer.Name, change.Mean, row.Pairs > 1 ? change.Deviation : "", row.Pairs);

    /// <summary>A single pair has no deviation.</summary>
    private static string Text(SignChange change, int pairs) => FormattableString.Invariant($"{change.Mean:0.000}{(pairs > 1 ? $" ± {change.Deviation:0.000}" : "")}");
}
