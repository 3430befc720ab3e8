namespace ZfDecl.Studies.Comparison;

/// <summary>A row of a comparison: its seeds together.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Spec">The network.</param>
/// <param name="Seeds">Those that are finished, at least one.</param>
/// <param name="Published">What a paper has found; null for nothing.</param>
/// <param name="Against">The row that this one is a change of; null for none.</param>
internal sealed record ComparedRow(string Label, string Spec, IReadOnlyList<TrainedRow> Seeds, PublishedErrors? Published, ComparedRow? Against = null)
{
    /// <summary>Training top-1 error over the seeds.</summary>
    public MeanDeviation Train => MeanDeviation.Of([.. Seeds.Select(row => row.TrainTop1Error)]);

    /// <summary>Validation top-1 error over the seeds.</summary>
    public MeanDeviation Val => MeanDeviation.Of([.. Seeds.Select(row => row.ValTop1Error)]);

    /// <summary>Validation top-5 error over the seeds.</summary>
    public MeanDeviation Top5 => MeanDeviation.Of([.. Seeds.Select(row => row.ValTop5Error)]);

    /// <summary>How long a training took, in seconds, on average over the seeds.</summary>
    public double Seconds => Seeds.Average(row => row.Seconds);

    /// <summary>Trained values.</summary>
    public long Parameters => Seeds[0].Parameters;

    /// <summary>How its validation top-1 error differs from that of the row it is a change of; null without such a row.</summary>
    public PairedDifference? Difference => Against is null ? null : PairedDifference.OfVal(this, Against);
}
