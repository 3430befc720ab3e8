using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Runs;

namespace ZfDecl.Training.Logs;

/// <summary>The last moments of a training: its result is written, and the process is killed before all that comes after. What is finished stays finished.</summary>
internal static class LastMoments
{
    /// <summary>Completes a finished run: draws the curves that are missing from its <c>metrics.csv</c>, and deletes the checkpoints that nobody goes on from.</summary>
    /// <param name="path">The folder of the run.</param>
    /// <param name="title">What is trained, as in <see cref="CurvesPicture"/>.</param>
    /// <param name="now">The record that a new run would have.</param>
    /// <param name="spec">The resolved spec.</param>
    /// <param name="log">Hears what was missing.</param>
    /// <returns>Whether this very training is finished there and lacked something; otherwise nothing is done.</returns>
    /// <exception cref="ZfDeclException">ZF1205: another process has the run; ZF1204: a file cannot be written.</exception>
    public static bool Complete(string path, string title, RunRecord now, string spec, IRunLog log)
    {
        if (!File.Exists(Path.Combine(path, RunDirectory.RecordName)))
            return false;
        using var exclusive = RunLock.Take(path);
        var checkpoints = new CheckpointFolder(Path.Combine(path, RunDirectory.CheckpointsName));
        var lacksCurves = TrainingCurves.Files.Any(file => !File.Exists(Path.Combine(path, file)));
        if (!IsFinished(path, now, spec) || (!lacksCurves && !checkpoints.HasRemains))
            return false;
        var epochs = lacksCurves ? Epochs(path) : [];
        if (epochs.Count == 0 && !checkpoints.HasRemains)
            return false;
        Temporary.Clean(path, log);
        if (epochs.Count > 0)
            new TrainingCurves(title, epochs).Write(path);
        checkpoints.DeleteAll();
        log.Say($"this training is finished, but was ended in its last moments: {(epochs.Count > 0 ? "its curves have been drawn from " + RunDirectory.MetricsName : "checkpoints that it no longer needs have been deleted")}");
        return true;
    }

    private static bool IsFinished(string path, RunRecord now, string spec)
    {
        try
        {
            return RunRecord.Read(Path.Combine(path, RunDirectory.RecordName)) is { Finished: not null } then && RunDirectory.HasWeights(path)
                && !RunComparison.Differences(then, RegularFile.ReadText(Path.Combine(path, RunDirectory.SpecName), RegularFile.LargestTable), now, spec).Any();
        }
        catch (Exception cause) when (cause is ZfDeclException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static IReadOnlyList<EpochMetrics> Epochs(string path)
    {
        try
        {
            return MetricsFile.Read(path) ?? [];
        }
        catch (ZfDeclException)
        {
            return [];
        }
    }
}
