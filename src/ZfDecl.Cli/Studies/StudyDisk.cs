using System.Globalization;
using ZfDecl.Cli.Terminal;
using ZfDecl.Runs;

namespace ZfDecl.Cli.Studies;

/// <summary>How much room the runs of a study take on disk: full-sized networks have weights of hundreds of megabytes, and a run keeps them several times.</summary>
internal static class StudyDisk
{
    private const int BytesAParameter = 4;

    /// <summary>Weights in a checkpoint: the newest, their velocities and the best; and two are kept while a third is written.</summary>
    private const int WhileTraining = 3 * 3;

    private const double WorthSaying = 1e9;

    /// <summary>Says what the jobs will take, where that is much, and warns where the disk has less.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="artifacts">The folder of all runs; it need not be there yet.</param>
    /// <param name="left">The jobs that are not finished yet.</param>
    /// <param name="processes">How many are trained at a time.</param>
    public static void Say(ConsoleLog log, string artifacts, IReadOnlyList<StudyJob> left, int processes)
    {
        var (stays, meanwhile) = Bytes(left, processes);
        var free = Free(artifacts);
        if (stays + meanwhile > free)
        {
            log.Warn("ZF1476", $"the disk may be full before the study ends: its runs leave about {Text(stays)} there and take {Text(meanwhile)} more while they train, but {Text(free.Value)} are free. "
                + "Free some space, or name another folder with -p:Artifacts=…. Where it does run out, nothing is lost: the same command goes on", artifacts);
        }
        else if (stays + meanwhile > WorthSaying)
        {
            log.Say($"on disk the runs leave about {Text(stays)}, and take {Text(meanwhile)} more while they train{(free is { } some ? $"; {Text(some)} are free" : "")}");
        }
    }

    /// <summary>What stays of the jobs, in bytes, and what those that are under way take beside it at most.</summary>
    internal static (double Stays, double Meanwhile) Bytes(IEnumerable<StudyJob> left, int processes) => Bytes(left.Select(job => (job.Epochs, job.Network.Parameters)), processes);

    /// <summary>The same of any trainings, by their epochs and the parameters of their networks.</summary>
    internal static (double Stays, double Meanwhile) Bytes(IEnumerable<(int Epochs, long Parameters)> left, int processes)
    {
        var weights = left.Select(job => (job.Epochs, Bytes: (double)BytesAParameter * job.Parameters)).ToList();
        return (
            weights.Sum(job => job.Bytes * (1 + TrainingProgress.SnapshotEpochs.Count(epoch => epoch <= job.Epochs))),
            weights.Select(job => job.Bytes).OrderDescending().Take(processes).Sum() * WhileTraining);
    }

    /// <summary>The bytes that are free where a folder is, or would be.</summary>
    /// <returns>Null where the system does not say.</returns>
    internal static double? Free(string folder)
    {
        try
        {
            while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } above)
                folder = above;
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Bytes as people say them: <c>3.2 GB</c>.</summary>
    internal static string Text(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{(bytes < 1e9 ? bytes / 1e6 : bytes / 1e9):0.0} {(bytes < 1e9 ? "MB" : "GB")}");
}
