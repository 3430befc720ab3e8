using ZfDecl.Files;
using ZfDecl.Imaging.Charts;
using ZfDecl.Messages;
using ZfDecl.Report;

namespace ZfDecl.Studies.Comparison;

/// <summary>What a comparison of trainings leaves beside its record: <c>rows.csv</c>, <c>table.csv</c>, a chart, and a page over all of it.</summary>
internal static class ComparisonFiles
{
    private const int LettersBelowBars = 56;        // of the tick labels' size, in one of two charts side by side

    /// <summary>Writes all of them.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <param name="title">What was compared.</param>
    /// <param name="text">What was done, a paragraph an entry.</param>
    /// <param name="rows">What was found, in the order of the study; at least one.</param>
    /// <param name="record">What was run.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public static string Write(string folder, string title, IReadOnlyList<string> text, IReadOnlyList<ComparedRow> rows, StudyRecord record)
    {
        Table("rows.csv", ["row", "spec", "run", "seed", "threads", "train_top1_error", "val_top1_error", "val_top5_error", "parameters", "seconds"],
            rows.SelectMany(row => row.Seeds).Select(row => new object[]
            {
                row.Label, row.Spec, row.Run, row.Seed, row.Threads is { } threads ? threads : "", row.TrainTop1Error, row.ValTop1Error, row.ValTop5Error, row.Parameters, Math.Round(row.Seconds, 1),
            }));
        Table("table.csv", ["row", "spec", "seeds", "train_top1_error", "train_deviation", "val_top1_error", "val_deviation", "val_top5_error", "top5_deviation",
            "against", "val_difference", "difference_standard_error", "parameters", "seconds", "paper_train_percent", "paper_val_percent", "paper_top5_percent"], rows.Select(Fields));
        string[] key = FitBelowBars(rows) ? [] : [string.Join("  ·  ", rows.Index().Select(row => $"{row.Index + 1} {row.Item.Label}"))];
        var sheet = new ChartSheet(title, [.. text, .. key], [[Training(rows), Validation(rows)]]);
        AtomicFile.Write(Path.Combine(folder, "errors.png"), stream => stream.Write(sheet.ToPng()));
        AtomicFile.WriteText(Path.Combine(folder, "errors.svg"), sheet.ToSvg());
        var page = Path.Combine(folder, "report", RunReport.PageFile);
        AtomicFile.WriteText(page, ComparisonPage.Render(title, text, rows, record));
        return page;

        void Table(string name, IReadOnlyList<object> header, IEnumerable<object[]> lines) =>
            AtomicFile.WriteText(Path.Combine(folder, name), CsvLine.Table(header, lines));
    }

    private static object[] Fields(ComparedRow row) =>
    [
        row.Label, row.Spec, row.Seeds.Count,
        .. new[] { row.Train, row.Val, row.Top5 }.SelectMany(error => new object[] { Math.Round(error.Mean, 6), error.Deviation is { } deviation ? Math.Round(deviation, 6) : "" }),
        row.Against?.Label ?? "", Number(row.Difference?.Mean), Number(row.Difference?.StandardError),
        row.Parameters, Math.Round(row.Seconds, 1),
        Number(row.Published?.Train), Number(row.Published?.Val), Number(row.Published?.Top5),
    ];

    private static object Number(double? value) => value is { } number ? Math.Round(number, 6) : "";

    private static Chart Training(IReadOnlyList<ComparedRow> rows) => Errors("error on the training images", rows, [Line("training top-1", rows, row => row.Train)]);

    private static Chart Validation(IReadOnlyList<ComparedRow> rows) =>
        Errors("error on the validation images", rows, [Line("validation top-1", rows, row => row.Val), Line("validation top-5", rows, row => row.Top5)]);

    private static Chart Errors(string title, IReadOnlyList<ComparedRow> rows, IReadOnlyList<ChartLine> lines) => new()
    {
        Title = title,
        XLabel = FitBelowBars(rows) ? "" : "row of the table",
        YLabel = "error, %",
        Lines = lines,
        Categories = [.. rows.Index().Select(row => FitBelowBars(rows) ? row.Item.Label : FormattableString.Invariant($"{row.Index + 1}"))],
        LowestY = 0,
    };

    /// <summary>Whether the names of the rows have room below their bars; else the bars are numbered, and the numbers explained.</summary>
    private static bool FitBelowBars(IReadOnlyList<ComparedRow> rows) => rows.All(row => row.Label.Length <= LettersBelowBars / rows.Count);

    private static ChartLine Line(string name, IReadOnlyList<ComparedRow> rows, Func<ComparedRow, MeanDeviation> of) =>
        new(name, [.. rows.Index().Select(row => row.Index + 1.0)], [.. rows.Select(row => 100 * of(row).Mean)]) { Deviation = [.. rows.Select(row => 100 * (of(row).Deviation ?? 0))] };
}
