using ZfDecl.Data.Batching;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Runs;

/// <summary>An unfinished run that a training goes on with.</summary>
/// <param name="Record">Its record, as it is on disk.</param>
/// <param name="Checkpoint">Its newest whole checkpoint.</param>
/// <param name="Statistics">What its images are preprocessed with; null where that is damaged, or carries no seal.</param>
internal sealed record EarlierRun(RunRecord Record, Checkpoint Checkpoint, ImageStatistics? Statistics)
{
    /// <summary>Decides whether a training can go on with what is in a run's folder.</summary>
    /// <param name="path">The folder, locked.</param>
    /// <param name="checkpoints">Its checkpoints.</param>
    /// <param name="now">The record that a new run would have.</param>
    /// <param name="spec">The resolved spec.</param>
    /// <param name="log">Hears of what is damaged, and of what keeps the weights from being the same to the byte.</param>
    /// <returns>Null where there is nothing to go on with: no run, a finished one, or one that ended before its first checkpoint.</returns>
    /// <exception cref="ZfDeclException">
    /// ZF1212: its settings, data or spec are others; ZF1211: all its checkpoints are damaged; ZF1202, ZF1208: its record is.
    /// </exception>
    internal static EarlierRun? Find(string path, CheckpointFolder checkpoints, RunRecord now, string spec, IRunLog log)
    {
        var recordPath = Path.Combine(path, RunDirectory.RecordName);
        if (!checkpoints.HasAny || !File.Exists(recordPath))
            return null;
        var then = RunRecord.Read(recordPath);
        if (then.Finished is not null)
            return null;
        string[] differences = [.. RunComparison.Differences(then, Readable(() => RegularFile.ReadText(Path.Combine(path, RunDirectory.SpecName), RegularFile.LargestTable)), now, spec)];
        if (differences.Length > 0)
        {
            throw new ZfDeclException("ZF1212",
                $"'{path}' holds an unfinished run of which this cannot be the continuation:\n  {string.Join(";\n  ", differences)}.\n"
                + "Give it the earlier values to go on, or start anew with `resume=no`: the unfinished run is then kept aside", path);
        }
        var checkpoint = checkpoints.Newest(log)!;
        string[] deviations = [.. RunComparison.Deviations(then, now)];
        if (deviations.Length > 0)
            log.Warn("ZF1213", $"the run goes on, but its weights will not be the same to the byte as without the interruption: {string.Join("; ", deviations)}", path);
        return new(then, checkpoint, MeasuredBefore(Path.Combine(path, RunDirectory.InputName), log));
    }

    // Without a seal a damaged bit cannot be told, and it would give other weights.
    private static ImageStatistics? MeasuredBefore(string path, IRunLog log)
    {
        try
        {
            var statistics = InputFile.Read(path);
            if (SafeTensorsFile.IsSealed(path))
                return statistics;
            log.Say($"'{path}' carries no seal: an earlier version wrote it. Its values could be, and the images are measured again to be sure of them");
        }
        catch (ZfDeclException damage)
        {
            log.Warn("ZF1217", $"the statistics of the training images are damaged, and are measured again: {damage.Message}", path);
        }
        return null;
    }

    private static T? Readable<T>(Func<T> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ZfDeclException)
        {
            return null;
        }
    }
}
