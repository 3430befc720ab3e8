using ZfDecl.Findings;
using ZfDecl.Report;
using ZfDecl.Report.Contents;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Reporting;

public sealed class AnalysisKindsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void EveryAnalysisHasAFolderOfItsOwnAndAVerbOfTheHost()
    {
        Assert.Equal(AnalysisKinds.All.Count, AnalysisKinds.All.DistinctBy(kind => kind.Folder).Count());
        Assert.Subset(Cli.Verbs.All.Select(verb => verb.Name).ToHashSet(), AnalysisKinds.All.Select(kind => kind.Verb).ToHashSet());
    }

    [Fact]
    public void SectionsStandInTheOrderOfTheListWhateverNumberAnOlderRunSays()
    {
        foreach (var (kind, place) in AnalysisKinds.All.Select((kind, place) => (kind, place)))
            new ReportSection { Id = kind.Folder, Title = $"section {place}", Order = -place }.Write(Path.Combine(folder.Path, kind.Folder));
        new ReportSection { Id = "own", Title = "section of another", Order = 1000 }.Write(Path.Combine(folder.Path, "aaa"));
        var log = new CapturedLog();
        var page = File.ReadAllText(RunReport.Write(ReportRun.Read("Fashion", "run", folder.Path, null, log), null, Path.Combine(folder.Path, "report"), log));
        int[] found = [.. AnalysisKinds.All.Select((_, place) => page.IndexOf($">section {place}</h2>", StringComparison.Ordinal)), page.IndexOf(">section of another</h2>", StringComparison.Ordinal)];
        Assert.DoesNotContain(-1, found);
        Assert.Equal(found.Order(), found);
    }

    public void Dispose() => folder.Dispose();
}
