using System.Collections.Concurrent;
using ZfDecl.Cli.Configuration;

namespace ZfDecl.Cli.Studies;

/// <summary>Trains several jobs at a time, each in a process of its own, so that none can take another down.</summary>
/// <param name="context">The study's.</param>
/// <param name="processes">How many at a time; at least 1.</param>
internal sealed class SideBySideTrainer(RunContext context, int processes) : IStudyTrainer
{
    /// <inheritdoc/>
    public IEnumerable<EndedJob> Train(IReadOnlyList<StudyJob> jobs, Action<StudyJob> begins)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        using var ended = new BlockingCollection<EndedJob>();
        var waiting = new ConcurrentQueue<StudyJob>(jobs);
        var width = jobs.Max(job => job.Title.Length);
        var workers = Task.WhenAll(Enumerable.Range(0, processes).Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var closed = workers.ContinueWith(_ => ended.CompleteAdding(), TaskScheduler.Default);
        try
        {
            foreach (var job in ended.GetConsumingEnumerable())
                yield return job;
            workers.GetAwaiter().GetResult();
            context.Stop.ThrowIfCancellationRequested();
        }
        finally
        {
            // Whoever leaves early, by an error of his own, leaves no process behind.
            stop.Cancel();
            closed.Wait();
        }

        void Work()
        {
            while (!stop.IsCancellationRequested && waiting.TryDequeue(out var job))
            {
                begins(job);
                var process = new JobProcess(context, job, job.Title.PadRight(width));
                if (process.Run(stop.Token) is { } end)
                    ended.Add(end);
            }
        }
    }
}
