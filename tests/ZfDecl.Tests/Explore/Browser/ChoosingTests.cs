using ZfDecl.Tests.Reporting.Browser;

namespace ZfDecl.Tests.Explore.Browser;

/// <summary>Images of the data set, and of one's own.</summary>
[Collection(ExplorerInABrowser.Name)]
public sealed class ChoosingTests(ExplorerInABrowser explorer)
{
    [BrowserFact]
    public async Task ImagesAreFoundByClassAndNameAndChosenByKey()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&image=data:0");
        await page.PressAsync("i");
        await page.UntilAsync("document.querySelectorAll('#thumbnails li').length > 50");
        await page.Page.SelectOptionAsync("#of-class", new Microsoft.Playwright.SelectOptionValue { Label = "Bag" });
        await page.UntilAsync("[...document.querySelectorAll('#thumbnails span')].length > 20 && [...document.querySelectorAll('#thumbnails span')].every(one => one.textContent.startsWith('Bag'))");
        // Lazy: the last of many is not loaded.
        await page.UntilAsync("[...document.querySelectorAll('#thumbnails img')].slice(0, 5).every(one => one.complete && one.naturalWidth > 0)");
        await page.Page.FocusAsync("#thumbnails button");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        var second = await page.EvaluateAsync<string>("document.activeElement.dataset.image");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.UntilAsync($"location.hash.includes('image={second}')");
        await page.RestAsync();
        Assert.Equal("Bag", await page.TextAsync("#stage-room .reading b"));
        Assert.False(await page.EvaluateAsync<bool>("document.getElementById('chooser').open"));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task APictureOfOnesOwnIsOpenedDroppedAndPasted()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&image=data:0");
        var seen = await page.PictureAsync("#stage canvas");
        var (picture, text) = (explorer.PathFor("own.png"), explorer.PathFor("text.png"));
        await File.WriteAllBytesAsync(picture, Picture());
        await File.WriteAllTextAsync(text, "no picture");
        await page.Page.SetInputFilesAsync("#file", picture);
        await page.UntilAsync("location.hash.includes('image=own:')");
        await page.RestAsync();
        Assert.NotEqual(seen, await page.PictureAsync("#stage canvas"));
        var first = page.Fragment;
        Assert.Empty(page.Problems);
        foreach (var (kind, property) in new[] { ("drop", "dataTransfer"), ("paste", "clipboardData") })
        {
            await page.EvaluateAsync<bool>($$"""
                (() => {
                  const files = new DataTransfer();
                  files.items.add(new File([Uint8Array.from(atob("{{Convert.ToBase64String(Picture())}}"), c => c.charCodeAt(0))], "{{kind}}.png", { type: "image/png" }));
                  const event = new Event("{{kind}}", { bubbles: true, cancelable: true });
                  Object.defineProperty(event, "{{property}}", { value: files });
                  document.body.dispatchEvent(event);
                  return true;
                })()
                """);
            await page.UntilAsync($"document.getElementById('says').textContent.startsWith('{kind}.png')");
            await page.RestAsync();
            Assert.Contains("image=own:", page.Fragment, StringComparison.Ordinal);
        }
        // What is no picture is refused in words, and what was shown stays.
        await page.Page.SetInputFilesAsync("#file", text);
        await page.UntilAsync("document.getElementById('says').classList.contains('problem')");
        Assert.StartsWith("ZF", await page.TextAsync("#says"), StringComparison.Ordinal);
        Assert.NotEmpty(first);
    }

    [BrowserFact]
    public async Task TheCameraIsLookedAt()
    {
        await using var page = await explorer.OpenAsync("layer=conv3&image=data:0");
        await page.Page.ClickAsync("#open-camera");
        await page.UntilAsync("document.getElementById('video').videoWidth > 0");
        await page.Page.ClickAsync("#shoot");
        await page.UntilAsync("location.hash.includes('image=own:')");
        await page.RestAsync();
        Assert.Empty(page.Problems);
    }

    /// <summary>A picture of 40×30 pixels with a bright square.</summary>
    private static byte[] Picture()
    {
        using var bitmap = new SkiaSharp.SKBitmap(40, 30);
        bitmap.Erase(SkiaSharp.SKColors.Black);
        using (var canvas = new SkiaSharp.SKCanvas(bitmap))
            canvas.DrawRect(10, 5, 18, 20, new SkiaSharp.SKPaint { Color = SkiaSharp.SKColors.White });
        using var encoded = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    }
}
