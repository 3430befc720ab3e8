using ZfDecl.Analyses.Occlude;
using ZfDecl.Files;
using ZfDecl.Findings;
using ZfDecl.Messages;

namespace ZfDecl.Report.Contents;

/// <summary>What an analysis has left in its folder.</summary>
/// <param name="Section">What it says of itself.</param>
/// <param name="Folder">Where its files are.</param>
/// <param name="Path">That folder relative to the run's, with forward slashes, for example <c>occlude/3</c>.</param>
/// <param name="Grid">What an occluder does to its image; null where it has none.</param>
/// <param name="Version">The file of the section, as it was read.</param>
internal sealed record ReportAnalysis(ReportSection Section, string Folder, string Path, OcclusionGrid? Grid, FileVersion Version)
{
    /// <summary>The confusion matrix and the images behind its cells; null where it is no evaluation of the run alone.</summary>
    public ReportConfusion? Confusion { get; init; }

    /// <summary>Its anchor: no two folders have the same.</summary>
    public string Anchor => "section-" + string.Concat(Path.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));

    /// <summary>Whether it belongs to the analysis of the folder above.</summary>
    public bool IsNested => Path.Contains('/', StringComparison.Ordinal);

    /// <summary>The first folder of its path.</summary>
    public string Root => Path.Split('/')[0];

    /// <summary>Where it stands among those of other folders. An older run's section says another number, and goes to the same place.</summary>
    public int Order => AnalysisKinds.OrderOf(Root) ?? Section.Order;

    /// <summary>Whether one of the files that it names is there to be shown: below its own folder, by plain names with slashes between.</summary>
    public bool Has(string file) => file.Split('/').All(PlainName.Is) && File.Exists(System.IO.Path.Combine(Folder, file)) && Refusal(file) is null;

    /// <summary>Why one of the files that it names is not opened; null where it may be.</summary>
    public ZfDeclException? Refusal(string file)
    {
        var run = Path.Split('/').Aggregate(Folder, (folder, _) => System.IO.Path.GetDirectoryName(folder)!);
        return RegularFile.Refusal(System.IO.Path.Combine(Folder, file), RegularFile.LargestPicture, run);
    }

    /// <summary>The address of one of its files in the page.</summary>
    public string Link(string file) => PageLink.To("sections", Path, file);
}
