using ZfDecl.Cli.Commands;
using ZfDecl.Cli.Health;
using ZfDecl.Messages;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Host;

/// <summary>What <c>-t:Doctor</c> finds of a machine.</summary>
public class DoctorTests
{
    private static readonly string[] Expected =
        ["system", ".NET", "libtorch", "older Linux", "processor", "vectors", "waiting threads", "memory", "disk of the runs", "disk for temporary files", "CUDA", "MPI", "Chromium", "fonts"];

    [Fact]
    public void WhereTestsRunCommandsRun()
    {
        using var folder = new TemporaryFolder();
        var findings = Examination.Of(folder.Path);
        Assert.Equal(Expected, findings.Select(finding => finding.Subject));
        Assert.DoesNotContain(findings, finding => finding.State == HealthState.Ill || finding.Found.Length == 0);
        Assert.All(findings, finding => Assert.Equal(finding.State != HealthState.Well && !finding.Found.StartsWith("could not", StringComparison.Ordinal), finding.Remedy is not null));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void ALibraryThatWasLookedForLeavesDivisionsByZeroToTheRuntime()
    {
        _ = ToolFindings.Mpi();
        var nothing = Environment.TickCount64 > 0 ? 0 : 1;
        Assert.Throws<DivideByZeroException>(() => 1 / nothing);
    }

    [Fact]
    public void AFolderThatIsNotThereYetIsLookedForAboveIt()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(HealthState.Well, DiskFindings.Writable(Path.Combine(folder.Path, "not", "there")).State);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [UnixFact]
    public void AFolderThatTakesNoFilesIsWrong()
    {
        var finding = DiskFindings.Writable("/proc");
        Assert.Equal(HealthState.Ill, finding.State);
        Assert.Contains("-p:Artifacts=", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsWrongIsAnErrorWithItsRemedy()
    {
        var log = new CapturedLog();
        Finding[] findings = [new("disk", "full", HealthState.Ill, "make room"), new("CUDA", "none", HealthState.Absent, "nothing"), new("system", "some")];
        var error = Assert.Throws<ZfDeclException>(() => DoctorCommand.Say(findings, log));
        Assert.Equal("ZF1013", error.Code);
        Assert.Contains("disk: full: make room", error.Message, StringComparison.Ordinal);
        Assert.Contains("WRONG  disk    full", log.Said);
        Assert.Contains("CUDA: nothing", log.Said);
    }
}
