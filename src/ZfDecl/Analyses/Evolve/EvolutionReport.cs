using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Imaging;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Evolve;

/// <summary>What following a training leaves in its folder: <c>&lt;layer&gt;.png</c> for each layer, <c>units.csv</c> and its section of the report.</summary>
/// <param name="layers">What was found.</param>
/// <param name="input">The shape of the network's input.</param>
/// <param name="caption">What the pictures say of where they come from.</param>
public sealed class EvolutionReport(IReadOnlyList<EvolvedLayer> layers, FeatureShape input, SheetCaption caption)
{
    /// <summary>Writes the files; each appears when it is complete.</summary>
    /// <param name="folder">The run's <c>evolve</c> folder.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void Write(string folder)
    {
        CsvFile.Write(Path.Combine(folder, "units.csv"), Csv());
        foreach (var layer in layers)
            AtomicFile.Write(Path.Combine(folder, $"{layer.Layer.Name}.png"), stream => stream.Write(new EvolutionSheet(caption, layer, input).ToPng()));
        new ReportSection
        {
            Id = AnalysisKinds.Evolve.Folder,
            Title = AnalysisKinds.Evolve.Title,
            Order = AnalysisKinds.Evolve.Order,
            Subject = $"{caption.Data} · {caption.Weights}",
            Text =
            [
                "Each row is a feature map, each column an epoch: on the left its strongest unit over all images, projected down to pixels, on the right what that unit saw. In the paper low layers settle within a few epochs, high ones much later. Each row has one scale. A jump comes from another image.",
                .. Findings(),
            ],
            Figures = [.. layers.Select(layer => new ReportFigure($"{layer.Layer.Name}.png", $"Projections of {layer.Maps.Count} maps of {layer.Layer.Name} after epochs {string.Join(", ", layer.Epochs)}", layer.Layer.Name))],
            Tables = [new("units.csv", "The strongest unit of each map after each epoch")],
        }.Write(folder);
    }

    /// <summary>A sentence a layer: how often the strongest image became another one.</summary>
    public IEnumerable<string> Findings() => layers.Select(layer => layer.Epochs.Count == 1
        ? $"{layer.Layer.Name}: only epoch {layer.Epochs[0]} has left weights to look at, so nothing is compared; train for more epochs."
        : $"{layer.Layer.Name}: from one of these epochs to the next, the image that excites a map most became another one in {layer.Maps.Sum(map => map.Jumps)} of {layer.Maps.Count * (layer.Epochs.Count - 1)} cases.");

    /// <summary>The units: one row per map and epoch; dead maps have none.</summary>
    public string Csv() => string.Concat(layers.SelectMany(layer => layer.Maps.SelectMany(map => map.Units.Select((unit, i) => unit is null ? "" : CsvLine.Of(
        layer.Layer.Name, map.Map, layer.Epochs[i], unit.Unit.Image, unit.ImageName, unit.Unit.Y, unit.Unit.X, unit.Unit.Value))))
        .Prepend(CsvLine.Of("layer", "map", "epoch", "image", "name", "y", "x", "activation")));
}
