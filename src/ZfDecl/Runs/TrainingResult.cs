using ZfDecl.Measures;

namespace ZfDecl.Runs;

/// <summary>What a training has come to.</summary>
public sealed record TrainingResult
{
    /// <summary>The best epoch (<see cref="EpochMetrics.Best"/>), whose weights are kept; null where none was finished.</summary>
    public required EpochMetrics? Best { get; init; }

    /// <summary>What the accuracy of the kept weights on the validation images is worth; null where that was not measured.</summary>
    public AccuracyFigures? Validation { get; init; }

    /// <summary>The last finished epoch; null where none was.</summary>
    public required EpochMetrics? Final { get; init; }

    /// <summary>Whether it was stopped from outside before its last epoch ended.</summary>
    public required bool Stopped { get; init; }

    /// <summary>Whether it ended before its last epoch by itself, because the validation error had not fallen for as long as the recipe's patience.</summary>
    public bool EndedEarly { get; init; }

    /// <summary>How long it took, validation and all.</summary>
    public required double Seconds { get; init; }

    /// <summary>Training images a second, on average, validation not counted.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>
    /// Where several ranks have trained: the share of the steps' time that rank 0 has spent on having gradients summed, waiting for slower ranks included, since the command that ended the training
    /// began; 0 … 1. Null for one process.
    /// </summary>
    public double? ReductionShare { get; init; }
}
