using System.Globalization;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Imaging;
using ZfDecl.Imaging.Charts;
using ZfDecl.Messages;

namespace ZfDecl.Analyses.Invariance;

/// <summary>What looking for invariance leaves in its folder: <c>curves.png</c>, <c>curves.svg</c>, <c>images.png</c>, <c>curves.csv</c> and its section of the report.</summary>
/// <param name="analysis">What was looked at.</param>
/// <param name="images">The images.</param>
/// <param name="curves">What was found: for each image a curve a transformation.</param>
/// <param name="caption">What the pictures say of where they come from.</param>
public sealed class InvarianceReport(InvarianceAnalysis analysis, ImageSet images, IReadOnlyList<InvarianceCurve> curves, SheetCaption caption)
{
    private const int ExamplesEach = 5;

    private const string Method =
        "How far a layer's features move when the image is moved, enlarged or turned: the flatter a curve, the less the layer notices. "
        + "Euclidean distance between the features of the original and of the transformed image; the image is transformed by cubic interpolation before it is cropped and preprocessed, and where it has nothing to show, its border pixels go on.";

    /// <summary>Writes the files; each appears when it is complete.</summary>
    /// <param name="folder">The run's <c>invariance</c> folder.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void Write(string folder)
    {
        var sheet = Curves();
        CsvFile.Write(Path.Combine(folder, "curves.csv"), Csv());
        AtomicFile.WriteText(Path.Combine(folder, "curves.svg"), sheet.ToSvg());
        AtomicFile.Write(Path.Combine(folder, "curves.png"), stream => stream.Write(sheet.ToPng()));
        AtomicFile.Write(Path.Combine(folder, "images.png"), stream => stream.Write(Examples().ToPng()));
        Section().Write(folder);
    }

    /// <summary>The curves as a table, one row per image and amount.</summary>
    public string Csv() => string.Concat(curves.SelectMany(Rows).Prepend(CsvLine.Of(
        "image", "name", "class", "transformation", "amount", $"{analysis.First.Name}_distance", $"{analysis.First.Name}_relative", $"{analysis.Last.Name}_distance", $"{analysis.Last.Name}_relative", "probability")));

    private IEnumerable<string> Rows(InvarianceCurve curve) => curve.Points.Select(point => CsvLine.Of(
        curve.Image, images.NameOf(curve.Image), ClassOf(curve.Image), Name(curve.Transformation), point.Amount,
        point.First.Euclidean, point.First.Relative, point.Last.Euclidean, point.Last.Relative, point.Probability));

    private ChartSheet Curves() => new(
        $"{caption.Network}  ·  invariance",
        [$"{caption.Data}  ·  {caption.Weights}", Method],
        [
            Row($"distance in {analysis.First.Name}", $"{analysis.First.Name}: Euclidean distance", point => point.First.Euclidean, highest: null),
            Row($"distance in {analysis.Last.Name}", $"{analysis.Last.Name}: Euclidean distance", point => point.Last.Euclidean, highest: null),
            Row("probability of its class", "probability", point => point.Probability, highest: 1.02),
        ]);

    // One scale a row: what differs between the transformations shall be seen.
    private Chart[] Row(string title, string label, Func<InvariancePoint, double> value, double? highest)
    {
        var top = highest ?? 1.05 * curves.SelectMany(curve => curve.Points).Select(value).DefaultIfEmpty(0).Max();
        return [.. Enum.GetValues<ImageTransformation>().Select(transformation => new Chart
        {
            Title = $"{Name(transformation)}: {title}",
            XLabel = Unit(transformation),
            YLabel = label,
            Lines = [.. curves.Where(curve => curve.Transformation == transformation).Select(curve => new ChartLine(
                $"{ClassOf(curve.Image)}, {images.NameOf(curve.Image)}", [.. curve.Points.Select(point => point.Amount)], [.. curve.Points.Select(value)]))],
            LowestY = 0,
            HighestY = top > 0 ? top : 1,
        })];
    }

    private ImageGrid Examples()
    {
        var shown = Enum.GetValues<ImageTransformation>().SelectMany(transformation => EvenlySpaced(InvarianceAnalysis.Amounts(transformation, analysis.Input)).Select(amount => (transformation, amount))).ToArray();
        var grid = new ImageGrid($"{caption.Network}  ·  the transformed images", [$"As the network sees them, before the mean is subtracted  ·  {caption.Data}"], analysis.Input,
            [.. shown.Select(one => Invariant(one.transformation switch
            {
                ImageTransformation.Translation => $"{one.amount:+0;−0;0} px",
                ImageTransformation.Scale => $"×{one.amount:0.##}",
                _ => $"{one.amount:0}°",
            }))]);
        foreach (var image in curves.Select(curve => curve.Image).Distinct())
            grid.Add($"{ClassOf(image)}, {images.NameOf(image)}", [.. shown.Select(one => analysis.CropOf(image, one.transformation, one.amount))]);
        return grid;
    }

    private ReportSection Section() => new()
    {
        Id = AnalysisKinds.Invariance.Folder,
        Title = AnalysisKinds.Invariance.Title,
        Order = AnalysisKinds.Invariance.Order,
        Subject = $"{caption.Data} · {caption.Weights}",
        Text = [Method, .. Findings()],
        Figures =
        [
            new("curves.png", $"Nine charts: for vertical translation, scale and rotation the distance of the features in {analysis.First.Name} and {analysis.Last.Name} and the probability of the class, a line an image", "Distances of the features, and the probability of the true class"),
            new("images.png", "The images at five amounts of each transformation", "What the network was shown"),
        ],
        Tables = [new("curves.csv", "The curves: Euclidean distances, the same relative to the length of the original's features, and the probability of the true class, 0 … 1")],
    };

    /// <summary>One sentence a transformation: how far the features go, compared in the two layers. Of features that are all 0 there is no length to compare with.</summary>
    public IEnumerable<string> Findings() =>
        from transformation in Enum.GetValues<ImageTransformation>()
        let points = curves.Where(curve => curve.Transformation == transformation).SelectMany(curve => curve.Points).ToArray()
        where points.Length > 0
        select Invariant($"{Capital(Name(transformation))}: {Distances(points)}; the probability of the true class is {points.Average(point => point.Probability):0.00} on average and {points.Min(point => point.Probability):0.00} at its lowest.");

    private string Distances(InvariancePoint[] points)
    {
        var layers = new[] { (Name: analysis.First.Name, Mean: Mean(points, point => point.First.Relative)), (Name: analysis.Last.Name, Mean: Mean(points, point => point.Last.Relative)) };
        string[] parts =
        [
            .. layers.Any(layer => layer.Mean is not null) ? ["relative to the length of the features, the mean distance is " + string.Join(" and ", layers.Where(layer => layer.Mean is not null).Select(layer => Invariant($"{layer.Mean:0.00} in {layer.Name}")))] : Array.Empty<string>(),
            .. layers.Where(layer => layer.Mean is null).Select(layer => $"the features of {layer.Name} are 0 in every image, so nothing is said of them"),
        ];
        return string.Join("; ", parts);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The mean over the images whose features are not all 0; null where all are.</summary>
    private static double? Mean(InvariancePoint[] points, Func<InvariancePoint, double> value) => points.Select(value).Where(double.IsFinite).Cast<double?>().Average();

    private static IEnumerable<double> EvenlySpaced(IReadOnlyList<double> amounts) =>
        Enumerable.Range(0, ExamplesEach).Select(i => amounts[(int)Math.Round((amounts.Count - 1) * i / (ExamplesEach - 1.0))]).Distinct();

    private string ClassOf(int image) => images.ClassOf(image);

    private static string Name(ImageTransformation transformation) => transformation switch
    {
        ImageTransformation.Translation => "vertical translation",
        ImageTransformation.Scale => "scale",
        _ => "rotation",
    };

    private static string Unit(ImageTransformation transformation) => transformation switch
    {
        ImageTransformation.Translation => "pixels down",
        ImageTransformation.Scale => "factor",
        _ => "degrees clockwise",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
