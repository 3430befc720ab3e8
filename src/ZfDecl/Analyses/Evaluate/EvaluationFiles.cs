using System.Globalization;
using System.Text;
using ZfDecl.Data.Sets;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;

namespace ZfDecl.Analyses.Evaluate;

/// <summary>
/// What evaluating leaves in <c>evaluate/</c> of a run: <c>summary.json</c>, <c>classes.csv</c>, <c>confusion.csv</c>, <c>confusion.png</c>, <c>confusion.svg</c>,
/// <c>predictions.csv</c> and its section of the report. They are those of the last evaluation.
/// </summary>
public static class EvaluationFiles
{
    /// <summary>The name of the confusion matrix as a table.</summary>
    public const string ConfusionFile = "confusion.csv";

    /// <summary>The name of the table of predictions.</summary>
    public const string PredictionsFile = "predictions.csv";

    /// <summary>Reads which images were taken for other classes.</summary>
    /// <param name="folder">The run's <c>evaluate</c> folder.</param>
    /// <param name="images">The images that are looked at.</param>
    /// <returns>The index of each, and the name of the class that it was taken for; null where nothing was evaluated, or other images were.</returns>
    /// <exception cref="ZfDeclException">ZF1413: the table is damaged; ZF1220, ZF1222: it is empty, no regular file, or too large.</exception>
    public static IReadOnlyList<(int Image, string Predicted)>? Misclassified(string folder, ImageSet images)
    {
        var path = Path.Combine(folder, PredictionsFile);
        if (!File.Exists(path) || CsvTable.Read(path) is not { Header: ["image", "name", "class", "predicted", ..] } table)
            return null;
        var rows = table.Rows.Select(row => (Image: int.TryParse(row[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1, Row: row)).ToArray();
        return rows.All(row => row.Image >= 0 && row.Image < images.Count && images.NameOf(row.Image) == row.Row[1])
            ? [.. rows.Where(row => row.Row[2] != row.Row[3]).Select(row => (row.Image, row.Row[3]))]
            : null;
    }

    /// <summary>Writes all of them; each appears when it is complete, the summary last.</summary>
    /// <param name="folder">The run's <c>evaluate</c> folder.</param>
    /// <param name="classification">What was found.</param>
    /// <param name="summary">What was evaluated.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public static void Write(string folder, Classification classification, EvaluationSummary summary)
    {
        AtomicFile.WriteText(Path.Combine(folder, PredictionsFile), Predictions(classification));
        CsvFile.Write(Path.Combine(folder, "classes.csv"), Classes(classification));
        CsvFile.Write(Path.Combine(folder, ConfusionFile), Confusion(classification));
        var picture = new ConfusionPicture(classification.Classes, classification.Confusion(), Title(summary));
        AtomicFile.Write(Path.Combine(folder, "confusion.png"), stream => stream.Write(picture.ToPng()));
        AtomicFile.WriteText(Path.Combine(folder, "confusion.svg"), picture.ToSvg());
        Section(summary).Write(folder);
        RecordJson.Write(Path.Combine(folder, "summary.json"), summary);
    }

    private static ReportSection Section(EvaluationSummary summary) => new()
    {
        Id = AnalysisKinds.Evaluate.Folder,
        Title = summary.Runs.Count == 1 ? AnalysisKinds.Evaluate.Title : $"{AnalysisKinds.Evaluate.Title}, average of {string.Join(" and ", summary.Runs)}",
        Order = AnalysisKinds.Evaluate.Order,
        Text = [.. Text(summary)],
        Figures = [new("confusion.png", "How many images of each class were taken for each class", "A row is a class, a column what the network took its images for: what lies off the diagonal was confused")],
        Tables = [new("classes.csv", "The classes: recall and top-5 accuracy are shares of their images, precision one of what was taken for them, 0 … 1")],
    };

    private static IEnumerable<string> Text(EvaluationSummary summary)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"{Title(summary)}{(summary.Classes > Prediction.Top ? $", {100 * (1 - summary.Top5Error):0.00} % in the first five" : "")}; loss {summary.Loss:0.0000} nats.");
        if (summary.Figures is not { } figures)
            yield break;
        yield return string.Create(CultureInfo.InvariantCulture, $"Balanced accuracy {100 * figures.BalancedAccuracy:0.00} %, mean precision {100 * figures.Precision:0.00} %, mean F1 {100 * figures.F1:0.00} %: means over the classes, each weighing alike{(figures.NeverPredicted.Count > 0 ? "; the precision of a class that is never predicted counts as 0" : "")}.");
        foreach (var sentence in summary.Sentences())
            yield return $"{char.ToUpperInvariant(sentence[0])}{sentence[1..]}.";
    }

    /// <summary>A row an image: <c>image,name,class,predicted,probability,class_probability,top2,top2_probability …</c>; what is beyond the classes is empty.</summary>
    public static string Predictions(Classification classification)
    {
        var csv = new StringBuilder("image,name,class,predicted,probability,class_probability");
        for (var rank = 2; rank <= Prediction.Top; rank++)
            csv.Append(CultureInfo.InvariantCulture, $",top{rank},top{rank}_probability");
        csv.Append('\n');
        foreach (var prediction in classification.Predictions)
        {
            var strongest = prediction.Strongest;
            csv.Append(CultureInfo.InvariantCulture, $"{prediction.Image},{CsvField.Of(prediction.Name)},{Name(prediction.Class)},{Name(strongest[0].Class)},{strongest[0].Probability:G6},{prediction.Probability:G6}");
            for (var rank = 1; rank < Prediction.Top; rank++)
                csv.Append(rank < strongest.Count ? FormattableString.Invariant($",{Name(strongest[rank].Class)},{strongest[rank].Probability:G6}") : ",,");
            csv.Append('\n');
        }
        return csv.ToString();

        string Name(int index) => CsvField.Of(classification.Classes[index]);
    }

    /// <summary>A row a class: <c>class,images,right,recall,precision,f1,top5_accuracy,most_confused_with,confused</c>; a class without images has no recall, one that none was taken for no precision.</summary>
    public static string Classes(Classification classification)
    {
        var csv = new StringBuilder("class,images,right,recall,precision,f1,top5_accuracy,most_confused_with,confused\n");
        foreach (var result in classification.PerClass())
        {
            csv.Append(CultureInfo.InvariantCulture, $"{CsvField.Of(result.Name)},{result.Images},{result.Right},{result.Top1Accuracy:G6},{result.Precision:G6},{result.F1:G6},{result.Top5Accuracy:G6},");
            csv.Append(CultureInfo.InvariantCulture, $"{(result.MostConfusedWith is { } other ? CsvField.Of(classification.Classes[other]) : "")},{result.Confused}\n");
        }
        return csv.ToString();
    }

    /// <summary>A row a class, a column a predicted class: how many images of the one were taken for the other.</summary>
    public static string Confusion(Classification classification)
    {
        var (classes, counts) = (classification.Classes, classification.Confusion());
        var csv = new StringBuilder("class");
        foreach (var name in classes)
            csv.Append(',').Append(CsvField.Of(name));
        csv.Append('\n');
        for (var row = 0; row < classes.Count; row++)
        {
            csv.Append(CsvField.Of(classes[row]));
            for (var column = 0; column < classes.Count; column++)
                csv.Append(CultureInfo.InvariantCulture, $",{counts[row, column]}");
            csv.Append('\n');
        }
        return csv.ToString();
    }

    private static string Title(EvaluationSummary summary) => FormattableString.Invariant(
        $"{summary.Spec}, {string.Join(" + ", summary.Runs)}  ·  {summary.Images:N0} images ({summary.Split}), {(summary.Crops == 1 ? "centre crop" : $"{summary.Crops} crops")}  ·  {100 * (1 - summary.Top1Error):0.00} % right");
}
