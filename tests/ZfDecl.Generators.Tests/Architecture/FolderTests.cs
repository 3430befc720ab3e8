using System.Text.RegularExpressions;

namespace ZfDecl.Generators.Tests.Architecture;

/// <summary>The shape of the code: folders that build on each other in one direction, none too large to look through.</summary>
public partial class FolderTests
{
    private const int MostLines = 250;
    private const int MostFiles = 25;

    public static TheoryData<string> Projects => ["generators/ZfDecl.Generators", "src/ZfDecl", "src/ZfDecl.Interchange", "src/ZfDecl.Cli", "src/ZfDecl.Explore"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void NoCircleRunsThroughTheFolders(string project)
    {
        var graph = FolderGraph.Of(project);
        Assert.Empty(graph.Circle(folder => folder));
        Assert.Empty(graph.Circle(folder => folder.Split('/')[0]));
    }

    [Fact]
    public void TheGraphSeesWhatAFolderUses()
    {
        var graph = FolderGraph.Of("src/ZfDecl");
        Assert.True(graph.Uses("Projection", "Networks") && graph.Uses("Report", "Report/Page") && graph.Uses("Analyses/Occlude", "Findings"));
        Assert.False(graph.Uses("Networks", "Projection"));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void ANamespaceIsTheFolderThatItsFilesLieIn(string project) => Assert.All(SourceFiles.Of(project), path =>
    {
        var declared = Namespace().Match(File.ReadAllText(path));
        var folder = Path.GetRelativePath(Repository.PathOf(Path.GetDirectoryName(project)!), Path.GetDirectoryName(path)!).Replace('\\', '/').Replace('/', '.');
        Assert.True(!declared.Success || declared.Groups[1].Value == folder, $"{path}: namespace {declared.Groups[1].Value}");
    });

    [Theory]
    [MemberData(nameof(Projects))]
    public void NoFileIsTooLongAndNoFolderTooFull(string project)
    {
        Assert.All(SourceFiles.Of(project), path => Assert.True(File.ReadLines(path).Count() <= MostLines, $"{path} has more than {MostLines} lines"));
        Assert.All(SourceFiles.Of(project).GroupBy(Path.GetDirectoryName), folder => Assert.True(folder.Count() <= MostFiles, $"{folder.Key} has {folder.Count()} files, more than {MostFiles}"));
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
