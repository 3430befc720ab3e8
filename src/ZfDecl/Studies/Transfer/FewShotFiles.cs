using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Imaging.Charts;
using ZfDecl.Messages;
using ZfDecl.Studies.Classifiers;

namespace ZfDecl.Studies.Transfer;

/// <summary>
/// What a study with few images leaves beside its record: <c>rows.csv</c>, <c>table.csv</c>, <c>differences.csv</c>, <c>overlap.csv</c>, a chart and its section
/// of the report.
/// </summary>
/// <param name="folder">The study's folder.</param>
/// <param name="rows">What was found.</param>
/// <param name="overlaps">What was left out as known from the pre-training.</param>
/// <param name="warnings">What else was left out or went wrong, for the report.</param>
internal sealed class FewShotFiles(string folder, IReadOnlyList<FewShotRow> rows, IReadOnlyList<Overlap> overlaps, IReadOnlyList<string> warnings)
{
    /// <summary>What a paper has published for a cell; null for nothing.</summary>
    public Func<FewShotCell, PublishedAccuracy?> Published { get; init; } = _ => null;

    /// <summary>How many classes are told apart, so that chance has a line; null where that is not known.</summary>
    public int? Classes { get; init; }

    /// <summary>The table's cells.</summary>
    public IReadOnlyList<FewShotCell> Cells { get; } = FewShotCell.Of(rows);

    /// <summary>The first method against each other one.</summary>
    public IReadOnlyList<FoldDifference> Differences { get; } = FoldDifference.Of(rows);

    /// <summary>Writes the accuracy over the number of training images, one line per method.</summary>
    /// <param name="title">What was studied, for example <c>Fashion  ·  transfer</c>.</param>
    /// <param name="text">What was done, a paragraph an entry.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void WriteTransfer(string title, IReadOnlyList<string> text) =>
        Write(title, text, AnalysisKinds.Transfer, "Accuracy over the number of training images", [new("differences.csv", "Accuracy of the first method minus the other's on the same folds: mean, standard deviation, and in how many folds it is above 0")], new()
        {
            Title = "accuracy on the classes that are learned",
            XLabel = "training images of each class",
            YLabel = "accuracy, mean over classes, %",
            Lines = [.. Cells.GroupBy(cell => cell.Method).Select(method => Line(method.Key, [.. method.Select(cell => (double)cell.PerClass)], [.. method]))],
        });

    /// <summary>Writes the accuracy over the layers, a bar a classifier and number of training images.</summary>
    /// <param name="title">What was studied.</param>
    /// <param name="text">What was done, a paragraph an entry.</param>
    /// <param name="layers">The layers, from the lowest.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void WriteFeatureAnalysis(string title, IReadOnlyList<string> text, IReadOnlyList<string> layers)
    {
        double[] positions = [.. Enumerable.Range(1, layers.Count).Select(position => (double)position)];
        var lines = from cell in Cells
                    let layer = layers.First(layer => Enum.GetValues<LinearClassifierKind>().Any(kind => FixedFeatures.NameOf(layer, kind) == cell.Method))
                    group (layer, cell) by $"{cell.Method[(layer.Length + 3)..]}, {cell.PerClass} images per class" into line
                    let cells = line.ToDictionary(pair => pair.layer, pair => pair.cell)
                    select Line(line.Key, positions, [.. layers.Select(layer => cells[layer])]);
        Write(title, text, AnalysisKinds.AnalyzeFeatures, "Accuracy over the layers", [], new()
        {
            Title = "accuracy of a linear classifier on a layer",
            XLabel = "layer whose features are classified",
            Categories = layers,
            YLabel = "accuracy, mean over classes, %",
            Lines = [.. lines],
            LowestY = 0,
            HighestY = 100,
        });
    }

    private static ChartLine Line(string name, double[] positions, FewShotCell[] cells) =>
        new(name, positions, [.. cells.Select(cell => 100 * cell.Mean)]) { Deviation = [.. cells.Select(cell => 100 * cell.Deviation)] };

    private void Write(string title, IReadOnlyList<string> text, AnalysisKind kind, string what, IReadOnlyList<ReportTable> tables, Chart chart)
    {
        AtomicFile.WriteText(Path.Combine(folder, "rows.csv"), CsvLine.Table(["method", "images_per_class", "fold", "mean_per_class_accuracy", "note", "seconds"],
            rows.Select(row => new object[] { row.Method, row.PerClass, row.Fold, Math.Round(row.Accuracy, 6), row.Note, Math.Round(row.Seconds, 3) })));
        var isPublished = Cells.Any(cell => Published(cell) is not null);
        Table("table.csv", ["method", "images_per_class", "folds", "mean_per_class_accuracy", "deviation", .. isPublished ? (string[])["paper", "paper_deviation"] : []],
            Cells.Select(cell => (object[])[cell.Method, cell.PerClass, cell.Folds, Math.Round(cell.Mean, 6), Math.Round(cell.Deviation, 6), .. isPublished ? Share(Published(cell)) : []]));
        Table("differences.csv", ["method", "against", "images_per_class", "folds", "better", "mean_difference", "deviation"], Differences.Select(one => new object[]
            { one.Method, one.Against, one.PerClass, one.Folds, one.Better, Math.Round(one.Mean, 6), one.Deviation is { } deviation ? Math.Round(deviation, 6) : "" }));
        Table("overlap.csv", ["image", "name", "known", "correlation"], overlaps.Select(overlap => new object[] { overlap.Image, overlap.Name, overlap.Known, overlap.Correlation }));
        var sheet = new ChartSheet(title, text, [[chart with { Baseline = Classes is { } count ? new(100.0 / count, "chance") : null }]]);
        AtomicFile.Write(Path.Combine(folder, "accuracy.png"), stream => stream.Write(sheet.ToPng()));
        AtomicFile.WriteText(Path.Combine(folder, "accuracy.svg"), sheet.ToSvg());
        new ReportSection
        {
            Id = $"{Path.GetFileName(Path.GetDirectoryName(folder))}-{Path.GetFileName(folder)}",
            Title = title,
            Order = kind.Order,
            Text = text,
            Warnings = warnings,
            Figures = [new("accuracy.png", what, $"{what}: mean over the folds.")],
            Tables = [new("table.csv", $"Mean per-class accuracy and its standard deviation over the folds; 0 … 1{(isPublished ? "; the paper's beside" : "")}"), .. tables.Where(_ => Differences.Count > 0), .. overlaps.Count == 0 ? Array.Empty<ReportTable>() : [new("overlap.csv", "Images that were left out as known from the pre-training")]],
        }.Write(folder);
    }

    private static object[] Share(PublishedAccuracy? published) =>
        [published is null ? "" : Math.Round(published.Percent / 100, 6), published?.Deviation is { } deviation ? Math.Round(deviation / 100, 6) : ""];

    private void Table(string name, IReadOnlyList<object> header, IEnumerable<object[]> lines) =>
        CsvFile.Write(Path.Combine(folder, name), CsvLine.Table(header, lines));
}
