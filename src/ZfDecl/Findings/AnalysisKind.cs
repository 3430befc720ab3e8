namespace ZfDecl.Findings;

/// <summary>An analysis of a run that leaves a section for its report.</summary>
/// <param name="Folder">Its folder below the run's.</param>
/// <param name="Verb">The verb that makes it.</param>
/// <param name="Title">What its section is called, or how the title begins.</param>
public sealed record AnalysisKind(string Folder, string Verb, string Title)
{
    /// <summary>What the verb would add to a report that lacks it; null where a report does not ask for it.</summary>
    public string? Adds { get; init; }

    /// <summary>Where its section stands in a report, as <see cref="ReportSection.Order"/>: by its position in <see cref="AnalysisKinds.All"/>.</summary>
    public int Order => AnalysisKinds.OrderOf(Folder)!.Value;
}
