namespace ZfDecl.Studies;

/// <summary>A row of a comparison: its seeds together.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Spec">The network.</param>
/// <param name="Seeds">Those that are finished, at least one.</param>
/// <param name="Published">What a paper has found; null for nothing.</param>
public sealed record ComparedRow(string Label, string Spec, IReadOnlyList<TrainedRow> Seeds, PublishedErrors? Published)
{
    /// <summary>Training top-1 error over the seeds.</summary>
    public MeanDeviation Train => MeanDeviation.Of([.. Seeds.Select(row => row.TrainTop1Error)]);

    /// <summary>Validation top-1 error over the seeds.</summary>
    public MeanDeviation Val => MeanDeviation.Of([.. Seeds.Select(row => row.ValTop1Error)]);

    /// <summary>Validation top-5 error over the seeds.</summary>
    public MeanDeviation Top5 => MeanDeviation.Of([.. Seeds.Select(row => row.ValTop5Error)]);
}
