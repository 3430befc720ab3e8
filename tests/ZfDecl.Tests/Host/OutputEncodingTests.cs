using System.Diagnostics;
using System.Text;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Host;

/// <summary>What the host writes is read as UTF-8 by the targets, so that names keep their letters in every locale.</summary>
[Collection("targets")]        // one build at a time
public class OutputEncodingTests
{
    [UnixFact]
    public void NamesKeepTheirLettersInALatin1Locale()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(Cli.Host).Assembly.Location, "train", $"--root={Repository.PathOf()}", $"--artifacts={folder.Path}", $"--data={folder["Käfer"]}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        start.Environment["LC_ALL"] = "de_DE.ISO-8859-1";
        using var host = Process.Start(start)!;
        var errors = host.StandardError.ReadToEndAsync();
        var written = host.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        host.WaitForExit();
        // The two bytes of ä in UTF-8, as Latin-1 has them.
        Assert.Contains("KÃ¤fer", written, StringComparison.Ordinal);
        Assert.Contains("ZF1101", written, StringComparison.Ordinal);
    }

    [UnixFact]
    public void ThroughTheTargetsNamesKeepTheirLettersInALatin1Locale()
    {
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("dotnet", ["msbuild", "-t:Train", $"-p:Artifacts={folder.Path}", $"-p:Data={folder["Käfer"]}"]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["LC_ALL"] = "de_DE.ISO-8859-1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var build = Process.Start(start)!;
        var written = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        // dotnet itself writes UTF-8 in every locale.
        Assert.Contains($"{folder["Käfer"]} : error ZF1101: there is no such folder", written, StringComparison.Ordinal);
    }
}
