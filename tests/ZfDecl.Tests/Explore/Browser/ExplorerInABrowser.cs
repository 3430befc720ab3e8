using System.Diagnostics;
using Microsoft.Playwright;
using ZfDecl.Tests.Reporting.Browser;

namespace ZfDecl.Tests.Explore.Browser;

/// <summary>All tests of the page share one explorer and one browser.</summary>
[CollectionDefinition(ExplorerInABrowser.Name)]
public sealed class ExplorersOfAllTests : ICollectionFixture<ExplorerInABrowser>;

/// <summary>The explorer, as its program serves it, with the weights that come with the repository, and a browser, for all tests of the page.</summary>
public sealed class ExplorerInABrowser : IAsyncLifetime, IDisposable
{
    /// <summary>What the tests of the page have in common.</summary>
    public const string Name = "explorer";

    private const string Announcement = "open http://";

    private readonly TemporaryFolder folder = new();
    private Process? program;
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>The first address, with the token.</summary>
    public string Address { get; private set; } = "";

    /// <summary>A folder for what tests make.</summary>
    public string FolderFor(string name) => folder[name];

    public async Task InitializeAsync()
    {
        if (Chromium.Program is null)
            return;
        var starting = StartAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium.Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
        });
        await starting;
    }

    /// <summary>The page, ready: what the address asks for is drawn.</summary>
    internal async Task<ExplorerPage> OpenAsync(string fragment = "", int width = 1280, int height = 900, bool dark = false)
    {
        var context = await browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["camera"],
        });
        var page = new ExplorerPage(await context.NewPageAsync());
        await page.Page.GotoAsync($"{Address}{(fragment.Length == 0 ? "" : $"#{fragment}")}");
        await page.RestAsync();
        return page;
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
    }

    public void Dispose()
    {
        playwright?.Dispose();
        if (program is not null)
        {
            program.Kill(entireProcessTree: true);
            program.WaitForExit();
            program.Dispose();
        }
        folder.Dispose();
    }

    private async Task StartAsync()
    {
        string[] arguments = ["exec", typeof(ZfDecl.Explore.Serving.ExploreLimits).Assembly.Location, "explore", $"--root={Repository.PathOf()}", $"--artifacts={folder["artifacts"]}", "--open=no"];
        program = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var problems = program.StandardError.ReadToEndAsync();
        // It says: open http://127.0.0.1:4711/?token=… (Ctrl+C ends it)
        while (Address.Length == 0 && await program.StandardOutput.ReadLineAsync() is { } line)
            Address = line.StartsWith(Announcement, StringComparison.Ordinal) ? line.Split(' ')[1] : "";
        if (Address.Length == 0)
            throw new InvalidOperationException($"the explorer ended before it listened: {await problems}");
        _ = program.StandardOutput.ReadToEndAsync();
    }
}
