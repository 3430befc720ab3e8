using System.Globalization;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Analyses.Predict;

/// <summary>What predicting leaves in <c>predict/</c> of a run: <c>predictions.csv</c>, the sheet <c>predictions.png</c> and <c>.svg</c>, and its section of the report.</summary>
/// <param name="info">The network.</param>
/// <param name="classes">The names of its classes; none where it tells none apart.</param>
/// <param name="weights">Where its weights come from, for example <c>run default, epoch 12</c>.</param>
/// <param name="predictions">One for each image.</param>
public sealed class PredictionFiles(NetworkInfo info, IReadOnlyList<string> classes, string weights, IReadOnlyList<ImagePrediction> predictions)
{
    /// <summary>The name of the table.</summary>
    public const string TableFile = "predictions.csv";

    /// <summary>The name of the sheet; the same with <c>.svg</c> beside it.</summary>
    public const string SheetFile = "predictions.png";

    /// <summary>The sheet shows so many images at most.</summary>
    public const int MostShown = 60;

    private FeatureShape Output => info.Layers[^1].Output;

    private bool HasClasses => classes.Count > 0;

    /// <summary>The name of an output: its class, or its channel.</summary>
    public string NameOf(StrongestOutput output) => HasClasses ? classes[output.Index]
        : FormattableString.Invariant($"channel {output.Index}{(output.At is { } at && Output.Height * Output.Width > 1 ? $" at ({at.Y}, {at.X})" : "")}");

    /// <summary>The value of an output as it is printed: a percentage, or three digits.</summary>
    public string ValueOf(StrongestOutput output) => HasClasses ? output.Value.ToString("0.00 %", CultureInfo.InvariantCulture) : Figures.Significant(output.Value);

    /// <summary>How long the bar of an output is, 0 … 1: its probability, or its share of a largest value.</summary>
    /// <param name="output">The output.</param>
    /// <param name="largest">The largest value of a channel that a bar is drawn for.</param>
    public double ShareOf(StrongestOutput output, double largest) => HasClasses ? output.Value : largest > 0 ? Math.Max(0, output.Value / largest) : 0;

    /// <summary>What the network yields where it tells no classes apart: the shape of its last layer, in words.</summary>
    public string Yields => FormattableString.Invariant($"'{info.Name}' tells no classes apart: {info.Layers[^1].Name} yields {(Output.Height * Output.Width == 1 ? $"{Output.Maps} values" : $"{Output.Maps} channels of {Output.Height}×{Output.Width}")}");

    /// <summary>Writes the files; each appears when it is complete.</summary>
    /// <param name="folder">The run's <c>predict</c> folder.</param>
    /// <param name="images">The images, in the order of the predictions.</param>
    /// <param name="preprocessor">Knows what the network saw of them.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void Write(string folder, ImageSet images, Preprocessor preprocessor)
    {
        AtomicFile.WriteText(Path.Combine(folder, TableFile), Table());
        var sheet = new PredictionSheet($"{info.Name}  ·  {Quantity.Of(predictions.Count, "image")}", [.. Captions()], info.Input);
        foreach (var (index, prediction) in predictions.Index().Take(MostShown))
        {
            sheet.Add(
                preprocessor.CentreCrop(images.Read(index)),
                Path.GetFileName(prediction.Name) + (prediction.Class.Length == 0 ? "" : $"  ·  {prediction.Class}"),
                [.. prediction.Strongest.Select(output => (NameOf(output), ShareOf(output, prediction.Strongest[0].Value), ValueOf(output)))]);
        }
        AtomicFile.Write(Path.Combine(folder, SheetFile), stream => stream.Write(sheet.ToPng()));
        AtomicFile.WriteText(Path.Combine(folder, Path.ChangeExtension(SheetFile, ".svg")), sheet.ToSvg());
        Section().Write(folder);
    }

    /// <summary>A row an image and rank: <c>image,class,rank,predicted,probability,score</c>, the own class empty where nobody knows it; without classes <c>image,rank,channel,value,y,x</c>.</summary>
    public string Table() => HasClasses
        ? CsvLine.Table(["image", "class", "rank", "predicted", "probability", "score"], predictions.SelectMany(prediction => prediction.Strongest.Select((output, rank) =>
            new object[] { prediction.Name, prediction.Class, rank + 1, classes[output.Index], output.Value, output.Score!.Value })))
        : CsvLine.Table(["image", "rank", "channel", "value", "y", "x"], predictions.SelectMany(prediction => prediction.Strongest.Select((output, rank) =>
            new object[] { prediction.Name, rank + 1, output.Index, output.Value, output.At?.Y ?? 0, output.At?.X ?? 0 })));

    private IEnumerable<string> Captions()
    {
        yield return HasClasses ? "Each image as the network saw it, with the classes that it holds most probable" : $"Each image as the network saw it, with the channels of the largest values. {Yields}; bars are shares of an image's largest";
        yield return weights;
        if (predictions.Count > MostShown)
            yield return FormattableString.Invariant($"The first {MostShown} of {predictions.Count:N0} images; all of them stand in {TableFile}");
    }

    private ReportSection Section() => new()
    {
        Id = AnalysisKinds.Predict.Folder,
        Title = AnalysisKinds.Predict.Title,
        Order = AnalysisKinds.Predict.Order,
        Subject = $"{Quantity.Of(predictions.Count, "image")} · {weights}",
        Text = [HasClasses ? $"What the network takes single images for: the {Math.Min(ImagePrediction.Top, classes.Count)} most probable classes of each. All of them stand in {TableFile}." : $"What the network yields for single images. {Yields}; of each image these are the largest values. All of them stand in {TableFile}."],
        Figures = [new(SheetFile, "Images, each with bars for what the network yields most strongly", HasClasses ? "Images with their most probable classes" : "Images with their strongest channels")],
    };
}
