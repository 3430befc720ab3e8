using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Report;
using ZfDecl.Report.Contents;

namespace ZfDecl.Tests.Reporting.Browser;

/// <summary>A browser and two reports, of one run and of two, for all tests of the page.</summary>
public sealed class ReportInABrowser : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private Chromium? browser;

    /// <summary>The page of one run.</summary>
    public string One { get; private set; } = "";

    /// <summary>The page of two runs.</summary>
    public string Two { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Chromium.Program is null)
            return;
        var (one, two) = (folder["one"], folder["two"]);
        new SyntheticRun(Fashion.Declaration, one).Trained().Visualized(["conv1", "conv2", "conv3"], mostMaps: 30).Analysed().Evaluated();
        new SyntheticRun(Fashion.Declaration, two).Trained(9, speed: 0.5).Visualized(["conv3"], mostMaps: 30);
        One = RunReport.Write(Read(one), null, Path.Combine(one, "report"), new SilentLog());
        Two = RunReport.Write(Read(one), Read(two), folder["both"], new SilentLog());
        browser = await Chromium.StartAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        browser?.Dispose();
        folder.Dispose();
    }

    internal Task<BrowserPage> NewPageAsync(int width = 1280, int height = 900, bool dark = false, bool touch = false) => browser!.NewPageAsync(width, height, dark, touch);

    private static ReportRun Read(string path) => ReportRun.Read("Fashion", Path.GetFileName(path), path, null, new SilentLog());
}
