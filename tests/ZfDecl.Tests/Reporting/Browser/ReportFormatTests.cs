using System.IO.Compression;
using System.Text;
using ZfDecl.Messages;
using ZfDecl.Report;

namespace ZfDecl.Tests.Reporting.Browser;

public class ReportFormatTests
{
    [Fact]
    public void AZipHoldsAllOfTheReportsFolder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["report/layers"]);
        File.WriteAllText(folder["report/index.html"], "page");
        File.WriteAllText(folder["report/layers/a.js"], "data");
        PackedReport.Write(folder["report/index.html"], folder["report.zip"]);
        using var zip = ZipFile.OpenRead(folder["report.zip"]);
        Assert.Equal(["report/index.html", "report/layers/a.js"], zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public void WithoutAChromiumThatIsSaidWithARemedy()
    {
        using var folder = new TemporaryFolder();
        var problem = Assert.Throws<ZfDeclException>(() => PrintedReport.Write(folder["index.html"], folder["report.pdf"], chromium: null));
        Assert.Equal("ZF1465", problem.Code);
        Assert.Contains("ZFDECL_CHROMIUM", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AProgramThatCannotBeStartedIsNamed()
    {
        using var folder = new TemporaryFolder();
        var problem = Assert.Throws<ZfDeclException>(() => PrintedReport.Write(folder["index.html"], folder["report.pdf"], folder["gone"]));
        Assert.Equal("ZF1466", problem.Code);
    }

    [BrowserFact]
    public void APageIsPrinted()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["index.html"], "<!DOCTYPE html><title>one</title><p>text");
        PrintedReport.Write(folder["index.html"], folder["report.pdf"], PrintedReport.FindChromium());
        Assert.StartsWith("%PDF-", Encoding.Latin1.GetString(File.ReadAllBytes(folder["report.pdf"])), StringComparison.Ordinal);
    }
}
