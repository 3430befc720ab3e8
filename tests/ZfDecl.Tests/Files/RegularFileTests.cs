using System.Diagnostics;
using System.Text;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Models;
using ZfDecl.Report;
using ZfDecl.Report.Contents;
using ZfDecl.Tests.Data;
using ZfDecl.Tests.Reporting;

namespace ZfDecl.Tests.Files;

public sealed class RegularFileTests : IDisposable
{
    private readonly TemporaryFolder root = new(), elsewhere = new();

    public void Dispose()
    {
        root.Dispose();
        elsewhere.Dispose();
    }

    [UnixFact]
    public void APipeAndADeviceAreRefusedAtOnce()
    {
        var pipe = root["run.json"];
        Process.Start("mkfifo", pipe).WaitForExit();
        File.CreateSymbolicLink(root["zero.csv"], "/dev/zero");

        Assert.Equal("ZF1220", Refused(pipe));
        Assert.Equal("ZF1220", Refused(root["zero.csv"]));
        Assert.Equal("ZF1220", Refused(root["zero.csv"], "/"));
    }

    [UnixFact]
    public void ALinkThatLeadsOutIsRefusedAndOneWithinIsFollowed()
    {
        File.WriteAllText(elsewhere["secret"], "secret");
        File.WriteAllText(root["whole"], "content");
        File.CreateSymbolicLink(root["a", "out"], elsewhere["secret"]);
        File.CreateSymbolicLink(root["a", "within"], "../whole");
        File.CreateSymbolicLink(root["a", "over"], root["a", "out"]);
        Directory.CreateSymbolicLink(root["folder"], elsewhere.Path);

        Assert.Equal("ZF1220", Refused(root["a", "out"], root.Path));
        Assert.Equal("ZF1220", Refused(root["a", "over"], root.Path));
        Assert.Equal("ZF1220", Refused(Path.Combine(root.Path, "folder", "secret"), root.Path));
        Assert.Equal("content", RegularFile.ReadText(root["a", "within"], 100, root.Path));
        Assert.Equal("ZF1220", Refused(root["a", "within"]));
    }

    [UnixFact]
    public void TheFolderOfARunMayItselfBeALink()
    {
        File.WriteAllText(elsewhere["run.json"], "content");
        Directory.CreateSymbolicLink(root["run"], elsewhere.Path);
        Assert.Equal("content", RegularFile.ReadText(Path.Combine(root.Path, "run", "run.json"), 100));
    }

    [Fact]
    public void AFileIsReadUpToTheLimitOfItsKindAndNoFurther()
    {
        File.WriteAllText(root["a"], "12345");
        Assert.Equal("12345", RegularFile.ReadText(root["a"], 5));
        Assert.Equal("ZF1222", Assert.Throws<ZfDeclException>(() => RegularFile.ReadText(root["a"], 4)).Code);
    }

    [UnixFact]
    public void AReportCopiesNothingFromOutsideOfItsRun()
    {
        var run = Path.Combine(root.Path, "run");
        new SyntheticRun(Fashion.Declaration, run).Trained(2).Visualized(["conv1"], mostMaps: 3).Analysed();
        File.WriteAllText(elsewhere["secret"], "a secret of this machine");
        foreach (var planted in (string[])["invariance/plots/a plot #1.svg", "invariance/distances.csv", "occlude/1/image.png", "visualize/conv1/sprites/patches-00.png"])
        {
            File.Delete(Path.Combine(run, planted));
            File.CreateSymbolicLink(Path.Combine(run, planted), elsewhere["secret"]);
        }
        var log = new CapturedLog();
        RunReport.Write(ReportRun.Read("Fashion", "run", run, null, log), null, Path.Combine(run, "report"), log);

        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(run, "report"), "*", SearchOption.AllDirectories), file => File.ReadAllText(file, Encoding.UTF8).Contains("a secret", StringComparison.Ordinal));
        Assert.Equal(4, log.Warnings.Where(warning => warning.Code == "ZF1220").Select(warning => warning.File).Distinct().Count());
    }

    private static string Refused(string path, string? root = null) =>
        Assert.Throws<ZfDeclException>(() => RegularFile.ReadText(path, RegularFile.LargestTable, root)).Code;
}
