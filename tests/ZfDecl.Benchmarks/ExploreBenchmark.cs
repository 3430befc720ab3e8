using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using ZfDecl.Report;
using ZfDecl.Tests;

namespace ZfDecl.Benchmarks;

/// <summary>
/// The explorer as somebody meets it, in a browser: from what is done to what is drawn, and how much of that the server computed. Beside each median and 95th percentile stands what was aimed at, on
/// two cores.
/// </summary>
internal static class ExploreBenchmark
{
    private const int Times = 40;

    /// <param name="photographs">A folder of pictures, for ZF-8; null for the shipped network alone.</param>
    public static void Measure(string? photographs)
    {
        if (PrintedReport.FindChromium() is not { } chromium)
        {
            Console.WriteLine("no chromium on the path, and ZFDECL_CHROMIUM names none");
            return;
        }
        MeasureAsync(chromium, "the shipped network", [], [60, 120], [30, 60], [40, 80], 3).GetAwaiter().GetResult();
        if (photographs is not null)
            MeasureAsync(chromium, "ZF-8 at 224", ["--spec=Zf8", "--run=untrained", $"--data={photographs}"], [250, 500], [60, 120], [100, 200], 4).GetAwaiter().GetResult();
    }

    private static async Task MeasureAsync(string chromium, string title, string[] settings, int[] choosing, int[] clicking, int[] covering, int starting)
    {
        using var folder = new TemporaryFolder();
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        // Pictures are checked and statistics measured once, not each time: the second start counts.
        using (var first = await StartAsync(folder.Path, settings))
            first.Stop();
        var began = Stopwatch.GetTimestamp();
        using var program = await StartAsync(folder.Path, settings);
        await page.GotoAsync(program.Address);
        await Until(page, "document.body.dataset.ready === 'yes'");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}: from the command to a usable page {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s (aim {starting} s)"));

        await Rest(page);
        await Forget(page);
        for (var i = 0; i < Times; i++)
        {
            await page.Keyboard.PressAsync("n");
            await Rest(page);
        }
        await Say(page, "image chosen → classes and tiles drawn", "zf-look", choosing);

        var box = (await page.Locator(".map-field").First.BoundingBoxAsync())!;
        for (var i = 0; i < Times; i++)
        {
            await page.Mouse.ClickAsync(box.X + 4 + (i * 37 % (box.Width - 8)), box.Y + 4 + (i * 53 % (box.Height - 8)));
            await Rest(page);
        }
        await Say(page, "click → projection drawn", "zf-project", clicking);

        await page.Keyboard.PressAsync("c");
        await Rest(page);
        await Forget(page);
        for (var i = 0; i < Times; i++)
        {
            await page.Keyboard.PressAsync(i % 20 < 10 ? "ArrowRight" : "ArrowLeft");
            await Rest(page);
        }
        await Say(page, "square moved → classes and activity drawn", "zf-look", covering);
        program.Stop();
    }

    /// <summary>Waits until what was asked for is drawn, and what waited for a rest as well.</summary>
    private static async Task Rest(IPage page)
    {
        await page.WaitForTimeoutAsync(30);
        await Until(page, "document.body.dataset.busy === '0'");
        await page.WaitForTimeoutAsync(300);
        await Until(page, "document.body.dataset.busy === '0'");
    }

    private static async Task Until(IPage page, string expression)
    {
        while (!await page.EvaluateAsync<bool>(expression))
            await Task.Delay(5);
    }

    private static async Task Forget(IPage page) => await page.EvaluateAsync("performance.clearMeasures()");

    private static async Task Say(IPage page, string what, string measure, int[] aims)
    {
        var times = await page.EvaluateAsync<double[][]>("name => performance.getEntriesByName(name).map(one => [one.duration, one.detail?.computed ?? 0])", measure);
        await Forget(page);
        double[] all = [.. times.Select(one => one[0]).Order()], computed = [.. times.Select(one => one[1]).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {what,-44} {At(all, .5),6:0.0} / {At(all, .95),6:0.0} ms (aim {aims[0]} / {aims[1]}), of it computed {At(computed, .5):0.0} / {At(computed, .95):0.0}; {all.Length} times"));

        static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    private static async Task<Explorer> StartAsync(string artifacts, string[] settings)
    {
        string[] arguments = ["exec", typeof(ZfDecl.Explore.Serving.ExploreLimits).Assembly.Location, "explore", $"--root={Repository.PathOf()}", $"--artifacts={artifacts}", "--open=no", .. settings];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
        var program = Process.Start(start)!;
        while (await program.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith("open http://", StringComparison.Ordinal))
                continue;
            _ = program.StandardOutput.ReadToEndAsync();
            return new(program, line.Split(' ')[1]);
        }
        throw new InvalidOperationException("the explorer ended before it listened");
    }

    private sealed record Explorer(Process Program, string Address) : IDisposable
    {
        public void Stop()
        {
            Program.Kill(entireProcessTree: true);
            Program.WaitForExit();
        }

        public void Dispose() => Program.Dispose();
    }
}
