using System.Globalization;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Analyses.Evaluate;

/// <summary>The error table of Zeiler &amp; Fergus 2014, Table 2, with rows of one's own below: <c>errors.csv</c>.</summary>
internal static class ErrorTable
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "errors.csv";

    /// <summary>Where the paper's errors were measured.</summary>
    public const string PaperData = "ImageNet 2012 validation (the paper)";

    /// <summary>The paper's rows.</summary>
    public static IReadOnlyList<ErrorRow> Paper { get; } =
    [
        new("Krizhevsky et al. 2012, 1 convnet", PaperData, 0.407, 0.182),
        new("Krizhevsky et al. 2012, 5 convnets", PaperData, 0.381, 0.164),
        new("Zeiler & Fergus, replication of Krizhevsky, 1 convnet", PaperData, 0.405, 0.181),
        new("Zeiler & Fergus, 1 convnet", PaperData, 0.384, 0.165),
        new("Zeiler & Fergus, 5 convnets (a)", PaperData, 0.367, 0.153),
        new("Zeiler & Fergus, maps 512-1024-512 in layers 3-5, 1 convnet (b)", PaperData, 0.375, 0.160),
        new("Zeiler & Fergus, 6 convnets, (a) and (b)", PaperData, 0.360, 0.147),
    ];

    /// <summary>Writes the paper's rows and then one's own.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public static void Write(string folder, IEnumerable<ErrorRow> own) => AtomicFile.WriteText(Path.Combine(folder, FileName),
        "network,measured_on,top1_error,top5_error\n" + string.Concat(Paper.Concat(own).Select(row => CsvLine.Of(row.Network, row.Data, row.Top1Error, row.Top5Error))));
}

/// <summary>A row of the error table.</summary>
/// <param name="Network">The network, or the networks whose probabilities are averaged.</param>
/// <param name="Data">The images it was measured on.</param>
/// <param name="Top1Error">0 … 1.</param>
/// <param name="Top5Error">0 … 1.</param>
internal sealed record ErrorRow(string Network, string Data, double Top1Error, double Top5Error)
{
    /// <summary>The errors in percent, as the paper prints them.</summary>
    public (string Top1, string Top5) Percent => ((100 * Top1Error).ToString("0.0", CultureInfo.InvariantCulture), (100 * Top5Error).ToString("0.0", CultureInfo.InvariantCulture));
}
