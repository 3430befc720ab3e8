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

    /// <summary>What this rank wants after the step: to stop, to save. The sums over all ranks say what is done.</summary>
    internal float[] Wishes() => [stop.IsCancellationRequested ? 1 : 0, group.Rank == 0 && isSavingDue() ? 1 : 0];

    /// <summary>Takes note of what all ranks want.</summary>
    /// <param name="sums">Of <see cref="Wishes"/>.</param>
    internal void Agree(ReadOnlySpan<float> sums) => (stops, saves) = (stops || sums[0] > 0, sums[1] > 0);
}
