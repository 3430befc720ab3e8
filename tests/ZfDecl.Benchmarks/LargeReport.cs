using System.Diagnostics;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Report;
using ZfDecl.Report.Contents;
using ZfDecl.Tests;
using ZfDecl.Tests.Reporting;
using ZfDecl.Tests.Reporting.Browser;

namespace ZfDecl.Benchmarks;

/// <summary>The report of ZF-8 with all 1,376 maps and the nine strongest units of each: how large it is, and how soon a browser shows its first picture.</summary>
internal static class LargeReport
{
    private const int Rounds = 5;

    public static void Measure()
    {
        using var folder = new TemporaryFolder();
        var began = Stopwatch.GetTimestamp();
        new SyntheticRun(Zf8.Declaration, folder.Path).Trained(70).Visualized(["conv1", "conv2", "conv3", "conv4", "conv5"]).Analysed();
        Console.WriteLine(FormattableString.Invariant($"drawing the run                     {Stopwatch.GetElapsedTime(began).TotalSeconds,8:0.0} s"));

        began = Stopwatch.GetTimestamp();
        var page = RunReport.Write(ReportRun.Read("Zf8", "run", folder.Path, null, new SilentLog()), null, Path.Combine(folder.Path, "report"), new SilentLog());
        var files = new DirectoryInfo(Path.GetDirectoryName(page)!).GetFiles("*", SearchOption.AllDirectories);
        Console.WriteLine(FormattableString.Invariant($"making the report                   {Stopwatch.GetElapsedTime(began).TotalSeconds,8:0.0} s"));
        Console.WriteLine(FormattableString.Invariant($"its size                            {files.Sum(file => file.Length) / 1e6,8:0.0} MB in {files.Length} files, the page itself {new FileInfo(page).Length / 1e6:0.00} MB"));
        if (Chromium.Program is null)
            Console.WriteLine("no chromium on the path: it is not opened");
        else
            OpenAsync(page).GetAwaiter().GetResult();
    }

    private static async Task OpenAsync(string report)
    {
        foreach (var fragment in (string[])["", "#conv5-200"])
        {
            var times = new List<double>();
            for (var round = 0; round < Rounds; round++)
            {
                using var browser = Chromium.StartAsync().GetAwaiter().GetResult();
                var page = await browser.NewPageAsync();
                await page.OpenAsync(report, fragment);
                await page.UntilAsync(fragment.Length == 0 ? "document.querySelectorAll('.glance [data-drawn]').length > 0" : "document.getElementById('conv5-200').dataset.drawn === ''");
                times.Add(await page.EvaluateAsync<double>("performance.getEntriesByName('zf-picture')[0].startTime / 1000"));
                if (page.Problems.Count > 0)
                    throw new InvalidOperationException(string.Join("; ", page.Problems));
            }
            Console.WriteLine(FormattableString.Invariant($"first picture, index.html{fragment,-10} {times.Order().ElementAt(Rounds / 2),8:0.00} s (median of {Rounds} new browsers; {times.Min():0.00} … {times.Max():0.00})"));
        }
    }
}
