namespace ZfDecl.Tests.Reporting.Browser;

/// <summary>Maps sorted and filtered, the enlarged map's address, the kept epoch, and charts enlarged.</summary>
public sealed class SiftedMapsTests(ReportInABrowser reports) : IClassFixture<ReportInABrowser>
{
    [BrowserFact]
    public async Task MapsAreSortedByStrengthAndBackByNumber()
    {
        var page = await Page();
        await Choose(page, "sort", "value");
        Assert.True(await page.EvaluateAsync<bool>("(values => values.every((value, i) => i === 0 || values[i - 1] >= value))([...document.querySelectorAll('#conv3 .map')].map(map => Number(map.dataset.value ?? -1)))"));
        Assert.Equal("dead: no image excites it", await page.EvaluateAsync<string>("document.querySelector('#conv3 li:last-child .dead').textContent"));
        await Choose(page, "sort", "");
        Assert.Equal("0 1 2 3", await page.EvaluateAsync<string>("[...document.querySelectorAll('#conv3 .map')].slice(0, 4).map(map => map.id.split('-')[1]).join(' ')"));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task DeadMapsAreShownAloneAndLeftOut()
    {
        var page = await Page();
        await Choose(page, "layer", "conv3");
        await Choose(page, "state", "dead");
        Assert.Equal("2 of 90 maps", await Count(page));
        Assert.Equal("conv3-10", await page.EvaluateAsync<string>("document.querySelector('#conv3 li:not([hidden]) .map').id"));
        await Choose(page, "state", "alive");
        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('#conv3 li:not([hidden]) .dead').length"));
    }

    [BrowserFact]
    public async Task MapsOfAClassAreThoseMostOfWhoseUnitsAreOfIt()
    {
        var page = await Page();
        var name = await page.EvaluateAsync<string>("document.querySelector('.maps .map[data-class]').dataset.class");
        await Choose(page, "class", name);
        Assert.Equal("true", await page.EvaluateAsync<string>($"String([...document.querySelectorAll('.maps li:not([hidden]) .map')].every(map => map.dataset.class === {System.Text.Json.JsonSerializer.Serialize(name)}))"));
        await Choose(page, "state", "dead");
        Assert.Equal("No map is like that.", await Count(page));
    }

    [BrowserFact]
    public async Task TheChoiceStandsInTheAddressAndAMapThatIsGoneToIsShownAgain()
    {
        var page = await Page("?layer=conv3&state=dead");
        Assert.Equal("2 of 90 maps", await Count(page));
        await page.EvaluateAsync<bool>("(document.getElementById('unit').value = 'conv2 9', document.getElementById('jump').requestSubmit(), true)");
        Assert.Equal("conv2-9", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("#conv2-9", await page.EvaluateAsync<string>("location.search + location.hash"));
    }

    [BrowserFact]
    public async Task TheAddressFollowsTheArrowsOfAnEnlargedMapWhichPassWhatIsHidden()
    {
        var page = await Page();
        await Choose(page, "state", "alive");
        await page.EvaluateAsync<bool>("(document.getElementById('conv3-9').click(), true)");
        await page.UntilAsync("document.getElementById('zoom').open");
        await page.PressAsync("ArrowRight");
        await page.UntilAsync("location.hash === '#conv3-11' && document.getElementById('zoom-title').textContent === 'conv3, map 11'");
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task TheKeptEpochIsMarkedInEachCurve()
    {
        var page = await Page();
        Assert.Equal("kept kept kept", await page.EvaluateAsync<string>("[...document.querySelectorAll('.chart .mark text')].map(text => text.textContent).join(' ')"));
    }

    [BrowserFact]
    public async Task AChartIsEnlargedOnAPhoneAndReturnsToItsPlace()
    {
        var page = await reports.NewPageAsync(400, 800, touch: true);
        await page.OpenAsync(reports.One);
        var before = await page.EvaluateAsync<int>("Math.round(document.querySelector('.chart > svg').getBoundingClientRect().width)");
        await page.EvaluateAsync<bool>("(document.querySelector('.chart .enlarge').click(), true)");
        Assert.True(await page.EvaluateAsync<int>("Math.round(document.querySelector('#large .chart > svg').getBoundingClientRect().width)") > 1.5 * before);
        Assert.Equal("Loss", await page.EvaluateAsync<string>("document.getElementById('large-title').textContent"));
        await page.EvaluateAsync<bool>("(document.querySelector('#large [data-close]').click(), true)");
        await page.UntilAsync("document.querySelector('.charts').firstElementChild.querySelector('.chart-title').textContent === 'Loss'");
        Assert.Empty(page.Problems);
    }

    private async Task<BrowserPage> Page(string address = "")
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One, address);
        return page;
    }

    private static Task<bool> Choose(BrowserPage page, string field, string value) => page.EvaluateAsync<bool>(
        $"(document.getElementById('sift').elements[{System.Text.Json.JsonSerializer.Serialize(field)}].value = {System.Text.Json.JsonSerializer.Serialize(value)}, document.getElementById('sift').dispatchEvent(new Event('input')), true)");

    private static Task<string> Count(BrowserPage page) => page.EvaluateAsync<string>("document.getElementById('sift').elements.count.textContent");
}
