using ZfDecl.Distributed;

namespace ZfDecl.Training.DataParallel;

/// <summary>What all ranks decide together between two steps: where one is asked to stop, all stop behind the same step, and all keep the same state.</summary>
/// <param name="group">The ranks.</param>
/// <param name="isSavingDue">Whether a checkpoint is due; rank 0's clock decides.</param>
/// <param name="stop">Asks this one to stop.</param>
internal sealed class StepAgreement(IProcessGroup group, Func<bool> isSavingDue, CancellationToken stop)
{
    private bool stops, saves;

    /// <summary>Whether to stop.</summary>
    internal bool IsToStop => group.IsAlone ? stop.IsCancellationRequested : stops;

    /// <summary>Whether to write a checkpoint.</summary>
    internal bool IsToSave => group.IsAlone ? isSavingDue() : saves;

    /// <summary>Throws where it is time to stop.</summary>
    /// <exception cref="OperationCanceledException">It is.</exception>
    internal void ThrowIfStopped()
    {
        if (IsToStop)
            throw new OperationCanceledException(stop);
    }

    /// <summary>Sums values over the ranks, and agrees on what comes after; collective.</summary>
    internal void Sum(Span<double> values)
    {
        Span<double> all = [.. values, stop.IsCancellationRequested ? 1 : 0, group.Rank == 0 && isSavingDue() ? 1 : 0];
        group.Sum(all);
        all[..values.Length].CopyTo(values);
        (stops, saves) = (stops || all[^2] > 0, all[^1] > 0);
    }
}
