using SkiaSharp;
using ZfDecl.Imaging;

namespace ZfDecl.Tests.Reporting.Browser;

/// <summary>
/// The page of a run as it was approved: in both themes, on a screen and on a phone, and as it is printed. Its text is set in the font that the pictures have, so that it looks the same
/// whatever fonts a machine has; the pictures are compared at half their size, where the edges of letters weigh little.
/// </summary>
public sealed class PageSnapshotsTests(ReportInABrowser reports) : IClassFixture<ReportInABrowser>
{
    // Another rasteriser draws the edges of letters otherwise; a part of the page that has moved changes far more.
    private static readonly PictureTolerance Tolerance = new() { Channel = 24, Share = 0.02 };

    [BrowserFact]
    public async Task TheTopOfThePageLooksAsApproved()
    {
        foreach (var (name, width, height, dark) in new[] { ("light", 1280, 1000, false), ("dark", 1280, 1000, true), ("phone-light", 400, 800, false), ("phone-dark", 400, 800, true) })
            Snapshot.Png(await Picture(width, height, dark, "", "document.querySelectorAll('.glance [data-drawn]').length >= 1"), Tolerance, name);
    }

    [BrowserFact]
    public async Task TheFeatureMapsLookAsApproved()
    {
        foreach (var (name, dark) in new[] { ("light", false), ("dark", true) })
            Snapshot.Png(await Picture(1280, 1000, dark, "#conv3-8", "document.querySelectorAll('#conv3 [data-drawn]').length >= 9"), Tolerance, name);
    }

    [BrowserFact]
    public async Task TheImagesBehindACellOfTheMatrixLookAsApproved()
    {
        foreach (var (name, dark) in new[] { ("light", false), ("dark", true) })
            Snapshot.Png(await Picture(1280, 1000, dark, "#images/Bag/Coat", "[...document.querySelectorAll('.gallery:target svg')].length >= 1"), Tolerance, name);
    }

    [BrowserFact]
    public async Task ThePrintedPageLooksAsApproved() => Snapshot.Png(await Picture(800, 1130, dark: true, "", "true", print: true), Tolerance);

    private async Task<byte[]> Picture(int width, int height, bool dark, string fragment, string ready, bool print = false)
    {
        var page = await reports.NewPageAsync(width, height, dark);
        if (print)
            await page.SendAsync("Emulation.setEmulatedMedia", new() { ["media"] = "print" });
        await page.OpenAsync(reports.One, fragment);
        var font = Convert.ToBase64String(await File.ReadAllBytesAsync(Repository.PathOf("src", "ZfDecl", "Imaging", "Fonts", "OpenSans-Regular.ttf")));
        await page.EvaluateAsync<bool>(
            "(() => { const style = document.createElement('style'); style.textContent = `@font-face { font-family: approved; src: url(data:font/ttf;base64," + font + ") } * { font-family: approved !important; font-synthesis: none; scrollbar-width: none; caret-color: transparent }`; document.head.append(style); return document.fonts.load('16px approved').then(() => true); })()");
        await page.UntilAsync(ready);
        // Rows that were never laid out have a guessed height: what was gone to is gone to again, and rests.
        await page.EvaluateAsync<bool>("new Promise(done => { const target = document.getElementById(location.hash.slice(1)); let frames = 0; const look = () => { (target ?? document.body).scrollIntoView({ block: target ? 'center' : 'start' }); ++frames < 30 ? requestAnimationFrame(look) : done(true); }; look(); })");
        await page.UntilAsync(ready);
        var answer = await page.SendAsync("Page.captureScreenshot", new() { ["format"] = "png" });
        using var whole = SKBitmap.Decode(Convert.FromBase64String((string)answer["data"]!));
        using var half = whole.Resize(new SKSizeI(whole.Width / 2, whole.Height / 2), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var encoded = half.Encode(SKEncodedImageFormat.Png, 100);
        return encoded.ToArray();
    }
}
