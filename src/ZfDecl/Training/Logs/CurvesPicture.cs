using System.Diagnostics;
using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Training.Logs;

/// <summary>
/// Keeps <c>curves.png</c> and <c>curves.svg</c> of a run: drawn when it ends, and after an epoch where the last drawing is a minute old, because drawing
/// takes as long as learning some hundred images.
/// </summary>
/// <param name="run">The folder of the run.</param>
/// <param name="title">What is trained.</param>
public sealed class CurvesPicture(string run, string title) : ITrainingWatcher
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long drawn = Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public void Reached(TrainingProgress progress, ConvNet network)
    {
        if (Stopwatch.GetElapsedTime(drawn) >= Interval)
            Draw(progress);
    }

    /// <inheritdoc/>
    public void Ended(TrainingProgress progress) => Draw(progress);

    private void Draw(TrainingProgress progress)
    {
        if (progress.Epochs.Count == 0)
            return;
        new TrainingCurves(title, progress.Epochs).Write(run);
        drawn = Stopwatch.GetTimestamp();
    }
}
