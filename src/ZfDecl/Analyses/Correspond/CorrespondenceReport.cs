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
    /// <summary>Where p, corrected, is at most this, a part is said to be treated more alike than random regions.</summary>
    public const double Level = 0.05;

    private const string Method =
        "A part is occluded with the image's mean colour, which changes the image's features. Δ is the share of features whose change has another sign in one image than in another, "
        + "mean and standard deviation over all pairs of images: low where the network treats the part alike in all. Random regions have the sizes of the parts. "
        + "p is that of a permutation test, corrected for the number of parts and layers (Holm 1979): in each image the part's box changes roles with random regions of its size in the same image, and Δ is measured again; "
        + "a part that lies at the same position in all images may be treated alike for its position.";

    private readonly LookedAt[] layers = LayersOf(analysis);
    private readonly double[] corrected = RegionPermutationTest.Corrected([.. rows.SelectMany(row => LayersOf(analysis).Select(layer => layer.Test(row))).OfType<RegionPermutationTest>().Select(test => test.P)]);

    /// <summary>A layer that was looked at, and what was found in it.</summary>
    private sealed record LookedAt(LayerInfo Layer, Func<PartConsistency, SignChange> Change, Func<PartConsistency, RegionPermutationTest?> Test);

    /// <summary>The header of <see cref="Table"/>.</summary>
    public IReadOnlyList<string> TableHeader => ["occluded", .. layers.SelectMany(layer => (string[])[$"Δ in {layer.Layer.Name}", "p"]), "pairs"];

    /// <summary>The table as in the paper, one row per part: <c>0.067 ± 0.007</c>, each with its corrected p.</summary>
    public IEnumerable<string[]> Table => rows.Select((row, i) => (string[])
    [
        row.Part ?? "random regions",
        .. layers.SelectMany((layer, l) => (string[])[Text(layer.Change(row), row.Pairs), layer.Test(row) is null ? "" : ProbabilityText.Of(Corrected(i, l))]),
        row.Pairs.ToString(CultureInfo.InvariantCulture),
    ]);

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
            Tables = [new("parts.csv", "Δ, the share of features whose change has another sign, 0 … 1: mean and standard deviation over pairs of images; random is what random regions of the part's size have")],
        }.Write(folder);
    }

    /// <summary>The numbers: one row per part and layer.</summary>
    public string Csv() => string.Concat(rows.SelectMany((row, i) => layers.Select((layer, l) => Line(row, layer, () => Corrected(i, l))))
        .Prepend(CsvLine.Of("part", "layer", "mean", "deviation", "pairs", "random", "p", "p_corrected")));

    /// <summary>
    /// For each layer which parts are treated more alike than random regions, and of which these images are too few to tell; last what p these images allow. None where no
    /// random regions were drawn.
    /// </summary>
    public IEnumerable<string> Findings()
    {
        if (corrected.Length == 0)
            yield break;
        foreach (var (l, layer) in layers.Index())
        {
            var parts = rows.Index().Where(row => layer.Test(row.Item) is not null).Select(row => (Name: row.Item.Part!, P: Corrected(row.Index, l))).ToArray();
            var (alike, open) = (parts.Where(part => part.P <= Level).ToArray(), parts.Where(part => part.P > Level).ToArray());
            if (alike.Length > 0)
                yield return $"In {layer.Layer.Name} {Enumerated(alike)} {(alike.Length == 1 ? "is" : "are")} treated more alike in all images than random regions are.";
            if (open.Length > 0)
                yield return $"In {layer.Layer.Name} these are too few images to tell whether {Enumerated(open)} {(open.Length == 1 ? "is" : "are")} treated more alike than random regions.";
        }
        yield return $"With so many images and random regions a single p is at least {ProbabilityText.Of(rows.Max(row => row.LowTest?.Least ?? 0))}; {corrected.Length} are tested, so the least corrected is {ProbabilityText.Of(Math.Min(1, corrected.Length * rows.Max(row => row.LowTest?.Least ?? 0)))}.";
    }

    // The rows that are tested come first, each with one test for each layer.
    private double Corrected(int row, int layer) => corrected[(layers.Length * row) + layer];

    /// <summary>The low layer, then the high one; one where they are the same.</summary>
    private static LookedAt[] LayersOf(PartCorrespondence analysis) =>
    [
        .. new LookedAt[] { new(analysis.Low, row => row.Low, row => row.LowTest), new(analysis.High, row => row.High, row => row.HighTest) }.DistinctBy(one => one.Layer.Index),
    ];

    /// <summary><c>eye (p = 0.002), nose (p = 0.01) and mouth (p = 0.04)</c>.</summary>
    private static string Enumerated((string Name, double P)[] parts)
    {
        string[] texts = [.. parts.Select(part => $"{part.Name} (p {ProbabilityText.WithSign(part.P)})")];
        return $"{string.Join(", ", texts[..^1])}{(texts.Length > 1 ? " and " : "")}{texts[^1]}";
    }

    private ImageGrid Picture()
    {
        string[] parts = [.. rows.Select(row => row.Part).OfType<string>()];
        var grid = new ImageGrid($"{caption.Network}  ·  the occluded parts", [$"As the network sees them, before the mean is subtracted; empty where an image has not that part  ·  {caption.Weights}"], preprocessor.Input, ["whole", .. parts]);
        foreach (var image in images)
            grid.Add(image.Name, [preprocessor.CentreCrop(image.Decoded), .. parts.Select(part => image.Parts.TryGetValue(part, out var region) ? preprocessor.CentreCrop(image.Occluded(region, preprocessor)) : null)]);
        return grid;
    }

    private static string Line(PartConsistency row, LookedAt layer, Func<double> corrected) => CsvLine.Of(
        row.Part ?? "random regions", layer.Layer.Name, layer.Change(row).Mean, row.Pairs > 1 ? layer.Change(row).Deviation : "", row.Pairs, layer.Test(row)?.Expected ?? (object)"", layer.Test(row)?.P ?? (object)"",
        layer.Test(row) is null ? "" : corrected());

    /// <summary>A single pair has no deviation.</summary>
    private static string Text(SignChange change, int pairs) => FormattableString.Invariant($"{change.Mean:0.000}{(pairs > 1 ? $" ± {change.Deviation:0.000}" : "")}");
}
