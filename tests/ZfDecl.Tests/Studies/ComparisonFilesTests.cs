using System.Net;
using System.Text.RegularExpressions;
using SkiaSharp;
using ZfDecl.Runs;
using ZfDecl.Studies.Comparison;

namespace ZfDecl.Tests.Studies;

public sealed class ComparisonFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ThePageHasTheTableWithTheDifferencesAndThePapersNumbers()
    {
        var page = Page();
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Contains("""<tr><th scope="row">2</th><td class="text">wide <b></td><td>2</td><td>5.0±0.0</td><td>12.0±1.4</td><td>−3.0±0.0 (1)</td>""", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("<td>33.1</td><td>38.4</td><td></td></tr>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void TheBarsAreAsLongAsTheErrors()
    {
        // The first row's validation error is 15 %, its training error 10 %: both bars begin at the axis, with lengths as 3 : 2.
        var bars = Page().Split("<rect x=")[1..].Select(bar => double.Parse(bar.Split("width=\"")[1].Split('"')[0], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(4, bars.Length);
        Assert.Equal(1.5, bars[0] / bars[1], 0.01);
        Assert.Equal(15.0 / 12, bars[0] / bars[2], 0.01);
    }

    [Fact]
    public void ThePageSaysWhatWasRun()
    {
        var page = Page();
        foreach (var fact in (string[])["dotnet msbuild -t:Ablate", "data-hash", "spec-hash", "2026-01-02 03:04 UTC", "TorchSharp", "Net/study-a-s1"])
            Assert.Contains(fact, page, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePictureHasBarsWithDeviations()
    {
        Page();
        using var picture = SKBitmap.Decode(folder["errors.png"]);
        // The right half of the middle is the validation chart; a whisker is the only thing in its bars that is darker than they are.
        var dark = 0;
        for (var x = picture.Width * 58 / 100; x < picture.Width * 95 / 100; x++)
            for (var y = picture.Height * 38 / 100; y < picture.Height * 70 / 100; y++)
                dark += picture.GetPixel(x, y) is { Red: < 90, Green: < 90, Blue: < 90 } ? 1 : 0;
        Assert.InRange(dark, 20, 2000);
    }

    [Theory]
    [InlineData("narrow", true)]
    [InlineData("a network with so long a name that it has no room", false)]
    public void BarsAreNamedByTheirRowsWhereTheNamesHaveRoomAndNumberedElse(string name, bool isBelowBar)
    {
        Page(name);
        string[] texts = [.. Regex.Matches(File.ReadAllText(folder["errors.svg"]), "<text[^>]*>([^<]*)").Select(text => text.Groups[1].Value.Trim())];
        Assert.Equal(isBelowBar ? 2 : 0, texts.Count(text => text == name));            // one in each chart
        Assert.Equal(isBelowBar ? 0 : 1, texts.Count(text => text.Contains($"1 {name}", StringComparison.Ordinal)));
    }

    private string Page(string name = "narrow")
    {
        ComparedRow first = new(name, "Net", [Row("a", 1, 0.10, 0.14), Row("a", 2, 0.10, 0.16)], null);
        ComparedRow second = new("wide <b>", "Net", [Row("b", 1, 0.05, 0.11), Row("b", 2, 0.05, 0.13)], new(33.1, 38.4, null), first);
        var record = new StudyRecord
        {
            Study = "Ablate study",
            Networks = [new("Net", "spec-hash", "trained by the study", null)],
            Seed = 1,
            DataHash = "data-hash",
            Data = "two images",
            Settings = [new RunSetting("jobs", "2", "property")],
            CommandLine = "dotnet msbuild -t:Ablate",
            Started = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
        };
        return File.ReadAllText(ComparisonFiles.Write(folder.Path, "Two rows", ["What was done."], [first, second], record));
    }

    private static TrainedRow Row(string label, int seed, double train, double val) => new(label, "Net", $"study-{label}-s{seed}", seed, train, val, 0.01, 1000, 60) { Threads = 1 };
}
