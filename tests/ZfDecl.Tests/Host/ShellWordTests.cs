using System.Diagnostics;
using ZfDecl.Cli.Terminal;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Host;

/// <summary>Commands that are printed to be typed again arrive as they were meant.</summary>
public sealed class ShellWordTests
{
    [UnixTheory]
    [InlineData("-p:Data=a b")]
    [InlineData("-p:Data=$HOME/`id`")]
    [InlineData("-p:Data=it's \"this\" \\ one!")]
    [InlineData("-p:Data=a;b&c|d>e*?(f)#g~{h}")]
    [InlineData("-p:Data=plain/path.csv")]
    [InlineData("")]
    public void AShellReadsTheWordThatWasMeant(string word)
    {
        var start = new ProcessStartInfo("sh", ["-c", $"printf %s {ShellWord.Of(word)}"]) { RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        Assert.Equal(word, shell.StandardOutput.ReadToEnd());
    }

    [Fact]
    public void OnWindowsTheQuotesAreDouble() => Assert.Equal("\"-p:Data=C:\\my pictures\"", ShellWord.Of("-p:Data=C:\\my pictures", isWindows: true));
}
