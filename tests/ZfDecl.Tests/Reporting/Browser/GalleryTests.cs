using ZfDecl.Report.Contents;

namespace ZfDecl.Tests.Reporting.Browser;

/// <summary>The images behind the cells of the confusion matrix.</summary>
public sealed class GalleryTests(ReportInABrowser reports) : IClassFixture<ReportInABrowser>
{
    private const string Shown = "[...document.querySelectorAll('.gallery')].filter(one => getComputedStyle(one).display !== 'none').map(one => one.id).join(' ')";

    [BrowserFact]
    public async Task ACellOfTheMatrixIsReachedByKeyAndOpensItsImages()
    {
        var page = await reports.NewPageAsync();
        await page.OpenAsync(reports.One);
        Assert.Equal("", await page.EvaluateAsync<string>(Shown));
        await page.EvaluateAsync<bool>("(document.querySelector('.confusion a').focus(), true)");
        Assert.Equal("4: Bag taken for Coat, show images", await page.EvaluateAsync<string>("document.activeElement.ariaLabel"));
        await page.PressAsync("Enter");
        await page.UntilAsync($"{Shown} === 'images/Bag/Coat'");
        Assert.Equal("images/Bag/Coat", await page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("Bag taken for Coat: 4 images", await page.EvaluateAsync<string>("document.getElementById('images/Bag/Coat').querySelector('h3').textContent"));
        // The surest first: image 18 with 0.6 + 0.18.
        Assert.Equal("Coat 78.00\u00A0%|Bag 12.00\u00A0%|images/<18>.png", await page.EvaluateAsync<string>("[...document.querySelector('.gallery:target li').querySelectorAll('b, span')].map(one => one.textContent).join('|')"));
        Assert.Empty(page.Problems);
    }

    [BrowserFact]
    public async Task AnAddressOpensItsImagesWithoutScriptsToo()
    {
        var page = await reports.NewPageAsync();
        await page.SendAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = true });
        var address = ImagesAddress.Of(SyntheticRun.Classes[2], "Bag");
        await page.OpenAsync(reports.One, $"#{address}");
        await page.SendAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = false });
        Assert.Equal(address, await page.EvaluateAsync<string>(Shown));
        Assert.Equal("images/<5>.png, <b>Shirt & \"tie\"</b> taken for Bag", await page.EvaluateAsync<string>("document.querySelector('.gallery:target svg').getAttribute('aria-label')"));
    }
}
