namespace ZfDecl.Tests.Reporting.Browser;

/// <summary>The report as a person meets it, in a headless Chromium that reaches no network.</summary>
public sealed class ReportPageTests(ReportInABrowser reports) : IClassFixture<ReportInABrowser>
{
    private const string Focused = "document.activeElement.id";

    [BrowserFact]
    public async Task ThePageOpensFromDiskWithoutAProblem()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One);
        await page.UntilAsync("document.querySelectorAll('.glance [data-drawn]').length === 3");
        await page.EvaluateAsync<bool>("(scrollTo(0, document.body.scrollHeight), true)");
        await page.UntilAsync("document.querySelector('.explorer .square').style.display === 'block' && document.querySelector('[alt=\"a falling line\"]').complete");
        Assert.Equal("Fashion one", await page.EvaluateAsync<string>("document.querySelector('h1').textContent.trim()"));
        Assert.Equal(300, await page.EvaluateAsync<int>("document.querySelector('[alt=\"a falling line\"]').naturalWidth"));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task AnAddressOfTheExplorerShowsTheSameMapHere()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One, "#layer=conv3&map=17&at=2,3&image=data:4");
        await page.UntilAsync($"{Focused} === 'conv3-17'");
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task AnAddressOfAMapIsScrolledToFocusedAndHighlighted()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One, "#conv3-17");
        await page.UntilAsync("document.getElementById('conv3-17').dataset.drawn === ''");
        Assert.Equal("conv3-17", await page.EvaluateAsync<string>(Focused));
        Assert.True(await page.EvaluateAsync<bool>("(() => { const box = document.getElementById('conv3-17').getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; })()"));
        Assert.NotEqual(
            await page.EvaluateAsync<string>("getComputedStyle(document.getElementById('conv3-16')).borderColor"),
            await page.EvaluateAsync<string>("getComputedStyle(document.getElementById('conv3-17')).borderColor"));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task TheContentsTakeAMapsNumber()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One);
        await page.EvaluateAsync<bool>("(document.getElementById('unit').value = 'conv2 9', document.getElementById('jump').requestSubmit(), true)");
        Assert.Equal("conv2-9", await page.EvaluateAsync<string>(Focused));
        await page.EvaluateAsync<bool>("(document.getElementById('unit').value = 'conv2-999', document.getElementById('jump').requestSubmit(), true)");
        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('unit').hasAttribute('aria-invalid')"));
        Assert.Equal("There is no map, layer or class “conv2-999”.", await page.EvaluateAsync<string>("document.getElementById('jump-says').textContent"));
    }

    [BrowserFact]
    public async Task TheContentsTakeALayerAndAClassToo()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One);
        await page.EvaluateAsync<bool>("(document.getElementById('unit').value = 'conv2', document.getElementById('jump').requestSubmit(), true)");
        Assert.Equal("#conv2", await page.EvaluateAsync<string>("location.hash"));
        var name = await page.EvaluateAsync<string>("document.querySelector('.maps .class').textContent.replace(/^\\S+ /, '')");
        await page.EvaluateAsync<bool>($"(document.getElementById('unit').value = {System.Text.Json.JsonSerializer.Serialize(name)}, document.getElementById('jump').requestSubmit(), true)");
        Assert.Contains(name, await page.EvaluateAsync<string>("document.activeElement.querySelector('.class').textContent"), StringComparison.Ordinal);
        Assert.Equal("", await page.EvaluateAsync<string>("document.getElementById('jump-says').textContent"));
    }

    [BrowserFact]
    public async Task AMapIsReachedReadAndEnlargedByKeys()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One, "#conv2-0");
        await page.PressAsync("ArrowRight");
        Assert.Equal("conv2-1", await page.EvaluateAsync<string>(Focused));
        Assert.Equal(1, await page.EvaluateAsync<int>("document.querySelectorAll('#conv2 .map[tabindex=\"0\"]').length"));

        await page.PressAsync("3");
        await page.UntilAsync("!document.getElementById('tip').hidden && document.getElementById('tip').textContent.includes('3 of 9')");
        Assert.Contains("images/<", await page.EvaluateAsync<string>("document.getElementById('tip').textContent"), StringComparison.Ordinal);

        await page.PressAsync("Enter");
        await page.UntilAsync("document.getElementById('zoom').open && document.querySelectorAll('#zoom .pictures').length === 9");
        Assert.Equal("conv2, map 1", await page.EvaluateAsync<string>("document.getElementById('zoom-title').textContent"));
        await page.PressAsync("ArrowRight");
        await page.UntilAsync("document.getElementById('zoom-title').textContent === 'conv2, map 2'");
        await page.PressAsync("Escape");
        // The browser gives the focus back to where it was, and tells of the closing after that.
        await page.UntilAsync($"!document.getElementById('zoom').open && {Focused} === 'conv2-2'");
        Assert.Equal("#conv2-2", await page.EvaluateAsync<string>("location.hash"));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task PointingAtATileSaysWhatItShows()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One, "#conv3-1");
        await page.UntilAsync("document.getElementById('conv3-1').dataset.drawn === ''");
        await page.PointAsync("#conv3-1 .tiles", 0.25, 0.5);     // the middle of the projections: the fifth
        await page.UntilAsync("document.getElementById('tip').textContent.includes('5 of 9')");
        await page.PointAsync("#conv3-1 .tiles", 0.97, 0.97);    // the last patch
        await page.UntilAsync("document.getElementById('tip').textContent.includes('9 of 9')");
    }

    [BrowserFact]
    public async Task AMapIsDrawnFromTheTwoSheetsOfItsLayer()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One, "#conv3-4");
        await page.UntilAsync("document.getElementById('conv3-4').dataset.drawn === ''");
        // Of 9 tiles of 23 across and 30 maps down. What is drawn of it cannot be read back: a browser holds files for foreign.
        Assert.Equal(
            "207×690 207×690",
            await page.EvaluateAsync<string>("zf.sheets(document.getElementById('conv3-4')).then(sheets => sheets.map(sheet => `${sheet.naturalWidth}×${sheet.naturalHeight}`).join(' '))"));
    }

    [BrowserFact]
    public async Task MapsThatHaveLeftTheViewGiveTheirPicturesBack()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One, "#conv1-0");
        await page.UntilAsync("document.getElementById('conv1-0').dataset.drawn === ''");
        await page.UntilAsync("(scrollTo(0, document.body.scrollHeight), document.getElementById('conv1-0').dataset.drawn === undefined)");
        Assert.True(await page.EvaluateAsync<int>("document.querySelectorAll('.maps canvas').length") < 90);
        Assert.Equal(2, await page.EvaluateAsync<int>("document.querySelectorAll('main .figures img').length"));
    }

    [BrowserFact]
    public async Task DeadMapsAreMarked()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One);
        Assert.Equal("map 10dead: no image excites it", await page.EvaluateAsync<string>("document.getElementById('conv3-10').textContent"));
        Assert.Contains("2 dead", await page.EvaluateAsync<string>("document.querySelector('#conv3 .facts').textContent"), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task TheExplorerReadsTheGridUnderPointerAndKeys()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One, "#section-occlude-1");
        await page.UntilAsync("document.querySelector('.explorer .square').style.display === 'block'");
        // 28 pixels, a square of 7 every 3: 8 positions each way. The middle, row 4 and column 4, is the lowest: 0.9 − 0.8.
        Assert.Equal("covered at row 12, column 12", await Read("place"));
        Assert.Equal("10.00\u00A0%", await Read("probability"));
        Assert.Equal("10", await Read("activity"));
        Assert.Equal("Coat", await Read("predicted"));

        await page.PointAsync("[data-pane=image]", 0.01, 0.01);
        await page.UntilAsync("document.querySelector('[data-read=place]').textContent === 'covered at row 0, column 0'");
        Assert.Equal("Bag", await Read("predicted"));

        await page.EvaluateAsync<bool>("(document.querySelector('[data-pane=image]').focus(), true)");
        await page.PressAsync("ArrowRight");
        await page.PressAsync("ArrowDown");
        await page.PressAsync("ArrowDown");
        Assert.Equal("covered at row 6, column 3", await Read("place"));
        Assert.StartsWith("row 6, column 3: probability", await Read("aloud"), StringComparison.Ordinal);
        Assert.Empty(page.Problems);

        Task<string> Read(string name) => page.EvaluateAsync<string>($"document.querySelector('[data-read={name}]').textContent");
    }

    [BrowserFact]
    public async Task TheCurvesAreReadByKeys()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One);
        await page.EvaluateAsync<bool>("(document.querySelector('.chart > svg').focus(), true)");
        await page.PressAsync("Home");
        Assert.StartsWith("epoch 1:   training 1.53   validation 1.50", await page.EvaluateAsync<string>("document.querySelector('.reading').textContent"), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task ColoursFollowTheSystemUntilTheButtonSaysOtherwise()
    {
        var light = await reports.NewPageAsync();
        await light.OpenAsync(reports.One);
        var dark = await reports.NewPageAsync(dark: true);
        await dark.OpenAsync(reports.One);
        Assert.Equal("rgb(255, 255, 255)", await Paper(light));
        Assert.Equal("rgb(21, 24, 28)", await Paper(dark));

        await dark.EvaluateAsync<bool>("(document.getElementById('theme').click(), true)");
        Assert.Equal("rgb(255, 255, 255)", await Paper(dark));
        Assert.Equal("Light: colours light", await dark.EvaluateAsync<string>("document.getElementById('theme').getAttribute('aria-label')"));
        await dark.EvaluateAsync<bool>("(document.getElementById('theme').click(), document.getElementById('theme').click(), true)");

        static Task<string> Paper(BrowserPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
    }

    [BrowserFact]
    public async Task APhoneScrollsDownOnly()
    {
        foreach (var report in new[] { reports.One, reports.Two })
        {
            var page = await reports.NewPageAsync(400, 800, touch: true);
            await page.OpenAsync(report);
            Assert.Equal(400, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
    }

    [BrowserFact]
    public async Task TwoRunsStandSideBySide()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.Two, "#against-conv3-5");
        await page.UntilAsync("document.getElementById('against-conv3-5').dataset.drawn === ''");
        Assert.Equal("Fashion one against two", await page.EvaluateAsync<string>("document.querySelector('h1').textContent.trim()"));
        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('against-conv3-5').getBoundingClientRect().left > document.getElementById('conv3-5').getBoundingClientRect().right"));
        Assert.Equal(4, await page.EvaluateAsync<int>("document.querySelector('.chart').querySelectorAll('.line').length"));
        Assert.Contains("learning-rate", await page.EvaluateAsync<string>("document.querySelector('#summary tr.differs:last-of-type').parentElement.textContent"), StringComparison.Ordinal);
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task EveryPartHasANameAndNothingIsNamedTwice()
    {
        foreach (var report in new[] { reports.One, reports.Two })
        {
            var page = await reports.NewPageAsync();
            await page.OpenAsync(report);
            await page.UntilAsync("document.querySelectorAll('.glance [data-drawn]').length === 3 || document.querySelectorAll('.beside').length > 0");
            Assert.Equal("", await page.EvaluateAsync<string>(
                """
                (() => {
                  const found = [], all = query => [...document.querySelectorAll(query)];
                  const named = element => (element.getAttribute("aria-label") ?? document.getElementById(element.getAttribute("aria-labelledby"))?.textContent ?? element.querySelector("img")?.alt ?? element.textContent).trim().length > 0;
                  if (all("h1").length !== 1) found.push("there is not one h1");
                  for (const landmark of ["header", "nav", "main"]) if (all(landmark).length !== 1) found.push(`there is not one ${landmark}`);
                  for (const image of all("img")) if (!image.alt) found.push(`${image.src} has no alt`);
                  for (const button of all("button, a")) if (!named(button)) found.push(`${button.outerHTML} has no name`);
                  for (const input of all("input")) if (!input.labels.length) found.push(`${input.outerHTML} has no label`);
                  for (const drawing of all("svg, canvas")) if (!drawing.getAttribute("aria-label") && drawing.getAttribute("aria-hidden") !== "true") found.push(`${drawing.outerHTML.slice(0, 80)} has no name`);
                  for (const box of all(".scroll, [role=region], [role=group]")) if (!box.getAttribute("aria-label")) found.push(`${box.outerHTML.slice(0, 80)} has no name`);
                  const ids = all("[id]").map(element => element.id);
                  for (const id of new Set(ids)) if (ids.filter(other => other === id).length > 1) found.push(`${id} is there twice`);
                  for (const link of all('a[href^="#"]')) if (![link.getAttribute("href").slice(1), decodeURIComponent(link.getAttribute("href").slice(1))].some(id => document.getElementById(id))) found.push(`${link.getAttribute("href")} leads nowhere`);
                  let level = 1;
                  for (const heading of all("h1, main h2, main h3, main h4")) { const now = Number(heading.tagName[1]); if (now > level + 1) found.push(`${heading.textContent} skips a level`); level = now; }
                  return found.join("\n");
                })()
                """));
        }
    }
}
