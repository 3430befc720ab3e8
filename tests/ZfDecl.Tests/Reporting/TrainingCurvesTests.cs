using System.Xml.Linq;
using SkiaSharp;
using ZfDecl.Messages;
using ZfDecl.Runs;
using ZfDecl.Training.Logs;

namespace ZfDecl.Tests.Reporting;

public sealed class TrainingCurvesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TheCurvesOfARunCanBeDrawnAgainFromItsTable()
    {
        var epochs = Epochs(28);
        File.WriteAllLines(folder["metrics.csv"], [EpochMetrics.CsvHeader, .. epochs.Select(epoch => epoch.ToCsv())]);
        Snapshot.Png(new TrainingCurves("Fashion  ·  run default", MetricsFile.Read(folder.Path)!).ToPng(), new() { Share = 0.02 });
    }

    [Fact]
    public void OneEpochIsAPictureTooAndASvgHoldsTheSame()
    {
        new TrainingCurves("Fashion", Epochs(1)).Write(folder.Path);

        using var picture = SKBitmap.Decode(folder["curves.png"]);
        var svg = XDocument.Load(folder["curves.svg"]).Root!;
        Assert.Equal($"{picture.Width}×{picture.Height}", $"{(string?)svg.Attribute("width")}×{(string?)svg.Attribute("height")}");
        var texts = svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim()).ToList();
        foreach (var text in (string[])["loss (nats)", "error", "learning rate", "epoch"])
            Assert.Contains(text, texts);
    }

    [Fact]
    public void ATableThatIsNoneIsRefusedWithItsLine()
    {
        Assert.Null(MetricsFile.Read(folder.Path));

        File.WriteAllText(folder["metrics.csv"], "a,b\n1,2\n");
        Assert.Equal("ZF1216", Assert.Throws<ZfDeclException>(() => MetricsFile.Read(folder.Path)).Code);

        File.WriteAllText(folder["metrics.csv"], $"{EpochMetrics.CsvHeader}\n{Epochs(1)[0].ToCsv()}\n2,0.05,0.1");
        var cut = Assert.Throws<ZfDeclException>(() => MetricsFile.Read(folder.Path));
        Assert.Contains("line 3 is no row of metrics", cut.Message, StringComparison.Ordinal);
    }

    // A typical course: the training error falls on, the validation error stays, the rate follows half a cosine.
    private static EpochMetrics[] Epochs(int count) =>
    [
        .. Enumerable.Range(1, count).Select(epoch => new EpochMetrics(
            epoch, 0.025 * (1 + Math.Cos(Math.PI * epoch / count)), 1.2 / epoch + 0.1, 0.4 / epoch + 0.05, 0.6 / epoch + 0.28, 0.2 / epoch + 0.1 + 0.001 * epoch, 0.01 / epoch, 2500, 4)),
    ];
}
