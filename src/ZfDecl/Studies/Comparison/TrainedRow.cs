namespace ZfDecl.Studies.Comparison;

/// <summary>A row of a study of several trainings, trained with one seed.</summary>
/// <param name="Label">The row's name in its table.</param>
/// <param name="Spec">The network.</param>
/// <param name="Run">The name of the run.</param>
/// <param name="Seed">The seed.</param>
/// <param name="TrainTop1Error">The share of training images that the kept weights classify wrongly, seen without augmentation; 0 … 1.</param>
/// <param name="ValTop1Error">That of the validation images; the epoch that is kept was chosen by it.</param>
/// <param name="ValTop5Error">The share of validation images whose class is not among the five most probable.</param>
/// <param name="Parameters">Trained values, for the classes of the data.</param>
/// <param name="Seconds">How long the training took.</param>
internal sealed record TrainedRow(
    string Label, string Spec, string Run, int Seed, double TrainTop1Error, double ValTop1Error, double ValTop5Error, long Parameters, double Seconds)
{
    /// <summary>The threads that its tensors were computed with, which decide the last bits of its weights; null where that is not known.</summary>
    public int? Threads { get; init; }
}
