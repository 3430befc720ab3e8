using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace ZfDecl.Tests.Reporting.Browser;

/// <summary>The report on paper: printed to PDF by a headless Chromium.</summary>
public sealed partial class PrintedPageTests(ReportInABrowser reports) : IClassFixture<ReportInABrowser>
{
    [BrowserFact]
    public async Task EveryMapIsPrintedThoughNoneCameIntoView() => await AssertPrintsEveryMap(scripts: true);

    [BrowserFact]
    public async Task EveryMapIsPrintedWithoutScripts() => await AssertPrintsEveryMap(scripts: false);

    [BrowserFact]
    public async Task WithoutScriptsEveryMapHasItsPicturesAndTheirTextAlternatives()
    {
        var page = await reports.NewPageAsync();
        await page.SendAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = true });
        await page.OpenAsync(reports.One);
        await page.SendAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = false });
        var alive = await page.EvaluateAsync<int>("document.querySelectorAll('.maps .map:not(:has(.dead))').length");
        Assert.Equal(2 * alive, await page.EvaluateAsync<int>("[...document.querySelectorAll('.strip svg')].filter(one => one.getAttribute('aria-label').startsWith('map ')).length"));
    }

    private async Task AssertPrintsEveryMap(bool scripts)
    {
        var page = await reports.NewPageAsync();
        if (!scripts)
            await page.SendAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = true });
        await page.OpenAsync(reports.One);
        var alive = Regex.Count(await File.ReadAllTextAsync(reports.One), "class=\"strip\"");
        Assert.InRange(alive, 60, 90);
        var pdf = Convert.FromBase64String((string)(await page.SendAsync("Page.printToPDF", new() { ["printBackground"] = false }))["data"]!);
        // Each map draws a row of projections and a row of patches.
        Assert.InRange(Draws(pdf), 2 * alive, 2 * alive + 60);
    }

    /// <summary>How many pictures a PDF paints.</summary>
    private static int Draws(byte[] pdf)
    {
        var (text, count) = (Encoding.Latin1.GetString(pdf), 0);
        foreach (var stream in Streams().EnumerateMatches(text))
        {
            var start = stream.Index + stream.Length;
            using var deflated = new ZLibStream(new MemoryStream(pdf, start, text.IndexOf("endstream", start, StringComparison.Ordinal) - start), CompressionMode.Decompress);
            using var content = new StreamReader(deflated, Encoding.Latin1);
            try
            {
                count += Regex.Count(content.ReadToEnd(), @"/X\d+ Do");
            }
            catch (InvalidDataException)
            {
                // A picture, which is packed otherwise.
            }
        }
        return count;
    }

    [GeneratedRegex(@"stream\r?\n(?<!endstream\r?\n)")]
    private static partial Regex Streams();
}
