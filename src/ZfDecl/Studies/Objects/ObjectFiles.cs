using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Imaging.Charts;
using ZfDecl.Messages;
using ZfDecl.Studies.Transfer;

namespace ZfDecl.Studies.Objects;

/// <summary>What a study of objects leaves beside its record: <c>rows.csv</c>, <c>table.csv</c>, <c>overlap.csv</c>, a chart and its section of the report.</summary>
/// <param name="folder">The study's folder.</param>
/// <param name="rows">What was found: methods in their order, each of all classes.</param>
internal sealed class ObjectFiles(string folder, IReadOnlyList<ObjectRow> rows)
{
    private const int MostClassesInARow = 5;                    // their names have to go below them
    private const string Chance = "by chance";

    private readonly string[] methods = [.. rows.Select(row => row.Method).Distinct()];
    private readonly string[] classes = [.. rows.Select(row => row.Class).Distinct()];

    /// <summary>The lines of the table, from the header on: a class, its average precisions in percent, and last the means with the paper's.</summary>
    public IReadOnlyList<string[]> Table =>
    [
        ["class", .. methods, Chance, "paper"],
        .. classes.Select(name => (string[])[name, .. methods.Select(method => Percent(Of(method, name))), Percent(ChanceOf(name)), ""]),
        ["mean", .. methods.Select(method => Percent(MeanOf(method))), Percent(classes.Average(ChanceOf)), PublishedAccuracy.PascalVoc2012.ToString()],
    ];

    /// <summary>Writes the files.</summary>
    /// <param name="title">What was studied.</param>
    /// <param name="text">What was done, a paragraph an entry.</param>
    /// <param name="overlaps">What was left out as known from the pre-training.</param>
    /// <param name="warnings">What else was left out or went wrong, for the report.</param>
    /// <exception cref="ZfDeclException">ZF1204: a file cannot be written.</exception>
    public void Write(string title, IReadOnlyList<string> text, IReadOnlyList<Overlap> overlaps, IReadOnlyList<string> warnings)
    {
        AtomicFile.WriteText(Path.Combine(folder, "rows.csv"), CsvLine.Table(["method", "class", "average_precision", "holding", "tested", "note", "seconds"],
            rows.Select(row => new object[] { row.Method, row.Class, Math.Round(row.AveragePrecision, 6), row.Holding, row.Tested, row.Note, Math.Round(row.Seconds, 3) })));
        WriteTable("table.csv", ["class", .. methods, Chance, "paper"],
            [.. classes.Select(name => (object[])[name, .. methods.Select(method => (object)Math.Round(Of(method, name), 6)), Math.Round(ChanceOf(name), 6), ""]),
            ["mean", .. methods.Select(method => (object)Math.Round(MeanOf(method), 6)), Math.Round(classes.Average(ChanceOf), 6), PublishedAccuracy.PascalVoc2012.Percent / 100]]);
        if (overlaps.Count > 0)
            WriteTable("overlap.csv", ["image", "name", "known", "correlation"], overlaps.Select(overlap => new object[] { overlap.Image, overlap.Name, overlap.Known, overlap.Correlation }));
        var lines = (classes.Length + MostClassesInARow - 1) / MostClassesInARow;
        var sheet = new ChartSheet(title, text, [.. classes.Chunk((classes.Length + lines - 1) / lines).Select(row => (IReadOnlyList<Chart>)[ChartOf(row)])]);
        AtomicFile.Write(Path.Combine(folder, "precision.png"), stream => stream.Write(sheet.ToPng()));
        AtomicFile.WriteText(Path.Combine(folder, "precision.svg"), sheet.ToSvg());
        new ReportSection
        {
            Id = $"{Path.GetFileName(Path.GetDirectoryName(folder))}-{Path.GetFileName(folder)}",
            Title = title,
            Order = AnalysisKinds.Transfer.Order,
            Text = text,
            Warnings = warnings,
            Figures = [new("precision.png", "Average precision of each class", "Average precision of each class.")],
            Tables = [new("table.csv", "Average precision of each class, 0 … 1; what any order comes to, and the paper's mean, beside"), .. overlaps.Count == 0 ? Array.Empty<ReportTable>() : [new("overlap.csv", "Images that were left out as known from the pre-training")]],
        }.Write(folder);
    }

    private Chart ChartOf(string[] some) => new()
    {
        Title = "average precision of each class",
        XLabel = "class",
        Categories = some,
        YLabel = "average precision, %",
        Lines = [.. methods.Select(method => new ChartLine(method, [], [.. some.Select(name => 100 * Of(method, name))])), new(Chance, [], [.. some.Select(name => 100 * ChanceOf(name))])],
        LowestY = 0,
        HighestY = 100,
    };

    private double Of(string method, string name) => rows.First(row => row.Method == method && row.Class == name).AveragePrecision;

    private double MeanOf(string method) => rows.Where(row => row.Method == method).Average(row => row.AveragePrecision);

    /// <summary>What images in any order come to: the share that holds the class.</summary>
    private double ChanceOf(string name)
    {
        var row = rows.First(row => row.Class == name);
        return (double)row.Holding / row.Tested;
    }

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:0.0}");

    private void WriteTable(string name, IReadOnlyList<object> header, IEnumerable<object[]> lines) =>
        CsvFile.Write(Path.Combine(folder, name), CsvLine.Table(header, lines));
}
