using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using ZfDecl.Tests.Reporting.Browser;

namespace ZfDecl.Tests.Explore.Browser;

/// <summary>For those who cannot see or point, and on a small screen.</summary>
[Collection(ExplorerInABrowser.Name)]
public sealed class EverybodyTests(ExplorerInABrowser explorer)
{
    [BrowserFact]
    public async Task AxeFindsNothingSeriousInBothThemesAndSizes()
    {
        foreach (var (width, light, dark) in new[] { (1280, "c", "i"), (390, "l", "e") })
        {
            await using var page = await explorer.OpenAsync("layer=conv3&map=3&image=data:3", width, 844);
            foreach (var (scheme, key) in new[] { (ColorScheme.Light, light), (ColorScheme.Dark, dark) })
            {
                await page.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await page.PressAsync("Escape");
                await page.PressAsync(key);
                await AssertAccessible(page);
            }
            Assert.Empty(page.Problems);
        }
    }

    [BrowserFact]
    public async Task NothingIsWiderThanASmallScreen()
    {
        await using var page = await explorer.OpenAsync("layer=conv1&map=3&image=data:3", 390, 844);
        foreach (var key in (string[])["c", "e", "h", "z"])
        {
            await page.PressAsync(key);
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 390, $"after {key}");
        }
        // Fingers meet nothing smaller than 24 pixels (WCAG 2.2, 2.5.8).
        Assert.Equal("", await page.EvaluateAsync<string>("[...document.querySelectorAll('button, select')].filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 24).map(one => one.outerHTML.slice(0, 80)).join('\\n')"));
    }

    [BrowserFact]
    public async Task EverythingCanBeDoneByKey()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&map=3&image=data:3");
        foreach (var (key, shown) in new[]
        {
            ("]", "layer=pool3"), ("[", "layer=conv3"), (".", "map="), (",", "map="), ("2", "at="), ("Shift+Digit2", "class="), ("w", "whole=yes"), ("w", "map="), ("x", "unpool=overwrite"), ("s", "scale=one"), ("o", "sort=strength"),
            ("p", "place=in-place"), ("d", "rule=mask"), ("c", "cover="), ("r", "image=data:"),
        })
        {
            await page.PressAsync(key);
            await page.UntilAsync($"location.hash.includes('{shown}')");
        }
        foreach (var (key, focused) in new[] { ("m", ".tiles-field"), ("g", "#graph [aria-current]"), ("v", "#stage") })
        {
            await page.PressAsync(key);
            Assert.True(await page.EvaluateAsync<bool>($"document.activeElement.matches('{focused}')"), key);
        }
        await page.PressAsync("m");
        var map = await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-valuetext')");
        await page.PressAsync("ArrowRight");
        Assert.NotEqual(map, await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-valuetext')"));
        await page.PressAsync("?");
        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('help').open"));
        Assert.True(await page.EvaluateAsync<int>("document.querySelectorAll('#keys kbd').length") > 25);
        Assert.Empty(page.Problems);
    }

    private static async Task AssertAccessible(ExplorerPage page)
    {
        // Of what is well it needs no list of elements, which takes it longest.
        var found = await page.Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.True(found.Passes.Length > 15);
        Assert.Equal("", string.Join('\n', found.Violations.Where(one => one.Impact is "serious" or "critical").SelectMany(one => one.Nodes.Select(node => $"{one.Id}: {node.Html}"))));
    }
}
