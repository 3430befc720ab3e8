using ZfDecl.Explore.Problems;
using ZfDecl.Messages;

namespace ZfDecl.Explore.Computing;

/// <summary>
/// The one thread that computes. What somebody waits for goes before what runs in the background, which comes in pieces; what nobody waits for any more is passed over.
/// </summary>
internal sealed class Worker : IDisposable
{
    /// <summary>Requests that may wait at once; a page sends a handful.</summary>
    public const int MostWaiting = 64;

    private readonly Lock gate = new();
    private readonly SemaphoreSlim filled = new(0);
    private readonly Queue<Job> front = new(), behind = new();
    private readonly Thread thread;
    private bool isStopping;

    public Worker()
    {
        thread = new(Work) { IsBackground = true, Name = "compute" };
        thread.Start();
    }

    /// <summary>Computes something when its turn comes.</summary>
    /// <param name="work">What.</param>
    /// <param name="token">Gives it up, as long as it has not begun.</param>
    /// <param name="inBackground">Whether it waits until nothing else does.</param>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    /// <exception cref="ZfDeclException">ZF1814: too much is waiting; or what the work throws.</exception>
    public async Task<T> Run<T>(Func<T> work, CancellationToken token, bool inBackground = false)
    {
        token.ThrowIfCancellationRequested();
        var job = new Job<T>(work);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isStopping, this);
            var queue = inBackground ? behind : front;
            if (queue.Count >= MostWaiting && queue.Count(one => !one.IsOver) >= MostWaiting)
                throw RequestErrors.TooMany($"{MostWaiting} requests wait already; wait for their answers before you ask for more");
            queue.Enqueue(job);
        }
        filled.Release();
        await using (token.Register(() => job.GiveUp(token)))
            return await job.Done.ConfigureAwait(false);
    }

    /// <summary>Waits for what is being computed, gives up the rest, and ends the thread.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isStopping)
                return;
            isStopping = true;
        }
        filled.Release();
        thread.Join();
        filled.Dispose();
    }

    private void Work()
    {
        while (true)
        {
            filled.Wait();
            Job? job;
            lock (gate)
            {
                if (isStopping)
                {
                    foreach (var left in front.Concat(behind))
                        left.GiveUp(new(canceled: true));
                    return;
                }
                if (!front.TryDequeue(out job))
                    behind.TryDequeue(out job);
            }
            job?.Run();
        }
    }

    private abstract class Job
    {
        public abstract bool IsOver { get; }

        public abstract void GiveUp(CancellationToken token);

        public abstract void Run();
    }

    private sealed class Job<T>(Func<T> work) : Job
    {
        private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int isTaken;        // by the thread, or by who gives it up

        public Task<T> Done => done.Task;

        public override bool IsOver => done.Task.IsCompleted;

        public override void GiveUp(CancellationToken token)
        {
            if (Interlocked.Exchange(ref isTaken, 1) == 0)
                done.SetCanceled(token);
        }

        public override void Run()
        {
            if (Interlocked.Exchange(ref isTaken, 1) != 0)
                return;
            try
            {
                done.SetResult(work());
            }
#pragma warning disable CA1031 // Who waits for it gets it.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                done.SetException(failure);
            }
        }
    }
}
