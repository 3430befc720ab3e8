using System.Diagnostics;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Report;

/// <summary>A report as PDF, printed by a Chromium without a window that reaches no network.</summary>
public static class PrintedReport
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The Chromium that prints: what the variable ZFDECL_CHROMIUM names, else the first one on the path; null where there is none.</summary>
    public static string? FindChromium() => Environment.GetEnvironmentVariable("ZFDECL_CHROMIUM") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name)))
            .FirstOrDefault(File.Exists);

    /// <summary>Prints a report.</summary>
    /// <param name="page">The report's page.</param>
    /// <param name="path">The PDF file; a former one is replaced when the new one is complete.</param>
    /// <param name="chromium">The program, of <see cref="FindChromium"/>.</param>
    /// <exception cref="ZfDeclException">ZF1465: there is no Chromium; ZF1466: it did not print; ZF1204: the file cannot be written.</exception>
    public static void Write(string page, string path, string? chromium)
    {
        if (chromium is null)
            throw new ZfDeclException("ZF1465", $"no Chromium was found to print '{page}' with; install one, or name it by the variable ZFDECL_CHROMIUM, or print the page from a browser");
        var profile = Directory.CreateTempSubdirectory("zfdecl-print-").FullName;
        try
        {
            var printed = Path.Combine(profile, "report.pdf");
            Print(chromium, new Uri(Path.GetFullPath(page)).AbsoluteUri, printed, profile);
            AtomicFile.Write(path, stream =>
            {
                using var pdf = File.OpenRead(printed);
                pdf.CopyTo(stream);
            });
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }

    private static void Print(string chromium, string address, string printed, string profile)
    {
        string[] flags =
        [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
            "--host-resolver-rules=MAP * ~NOTFOUND", $"--user-data-dir={profile}", "--no-pdf-header-footer", $"--print-to-pdf={printed}",
            .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox"] : [],       // root has no sandbox to run it in
            address,
        ];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(chromium, flags) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var (errors, output) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
            if (!process.WaitForExit(Patience))
                process.Kill(entireProcessTree: true);
            Task.WaitAll([errors, output]);
            if (!File.Exists(printed))
                throw new ZfDeclException("ZF1466", $"'{chromium}' did not print the report: {errors.Result.Trim().Split('\n')[^1]}; print the page from a browser");
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            throw new ZfDeclException("ZF1466", $"'{chromium}' cannot be started: {problem.Message}; name another by the variable ZFDECL_CHROMIUM, or print the page from a browser");
        }
    }
}
