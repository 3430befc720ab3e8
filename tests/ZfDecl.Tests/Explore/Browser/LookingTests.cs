using ZfDecl.Tests.Reporting.Browser;

namespace ZfDecl.Tests.Explore.Browser;

/// <summary>From an image to classes, tiles, units and projections, and back.</summary>
[Collection(ExplorerInABrowser.Name)]
public sealed class LookingTests(ExplorerInABrowser explorer)
{
    private const string Tiles = "#tiles .side:first-child canvas", Deconvnet = "#projections .side:first-child figure:nth-child(2) canvas";

    [BrowserFact]
    public async Task AnImageIsChosenAndItsClassesTilesAndStrongestUnitAreShown()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&image=data:17");
        Assert.Equal("Fashion", await page.TextAsync("#spec"));
        Assert.Equal("conv3", await page.TextAsync("#layer-name"));
        Assert.Equal("64 maps of 7×7", await page.TextAsync("#layer-shape"));
        Assert.Equal(5, await page.EvaluateAsync<int>("document.querySelectorAll('.classes li:not([hidden])').length"));
        // What is written beside the bars is what the server says of the image.
        var said = await page.EvaluateAsync<string>("""
            (async () => {
              const answer = await (await fetch("/api/look", { method: "POST", headers: { "Content-Type": "application/json", "X-Zf-Lane": "test" }, body: JSON.stringify({ subject: { net: 0, image: "data:17" }, layer: "conv3" }) })).json();
              return answer.top.map(one => `${one.name} ${(100 * one.probability).toFixed(2)}`).join("|") + ` strongest ${answer.max.indexOf(Math.max(...answer.max))}`;
            })()
            """);
        var shown = await page.EvaluateAsync<string>("[...document.querySelectorAll('#classes .side:first-child li:not([hidden])')].map(row => `${row.querySelector('.name').textContent} ${row.querySelector('.value').textContent.replace('\\u00a0%', '')}`).join('|')");
        Assert.Equal(said, $"{shown} strongest {await page.EvaluateAsync<string>("document.querySelector('.tiles-field').getAttribute('aria-valuenow')")}");
        Assert.Contains("map=", page.Fragment, StringComparison.Ordinal);
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task AnotherImageChangesTilesClassesAndProjection()
    {
        await using var page = await explorer.OpenAsync("layer=conv2&map=3&image=data:0");
        var before = (await page.PictureAsync(Tiles), await page.PictureAsync(Deconvnet), await page.TextAsync("#classes .side:first-child"));
        await page.PressAsync("n");
        Assert.Contains("image=data:1", page.Fragment, StringComparison.Ordinal);
        Assert.NotEqual(before.Item1, await page.PictureAsync(Tiles));
        Assert.NotEqual(before.Item2, await page.PictureAsync(Deconvnet));
        Assert.NotEqual(before.Item3, await page.TextAsync("#classes .side:first-child"));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task ATileLeadsToItsMapAndAUnitOfItToItsProjectionAndBackLeadsBack()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&map=0&image=data:3");
        // The tiles are 64 in rows of as many as fit; the second one is map 1.
        await page.Page.ClickAsync(".tiles-field", new() { Position = new() { X = 60, Y = 15 } });
        await page.RestAsync();
        Assert.Equal("conv3, map 1", await page.TextAsync("#unit-name"));
        await page.Page.EvaluateAsync("document.querySelector('.map-field').scrollIntoView({ block: 'center' })");
        var box = (await page.Page.Locator(".map-field").First.BoundingBoxAsync())!;
        await page.Page.Mouse.ClickAsync(box.X + (box.Width * 3.5f / 7), box.Y + (box.Height * 2.5f / 7));
        await page.RestAsync();
        await page.UntilAsync("location.hash.includes('at=2,3')");
        Assert.StartsWith("row 2, column 3", await page.TextAsync(".map-side .reading"), StringComparison.Ordinal);
        await page.Page.GoBackAsync();
        await page.RestAsync();
        Assert.DoesNotContain("at=2,3", page.Fragment, StringComparison.Ordinal);
        Assert.Contains("map=1", page.Fragment, StringComparison.Ordinal);
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task ProjectionsStandOnOneScaleOrEachOnItsOwnCroppedInPlaceOrOverTheImage()
    {
        await using var page = await explorer.OpenAsync("layer=conv2&map=3&image=data:3");
        Assert.Contains("one scale for all", await page.TextAsync("#projections .scale"), StringComparison.Ordinal);
        async Task<string> AllRules() => string.Join(' ', await Task.WhenAll(Enumerable.Range(2, 3).Select(rule => page.PictureAsync($"#projections .side:first-child figure:nth-child({rule}) canvas"))));
        var (cropped, one) = (await page.EvaluateAsync<int>($"document.querySelector('{Deconvnet}').width"), await AllRules());
        await page.Page.CheckAsync("input[name=rules][value=own]");
        await page.RestAsync();
        Assert.Contains("each on its own scale", await page.TextAsync("#projections .scale"), StringComparison.Ordinal);
        Assert.NotEqual(one, await AllRules());
        await page.PressAsync("p");
        Assert.Equal(28, await page.EvaluateAsync<int>($"document.querySelector('{Deconvnet}').width"));
        Assert.True(cropped < 28, $"the crop was {cropped} wide");
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('#stage .over').hidden"));
        await page.PressAsync("p");
        Assert.False(await page.EvaluateAsync<bool>("document.querySelector('#stage .over').hidden"));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task TheScoreOfAClassAndAWholeLayerAreProjected()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&map=3&image=data:3");
        var unit = await page.PictureAsync(Deconvnet);
        await page.ClickAsync("#classes .class");
        Assert.StartsWith("Score of ", await page.TextAsync("#unit-name"), StringComparison.Ordinal);
        var score = await page.PictureAsync(Deconvnet);
        Assert.False(await page.Page.Locator("#carried-by").IsVisibleAsync());      // the chain above was the unit's
        await page.ClickAsync("#whole");
        Assert.Equal("conv3, all maps at once", await page.TextAsync("#unit-name"));
        var whole = await page.PictureAsync(Deconvnet);
        Assert.Equal(3, new[] { unit, score, whole }.Distinct().Count());
        await page.ClickAsync("#to-unit");
        Assert.Equal(unit, await page.PictureAsync(Deconvnet));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task TheChainLeadsDownAndTheBrowserUpAgain()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&map=3&image=data:3");
        var name = await page.EvaluateAsync<string>("document.querySelector('.chain button').textContent");
        await page.ClickAsync(".chain button");
        var place = await page.TextAsync("#unit-name");
        Assert.StartsWith(place, name, StringComparison.Ordinal);
        Assert.DoesNotContain("conv3", place, StringComparison.Ordinal);
        await page.Page.GoBackAsync();
        await page.UntilAsync("document.querySelector('#unit-name').textContent === 'conv3, map 3'");
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task TilesAreSortedByStrengthAndByClass()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&map=3&image=data:3");
        var byNumber = await page.PictureAsync(Tiles);
        await page.PressAsync("o");
        Assert.NotEqual(byNumber, await page.PictureAsync(Tiles));
        // The first tile is the strongest of all.
        await page.Page.ClickAsync(".tiles-field", new() { Position = new() { X = 10, Y = 10 } });
        await page.RestAsync();
        var strengths = await page.EvaluateAsync<double[]>("(async () => (await import('/app/looking.js')).found[0].look.max)()");
        Assert.Equal($"conv3, map {Array.IndexOf(strengths, strengths.Max())}", await page.TextAsync("#unit-name"));
        var byStrength = await page.PictureAsync(Tiles);
        await page.PressAsync("o");
        await page.UntilAsync($"{ExplorerPage.Picture(Tiles)} !== {byStrength}");
        await page.UntilAsync("location.hash.includes('sort=class')");
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task TheStrongestUnitsOfTheDataSetAreFoundAndLeadToTheirImages()
    {
        await using var page = await explorer.OpenAsync("layer=conv1&map=3&image=data:3");
        await page.UntilAsync("document.querySelectorAll('.nine li').length === 9 && [...document.querySelectorAll('.nine img')].every(one => one.complete && one.naturalWidth > 0)");
        Assert.Equal(18, await page.EvaluateAsync<int>("document.querySelectorAll('.nine img').length"));
        await page.ClickAsync(".nine li:nth-child(2) button");
        Assert.DoesNotContain("image=data:3&", page.Fragment, StringComparison.Ordinal);
        Assert.Contains("at=", page.Fragment, StringComparison.Ordinal);
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task AnotherRunStandsBesideThisOneOnTheSameImage()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&map=3&image=data:3");
        Assert.False(await page.Page.Locator("#tiles .side:nth-child(2)").IsVisibleAsync());
        await page.Page.SelectOptionAsync("#beside", "run:Fashion/untrained");
        await page.UntilAsync("location.hash.includes('beside=')");
        await page.RestAsync();
        foreach (var part in (string[])["classes", "tiles", "map", "projections", "carried-by"])
            Assert.Equal("Fashion · shipped|Fashion · untrained", await page.EvaluateAsync<string>($"[...document.querySelectorAll('#{part} .side-title')].map(one => one.textContent).join('|')"));
        Assert.NotEqual(await page.PictureAsync(Tiles), await page.PictureAsync("#tiles .side:nth-child(2) canvas"));
        var classes = await page.TextAsync("#classes .side:nth-child(2)");
        Assert.NotEqual(await page.TextAsync("#carried-by .side .chain"), await page.TextAsync("#carried-by .side:nth-child(2) .chain"));
        await page.UntilAsync("[...document.querySelectorAll('.nine')].every(one => one.children.length === 9)");
        Assert.NotEqual(await page.TextAsync(".nine"), await page.TextAsync(".side:nth-child(2) > .nine"));
        await page.PressAsync("n");
        Assert.NotEqual(classes, await page.TextAsync("#classes .side:nth-child(2)"));
        await using var again = await explorer.OpenAsync(page.Fragment[1..]);
        Assert.Equal(await page.TextAsync("#classes .side:nth-child(2)"), await again.TextAsync("#classes .side:nth-child(2)"));
        Assert.Empty(page.Problems);
        Assert.Empty(again.Problems);
    }

    [BrowserFact]
    public async Task AnAddressOfTheReportShowsTheSame()
    {
        await using var page = await explorer.OpenAsync("conv2-17");
        Assert.Equal("conv2, map 17", await page.TextAsync("#unit-name"));
        await using var again = await explorer.OpenAsync(page.Fragment[1..]);
        Assert.Equal(page.Fragment, again.Fragment);
        Assert.Equal(await page.PictureAsync(Deconvnet), await again.PictureAsync(Deconvnet));
        // What makes no sense is as it begins.
        await using var odd = await explorer.OpenAsync("layer=nothing&map=9999&at=x&image=data:99&rule=none&view=1");
        Assert.Equal("conv3", await odd.TextAsync("#layer-name"));
        Assert.Empty(odd.Problems);
    }
}
