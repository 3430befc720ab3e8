using ZfDecl.Files;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Files;

/// <summary>What is said where the system refuses a file helps against that refusal.</summary>
public sealed class FileFailureTests
{
    [UnixTheory]
    [InlineData(28, "Free some space there, or name another folder")]         // ENOSPC
    [InlineData(122, "Free some space there, or name another folder")]        // EDQUOT
    [InlineData(30, "Make it writable, or name another folder")]              // EROFS
    [InlineData(5, "The disk fails: look after it, or name another folder")]  // EIO
    public void TheRemedyFitsTheCause(int errno, string remedy)
    {
        var error = FileFailure.CannotWrite("a/b.csv", new IOException("what the system says", errno));
        Assert.Equal("ZF1204", error.Code);
        Assert.Equal($"cannot write 'a/b.csv': what the system says. {remedy}, for runs with `artifacts`", error.Message);
    }

    [Fact]
    public void AFolderThatMayNotBeWrittenIsNotToldToBeFull() =>
        Assert.Contains("Make it writable", FileFailure.CannotWrite("a", new UnauthorizedAccessException("Access to the path 'a' is denied.")).Message, StringComparison.Ordinal);

    [Fact]
    public void AFileThatCannotBeReadNamesHowItIsMadeAgain() =>
        Assert.Equal("cannot read 'a': no. See that it may be read and that its disk is there, or bring it back from a copy. Else: train again", FileFailure.CannotRead("a", new IOException("no"), "train again").Message);
}
