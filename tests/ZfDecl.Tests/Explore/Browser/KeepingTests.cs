using ZfDecl.Tests.Reporting.Browser;

namespace ZfDecl.Tests.Explore.Browser;

/// <summary>The board: pinned, annotated, saved, shown again.</summary>
[Collection(ExplorerInABrowser.Name)]
public sealed class KeepingTests(ExplorerInABrowser explorer)
{
    [BrowserFact]
    public async Task WhatIsPinnedIsKeptWithItsNoteAndShownAgain()
    {
        await using var page = await explorer.OpenAsync("layer=conv2&map=5&image=data:3");
        await page.PressAsync("k");
        await page.UntilAsync("document.getElementById('says').textContent.startsWith('Pinned: conv2, map 5')");
        await page.PressAsync("l");
        await page.Page.FillAsync("#pins li:last-child textarea", "a collar");
        await page.Page.WaitForResponseAsync(response => response.Url.EndsWith("/api/board", StringComparison.Ordinal) && response.Request.Method == "PUT");
        await using var again = await explorer.OpenAsync("layer=conv3&image=data:1");
        await again.PressAsync("l");
        Assert.Equal("a collar", await again.EvaluateAsync<string>("document.querySelector('#pins li:last-child textarea').value"));
        await again.UntilAsync("document.querySelector('#pins li:last-child img').naturalWidth > 0 && !document.querySelector('#pins li:last-child img').hidden");
        var download = await again.Page.RunAndWaitForDownloadAsync(() => again.Page.SelectOptionAsync("#pins li:last-child select", "csv"));
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains("conv2", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
        await again.ClickAsync("#pins li:last-child button.plain");
        await again.UntilAsync("document.getElementById('unit-name').textContent === 'conv2, map 5'");
        Assert.Empty(again.Problems);
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task WhatIsShownIsSavedInEveryFormat()
    {
        await using var page = await explorer.OpenAsync("layer=conv2&map=5&image=data:3");
        foreach (var (format, holds) in new[] { ("png", "\u0089PNG"), ("svg", "<svg"), ("csv", "conv2"), ("safetensors", "\"F32\"") })
        {
            var download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.SelectOptionAsync("[data-save-unit] select", format));
            var bytes = await File.ReadAllBytesAsync(await download.PathAsync());
            Assert.Contains(holds, System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
            Assert.True(bytes.Length > 40, $"{format}: {bytes.Length} bytes");
        }
        Assert.Empty(page.Problems);
    }
}
