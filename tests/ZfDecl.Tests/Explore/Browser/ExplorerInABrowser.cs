using Microsoft.Playwright;
using ZfDecl.Tests.Reporting.Browser;

namespace ZfDecl.Tests.Explore.Browser;

/// <summary>The explorer with the weights that come with the repository, and a browser, for all tests of the page.</summary>
public sealed class ExplorerInABrowser : IAsyncLifetime, IDisposable
{
    /// <summary>What the tests of the page have in common.</summary>
    public const string Name = "explorer";

    private readonly TemporaryFolder folder = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The explorer.</summary>
    internal RunningExplorer Shipped { get; private set; } = null!;

    /// <summary>A file that a test makes.</summary>
    public string PathFor(string name) => folder[name];

    public async Task InitializeAsync()
    {
        if (Chromium.Program is null)
            return;
        Shipped = await RunningExplorer.Start("run=shipped");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium.Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
        });
    }

    /// <summary>The page, when all that the address asks for is drawn.</summary>
    internal Task<ExplorerPage> OpenAsync(string fragment = "", int width = 1280, int height = 900, bool dark = false) => OpenAsync(Shipped, fragment, width, height, dark);

    /// <summary>The page of another explorer.</summary>
    internal async Task<ExplorerPage> OpenAsync(RunningExplorer explorer, string fragment, int width = 1280, int height = 900, bool dark = false)
    {
        var context = await browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["camera"],
        });
        await context.AddInitScriptAsync(ExplorerPage.CountRequests);
        var page = new ExplorerPage(await context.NewPageAsync());
        await page.Page.GotoAsync($"{explorer.Explorer.Server.MakeAddressForOnce()}{(fragment.Length == 0 ? "" : $"#{fragment}")}");
        await page.RestAsync();
        return page;
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        if (Shipped is not null)
            await Shipped.DisposeAsync();
    }

    public void Dispose()
    {
        playwright?.Dispose();
        folder.Dispose();
    }
}

/// <summary>All tests of the page share one explorer and one browser.</summary>
[CollectionDefinition(ExplorerInABrowser.Name)]
public sealed class ExplorersOfAllTests : ICollectionFixture<ExplorerInABrowser>;
