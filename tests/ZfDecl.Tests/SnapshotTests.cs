using System.Runtime.CompilerServices;

namespace ZfDecl.Tests;

public class SnapshotTests
{
    [Fact]
    public void TheFirstLineThatDiffersIsShown() =>
        Assert.Equal("line 2\n  was    b\n  became c", Snapshot.FirstDifference("a\nb\n", "a\r\nc\r\n"));

    [Fact]
    public void ATextThatEndsEarlierDiffersThere() => Assert.Equal("line 2\n  was    b\n  became (past the end)", Snapshot.FirstDifference("a\nb", "a"));

    [Fact]
    public void LineEndsDoNotDiffer() => Assert.Null(Snapshot.FirstDifference("a\nb\n", "a\r\nb\r\n"));

    [Fact]
    public void TheFolderOfASourceFileIsFoundInADeterministicBuildToo()
    {
        var here = Snapshot.FolderOf(ThisFile());
        Assert.True(File.Exists(Path.Combine(here, "SnapshotTests.cs")));
        Assert.Equal(Path.GetFullPath(here), Path.GetFullPath(Snapshot.FolderOf("/_/tests/ZfDecl.Tests/SnapshotTests.cs")));
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
