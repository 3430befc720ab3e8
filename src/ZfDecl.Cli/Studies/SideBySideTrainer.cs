using System.Collections.Concurrent;
using ZfDecl.Cli.Configuration;

namespace ZfDecl.Cli.Studies;

/// <summary>Trains several jobs at a time, each in a process of its own, so that none can take another down.</summary>
/// <param name="context">The study's.</param>
/// <param name="processes">How many at a time; at least 1.</param>
internal sealed class SideBySideTrainer(RunContext context, int processes) : IStudyTrainer
{
    /// <inheritdoc/>
    public void Train(IReadOnlyList<StudyJob> jobs, Action<StudyJob, string?> begins, Action<EndedJob> ended)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.Stop);
        using var results = new BlockingCollection<EndedJob>();
        var waiting = new ConcurrentQueue<StudyJob>(jobs);
        var width = jobs.Max(job => job.Title.Length);
        var workers = Task.WhenAll(Enumerable.Range(0, processes).Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var closed = workers.ContinueWith(_ => results.CompleteAdding(), TaskScheduler.Default);
        try
        {
            foreach (var job in results.GetConsumingEnumerable())
                ended(job);
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
                begins(job, null);
                var process = new JobProcess(context, job, job.Title.PadRight(width));
                if (process.Run(stop.Token) is { } end)
                    results.Add(end);
            }
        }
    }
}
