using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Analyses.Project;

/// <summary>What projecting one image leaves in the folder of a run: <c>project/&lt;image, layer, unit&gt;/projection.png</c> and its section of the report.</summary>
/// <param name="caption">The network, its weights and, as its data, the name of the image.</param>
/// <param name="projection">What was projected.</param>
/// <param name="input">The shape of the network's input.</param>
/// <param name="image">[C, H, W] of the input, 0 … 255.</param>
/// <param name="rules">The rules that the deconvnet followed.</param>
public sealed class ProjectionFiles(SheetCaption caption, ImageProjection projection, FeatureShape input, byte[] image, DeconvnetOptions rules)
{
    /// <summary>The name of the picture.</summary>
    public const string PictureFile = "projection.png";

    /// <summary>What was projected, for example <c>conv3, map 17, unit at row 1, column 3</c>.</summary>
    public string Projected => projection.Unit is { } unit
        ? FormattableString.Invariant($"{projection.Layer.Name}, map {unit.Map}, unit at row {unit.At.Y}, column {unit.At.X}")
        : $"{projection.Layer.Name}, all {projection.Layer.Output.Maps} maps";

    /// <summary>The value that goes with it, for example <c>activation 3.81</c>.</summary>
    public string Value => FormattableString.Invariant($"{(projection.Unit is null ? "strongest activation" : "activation")} {projection.Value:G4}");

    /// <summary>Writes the files; each appears when it is complete.</summary>
    /// <param name="folder">The run's <c>project</c> folder.</param>
    /// <returns>The path of the picture.</returns>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public string Write(string folder)
    {
        var unit = projection.Unit is { } one ? FormattableString.Invariant($" {one.Map} {one.At.Y} {one.At.X}") : "";
        var own = NamedFolder.Of(folder, $"{caption.Data} {projection.Layer.Name}{unit}{(rules.Described is null ? "" : $" {rules.Relu} {rules.Unpool}".ToLowerInvariant())}");
        var path = Path.Combine(own, PictureFile);
        AtomicFile.Write(path, stream => stream.Write(Picture()));
        new ReportSection
        {
            Id = $"{AnalysisKinds.Project.Folder}-{Path.GetFileName(own)}",
            Title = $"{AnalysisKinds.Project.Title}: {caption.Data} · {projection.Layer.Name}{(projection.Unit is { } titled ? FormattableString.Invariant($", map {titled.Map} ({titled.At.Y}, {titled.At.X})") : "")}{(rules.Relu == ReluRule.Deconv ? "" : $" · {rules.Relu.ToString().ToLowerInvariant()}")}{(rules.Unpool == UnpoolRule.Sum ? "" : $" · {rules.Unpool.ToString().ToLowerInvariant()}")}",
            Order = AnalysisKinds.Project.Order,
            Subject = $"{caption.Data} · {caption.Weights}{(rules.Described is { } other ? $" · {other}" : "")}",
            Text =
            [
                projection.Unit is null
                    ? "The activations of the whole layer are taken down to the pixels together: what of the image is left in this layer."
                    : "The activation of one unit is taken down to the pixels, all others of its layer being 0: what in the image excites it.",
            ],
            Figures = [new(PictureFile, $"{caption.Data} and the projection of {Projected}", $"{Projected}: {Value}")],
        }.Write(own);
        return path;
    }

    /// <summary>The picture: the image, the window that a unit sees, and the projection.</summary>
    /// <returns>A PNG.</returns>
    public byte[] Picture()
    {
        var field = projection.Layer.ReceptiveField;
        var region = projection.Unit is { } unit ? new UnitWindow(field, input).At(unit.At.Y, unit.At.X) : new(0, 0, input.Height, input.Width);
        var isWhole = region.ClipTo(input.Height, input.Width) == new PixelRegion(0, 0, input.Height, input.Width);
        return ProjectionPicture.ToPng(
            $"{caption.Network}  ·  {Projected}",
            [
                FormattableString.Invariant($"{Value}  ·  receptive field {field.Height}×{field.Width}  ·  {caption.Data}  ·  {caption.Weights}{(rules.Described is { } other ? $"  ·  {other}" : "")}"),
                projection.Unit is null ? "Left, the image; right, the projection of all units together"
                    : isWhole ? "Left, the image, all of which the unit sees; right, the projection of the unit alone"
                    : "Left, the image and the window that the unit sees; middle, that window; right, the projection of the unit alone",
            ],
            input, image, projection.Shown(input), region);
    }
}
