using SkiaSharp;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Occlude;

/// <summary>
/// What occluding leaves in the folder of a run: for each image <c>occlude/&lt;image&gt;/occlusion.png</c>, <c>grid.csv</c>, <c>occlusion.json</c>,
/// <c>image.png</c> and <c>section.json</c>.
/// </summary>
public static class OcclusionPictures
{
    /// <summary>The name of an image's sheet in its folder.</summary>
    public const string SheetFile = "occlusion.png";

    /// <summary>The name of an image's table in its folder.</summary>
    public const string GridFile = "grid.csv";

    /// <summary>Writes the files of one image; each appears when it is complete.</summary>
    /// <param name="folder">The image's folder, of <see cref="NamedFolder"/>.</param>
    /// <param name="caption">What the sheet says of the image and the network.</param>
    /// <param name="maps">The occlusion.</param>
    /// <param name="input">The shape of the network's input.</param>
    /// <param name="image">[C, H, W] of the input, 0 … 255.</param>
    /// <param name="own">The watched map's strongest unit in this image.</param>
    /// <param name="others">The watched map's strongest units in other images.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public static void Write(string folder, OcclusionCaption caption, OcclusionMaps maps, FeatureShape input, byte[] image, VisualizedUnit own, IReadOnlyList<VisualizedUnit> others)
    {
        var sheet = new OcclusionSheet(caption, maps, input, image, own, others);
        AtomicFile.Write(Path.Combine(folder, SheetFile), stream => stream.Write(sheet.ToPng()));
        AtomicFile.Write(Path.Combine(folder, OcclusionGrid.ImageFile), stream => stream.Write(Png(image, input)));
        AtomicFile.WriteText(Path.Combine(folder, GridFile), Csv(maps, caption.Classes));
        var grid = Grid(caption, maps);
        grid.Write(folder);
        Section(grid, caption, maps.Grid.Coverage).Write(folder);
    }

    private static ReportSection Section(OcclusionGrid grid, OcclusionCaption caption, string coverage) => new()
    {
        Id = $"{AnalysisKinds.Occlude.Folder}-{grid.Image}",
        Title = $"{AnalysisKinds.Occlude.Title}: {grid.Image}",
        Order = AnalysisKinds.Occlude.Order,
        Subject = $"{caption.Weights} · strongest units from {caption.Data}",
        Text =
        [
            FormattableString.Invariant(
                $"A grey square of {grid.Size}×{grid.Size} pixels covers one part of the image after the other (Zeiler & Fergus 2014, Fig. 6): {grid.Rows}×{grid.Columns} positions, {Quantity.Of(grid.Stride, "pixel")} apart{(coverage.Length > 0 ? $" ({coverage})" : "")}. ")
                + $"Where the activity of {grid.Layer}, map {grid.Map}, falls, the map looks at what was covered{(grid.HasClasses ? $"; where the probability of {grid.Class} ({caption.ClassIs}) falls, the network needs it" : "")}.",
        ],
        Figures = [new(SheetFile, Describe(grid), $"{grid.Image}{(grid.HasClasses ? $", {grid.Class}" : "")}: {grid.Layer}, map {grid.Map}")],
    };

    private static string Describe(OcclusionGrid grid) => !grid.HasClasses
        ? FormattableString.Invariant($"Heat map of {grid.Image}: the activity of {grid.Layer}, map {grid.Map}, is {grid.Baseline.Activity:0.###} uncovered and between {grid.Activity.Min():0.###} and {grid.Activity.Max():0.###} behind the square")
        : FormattableString.Invariant(
        $"Heat maps of {grid.Image}: the probability of {grid.Class} is {grid.Baseline.Probability:0.###} uncovered and between {grid.Probability.Min():0.###} and {grid.Probability.Max():0.###} behind the square");

    /// <summary>An occlusion as its file and the report's explorer have it.</summary>
    internal static OcclusionGrid Grid(OcclusionCaption caption, OcclusionMaps maps) => new()
    {
        Image = caption.Image,
        Class = maps.HasClasses ? caption.Classes[maps.Class] : "",
        Classes = caption.Classes,
        Size = maps.Grid.Size,
        Stride = maps.Grid.Stride,
        Top = maps.Grid.Top,
        Left = maps.Grid.Left,
        Rows = maps.Grid.Rows,
        Columns = maps.Grid.Columns,
        Height = maps.Grid.Height,
        Width = maps.Grid.Width,
        Layer = maps.Layer.Name,
        Map = maps.Map,
        Activity = maps.Activity,
        Probability = [.. maps.Probability.Select(InRange)],
        Predicted = maps.Predicted,
        Baseline = new(maps.CleanActivity, InRange(maps.CleanProbability), maps.CleanPredicted),
    };

    /// <summary>A softmax may round to a little above 1.</summary>
    private static float InRange(float probability) => Math.Clamp(probability, 0, 1);

    private static string Csv(OcclusionMaps maps, IReadOnlyList<string> classes) => string.Concat(Enumerable.Range(0, maps.Grid.Count).Select(position =>
    {
        var square = maps.Grid.At(position);
        return CsvLine.Of(position / maps.Grid.Columns, position % maps.Grid.Columns, square.Top, square.Left, square.Height, square.Width, maps.Activity[position], maps.HasClasses ? maps.Probability[position] : "", maps.HasClasses ? classes[maps.Predicted[position]] : "");
    }).Prepend(CsvLine.Of("row", "column", "top", "left", "height", "width", "activity", "probability", "predicted")));

    private static byte[] Png(byte[] image, FeatureShape input)
    {
        var plane = input.Height * input.Width;
        var (green, blue) = input.Maps == 1 ? (0, 0) : (plane, 2 * plane);
        using var picture = new SKBitmap(new SKImageInfo(input.Width, input.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        picture.Pixels = [.. Enumerable.Range(0, plane).Select(i => new SKColor(image[i], image[green + i], image[blue + i]))];
        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }
}
