using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Files;

public sealed class TemporaryTests : IDisposable
{
    private readonly TemporaryFolder root = new();
    private readonly CapturedLog log = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public void WhatIsUnderWayIsNamedAfterItsHostAndProcessAndNoTwoAreNamedAlike()
    {
        var (one, other) = (Path.GetFileName(Temporary.Beside(root["run.json"])), Path.GetFileName(Temporary.Beside(root["run.json"])));

        Assert.StartsWith($".run.json.{Temporary.Host}.{Environment.ProcessId}.", one, StringComparison.Ordinal);
        Assert.EndsWith(".tmp", one, StringComparison.Ordinal);
        Assert.NotEqual(one, other);
        Assert.True(Temporary.Is(one) && !Temporary.Is("run.json") && !Temporary.Is(".run.lock") && !Temporary.Is(".notes.tmp"));
    }

    [Fact]
    public void TheLongestNameLeavesRoomForHostAndProcess() =>
        AtomicFile.WriteText(root[new string('n', PlainName.LongestBytes)], "content");

    [Fact]
    public void WhatADeadProcessOfThisHostHeldIsRemovedHoweverDeepAndWhatALivingOneHoldsStays()
    {
        string[] dead = [Put(Temporary.Host, Ended.Process), Put(Temporary.Host, Ended.Process, "visualize", "conv1"), root["a", $".b.{new string('0', 32)}.tmp"]];
        var living = Put(Temporary.Host, Environment.ProcessId);
        File.WriteAllText(dead[2], "");
        var folder = Path.GetDirectoryName(root[$".conv1.{Temporary.Host}.{Ended.Process}.9.tmp", "sheet.png"])!;
        File.WriteAllText(root["notes.tmp"], "the user's");

        Temporary.Clean(root.Path, log);

        Assert.DoesNotContain(dead, File.Exists);
        Assert.False(Directory.Exists(folder));
        Assert.True(File.Exists(living) && File.Exists(root["notes.tmp"]));
        Assert.Empty(log.Warnings);
    }

    [Fact]
    public void WhatAnotherHostHeldStaysForADayAndIsNamed()
    {
        var (young, old) = (Put("elsewhere", Ended.Process), Put("elsewhere", Ended.Process, "occlude"));
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-25));

        Temporary.Clean(root.Path, log);

        Assert.True(File.Exists(young));
        Assert.False(File.Exists(old));
        Assert.Equal(("ZF1223", young), (Assert.Single(log.Warnings).Code, log.Warnings[0].File));
        Assert.Contains("'elsewhere'", log.Warnings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AReportThatEarlierVersionsLeftUnderWayIsRemovedAndAnOldOneIsPutBackWhereThereIsNoNewOne()
    {
        File.WriteAllText(root["a", "report.new", "index.html"], "half");
        File.WriteAllText(root["a", "report.old", "index.html"], "whole");
        File.WriteAllText(root["b", "report", "index.html"], "new");
        File.WriteAllText(root["b", "report.old", "index.html"], "old");

        Temporary.Clean(root.Path, log);

        Assert.Equal("whole", File.ReadAllText(root["a", "report", "index.html"]));
        Assert.Equal("new", File.ReadAllText(root["b", "report", "index.html"]));
        Assert.Equal(4, Directory.GetDirectories(root.Path, "*", SearchOption.AllDirectories).Length);
    }

    [UnixFact]
    public void ALinkIsNotFollowed()
    {
        using var elsewhere = new TemporaryFolder();
        var held = elsewhere[$".x.{Temporary.Host}.{Ended.Process}.1.tmp"];
        File.WriteAllText(held, "");
        Directory.CreateSymbolicLink(root["link"], elsewhere.Path);

        Temporary.Clean(root.Path, new SilentLog());

        Assert.True(File.Exists(held));
    }

    private string Put(string host, int process, params string[] below)
    {
        var path = root[[.. below, $".units.csv.{host}.{process}.1.tmp"]];
        File.WriteAllText(path, "");
        return path;
    }
}
