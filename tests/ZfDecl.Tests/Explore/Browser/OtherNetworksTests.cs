using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Explore.Browser;

/// <summary>The page on networks in colour, at 64 pixels and at 224.</summary>
[Collection(ExplorerInABrowser.Name)]
public sealed class OtherNetworksTests(ExplorerInABrowser browser) : IDisposable
{
    // Names of classes may be longer than their bars.
    private const string Cat = "Egyptian cat that sleeps on a sofa all afternoon", Dog = "dog";

    private static readonly string[] Names = [$"{Cat}/1.png", $"{Cat}/2.png", $"{Cat}/3.png", $"{Dog}/1.png", $"{Dog}/2.png", $"{Dog}/3.png"];

    private readonly TemporaryFolder pictures = new();

    public void Dispose() => pictures.Dispose();

    [BrowserTheory]
    [InlineData("Shapes", "conv2", 64)]
    [InlineData("Zf8", "conv3", 224)]
    public async Task ImagesAndProjectionsAreInColourAndTheSquareIsFollowed(string spec, string layer, int side)
    {
        foreach (var (i, name) in Names.Index())
            File.WriteAllBytes(pictures[name.Split('/')], Pictures.Png(80, 80, (x, y) => Pictures.Noise((x / 9) + (11 * i), (y / 7) + i)));
        await using var explorer = await RunningExplorer.Start($"spec={spec}", "run=untrained", $"data={pictures.Path}", "split=train", "seed=3");
        await using var page = await browser.OpenAsync(explorer, $"layer={layer}&image=data:0&place=over", dark: spec == "Zf8");
        Assert.Equal(side, await page.EvaluateAsync<int>("document.querySelector('#stage canvas').width"));
        foreach (var canvas in new[] { "#stage canvas", "#projections figure:nth-child(2) canvas" })
        {
            Assert.True(await page.EvaluateAsync<bool>($$"""
                (() => {
                  const canvas = document.querySelector("{{canvas}}"), copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
                  copy.drawImage(canvas, 0, 0);
                  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
                  for (let i = 0; i < data.length; i += 4) if (Math.abs(data[i] - data[i + 1]) > 20) return true;
                  return false;
                })()
                """), canvas);
        }
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('#classes .class')].every(one => one.getBoundingClientRect().right <= one.closest('section').getBoundingClientRect().right)"));
        var (classes, tiles) = (await page.TextAsync("#classes .side:first-child"), await page.PictureAsync("#tiles canvas"));
        await page.PressAsync("c");
        await page.PressAsync("Shift+ArrowRight");
        await page.UntilAsync("location.hash.includes('cover=')");
        // The tiles of a slow network follow when the square rests.
        await page.UntilAsync($"{ExplorerPage.Picture("#tiles canvas")} !== {tiles}");
        Assert.NotEqual(classes, await page.TextAsync("#classes .side:first-child"));
        Assert.Empty(page.Problems);
    }
}
