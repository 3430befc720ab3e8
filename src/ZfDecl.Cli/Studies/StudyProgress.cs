using System.Diagnostics;
using System.Globalization;
using ZfDecl.Cli.Terminal;

namespace ZfDecl.Cli.Studies;

/// <summary>Says which job of a study begins, and about how long the others will take: as long for their work as those that have ended.</summary>
/// <param name="log">Where to.</param>
/// <param name="left">The jobs that are not finished yet.</param>
/// <param name="all">How many jobs the study has.</param>
internal sealed class StudyProgress(ConsoleLog log, IReadOnlyList<StudyJob> left, int all)
{
    private readonly Lock gate = new();
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly double work = left.Sum(job => job.Work);
    private double done;
    private int begun = all - left.Count;

    /// <summary>A job begins.</summary>
    /// <param name="job">The job.</param>
    /// <param name="where">Where, where that is not here.</param>
    public void Begins(StudyJob job, string? where)
    {
        lock (gate)
        {
            var time = done == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; about {Stopwatch.GetElapsedTime(start).TotalMinutes * (work - done) / done:0.0} minutes left");
            log.Say($"row {++begun}/{all}: {job.Title}{(where is null ? "" : $", {where}")}{time}");
        }
    }

    /// <summary>A job has ended.</summary>
    public void Ended(StudyJob job)
    {
        lock (gate)
            done += job.Work;
    }
}
