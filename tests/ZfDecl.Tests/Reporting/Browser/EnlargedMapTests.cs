namespace ZfDecl.Tests.Reporting.Browser;

/// <summary>A map enlarged: the whole image around a unit's window, and the scale of its projections.</summary>
public sealed class EnlargedMapTests(ReportInABrowser reports) : IClassFixture<ReportInABrowser>
{
    [BrowserFact]
    public async Task BesideThePatchStandsTheWholeImageWithAFrame()
    {
        var page = await Enlarged("conv1-3");
        await page.UntilAsync("[...document.querySelectorAll('#zoom .pictures')].every(pictures => pictures.children.length === 3 && pictures.lastChild.width > 200)");
        Assert.Equal("the whole image, a frame around what unit 1 sees", await page.EvaluateAsync<string>("document.querySelector('#zoom .pictures').lastChild.getAttribute('aria-label')"));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task TheFrameIsTheUnitsWindowWithinTheImage()
    {
        var page = await Enlarged("conv1-3");
        // Row 3 of windows of 5 with stride 2 that begin 2 above the image: rows 4 … 8 of 28. In row 0, what lies above the image is cut off; a window as long as the image is all of it.
        foreach (var (row, window, from, to) in new[] { (3, 5, 4, 9), (0, 5, 0, 3), (9, 28, 0, 28) })
            Assert.Equal($"{from} {to}", await page.EvaluateAsync<string>($"zf.windowOf({{ window: [{window}, 1], input: [28, 28], field: [2, 1, -2, 0] }}, 0, {row}).map(share => Math.round(28 * share)).join(' ')"));
    }

    [BrowserFact]
    public async Task AProjectionOnItsOwnScaleUsesAllShadesAndSaysWhichScaleThatIs()
    {
        var page = await Enlarged("conv3-3");
        Assert.Contains("One scale for all projections of the layer", await Hint(page), StringComparison.Ordinal);
        await page.EvaluateAsync<bool>("(document.getElementById('own-scale').focus(), true)");
        await page.PressAsync(" ");
        Assert.Contains("Each projection on its own scale", await Hint(page), StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("""
            (() => {
              const { units } = zf.layerOf(document.getElementById("conv3-3")).maps[3], { scale } = zf.layerOf(document.getElementById("conv3-3"));
              return [...document.querySelectorAll("#zoom .pictures")].every((pictures, i) => {
                const stretch = Math.min(16, 1 / units[i][5]), shown = Number(pictures.nextSibling.textContent.replace("scale ±", ""));
                return Math.abs(shown * stretch / scale - 1) < .01 && Math.abs(Number(pictures.firstChild.style.filter.match(/[\d.]+/) ?? 1) / stretch - 1) < .01 && pictures.children[1].style.filter === "";
              }) && units.some(unit => unit[5] < 1);
            })()
            """));
        await page.PressAsync(" ");
        Assert.Equal("", await page.EvaluateAsync<string>("[...document.querySelectorAll('#zoom .pictures canvas')].map(canvas => canvas.style.filter).join('') + document.querySelectorAll('#zoom .own-scale').length.toString().replace('0', '')"));
        Assert.Empty(page.Problems);
    }

    private static Task<string> Hint(BrowserPage page) => page.EvaluateAsync<string>("document.querySelector('#zoom > .hint').textContent");

    private async Task<BrowserPage> Enlarged(string map)
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One, $"#{map}");
        await page.EvaluateAsync<bool>($"(document.getElementById('{map}').click(), true)");
        await page.UntilAsync("document.getElementById('zoom').open && document.querySelectorAll('#zoom .pictures').length > 0");
        return page;
    }
}
