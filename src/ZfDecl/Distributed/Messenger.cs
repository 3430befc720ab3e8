using System.Collections.Concurrent;
using ZfDecl.Messages;

namespace ZfDecl.Distributed;

/// <summary>
/// The thread of a process that sends and receives, one piece of work after another, while the process computes. Between two looks at its transfers it lets the other
/// ranks know that this one is alive, and hears whether they are: a rank may compute for as long as it likes, but one that is gone is found out.
/// </summary>
internal sealed class Messenger : IDisposable
{
    private static readonly TimeSpan TellingTime = TimeSpan.FromSeconds(2);

    private readonly BlockingCollection<Job> jobs = [];
    private readonly Thread thread;
    private readonly ManualResetEventSlim joined = new(), ended = new();
    private readonly TimeSpan timeout;
    private readonly Func<ITransport> join;
    private volatile ZfDeclException? failure;
    private volatile ZfDeclException? toTell;
    private volatile bool leaves;
    private Exception? cause;
    private ITransport? transport;
    private Heartbeats? heartbeats;

    /// <param name="join">Makes the transport, on the thread that then uses it.</param>
    /// <param name="timeout">How long nothing may be heard of a rank.</param>
    internal Messenger(Func<ITransport> join, TimeSpan timeout)
    {
        (this.join, this.timeout) = (join, timeout);
        thread = new(Run) { IsBackground = true, Name = "process group" };
        thread.Start();
        joined.Wait();
        if (cause is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause);
    }

    /// <summary>What it sends through; the thread's alone but for its number, size and names.</summary>
    internal ITransport Transport => transport!;

    /// <summary>Names the ranks' hosts in errors from here on; for the messenger's thread.</summary>
    internal void Know(IReadOnlyList<string> hosts) => heartbeats!.Know(hosts);

    /// <summary>Puts work at the end of the line.</summary>
    /// <param name="work">Done on the messenger's thread.</param>
    /// <param name="abandoned">Called where it fails, or is never done because a rank has failed.</param>
    internal IPendingTransfer Begin(Action<Messenger> work, Action? abandoned = null)
    {
        var job = new Job(this, work, abandoned);
        jobs.Add(job);
        if (failure is { } error)
            FailAll(error);                     // the thread, which does so too, may have looked before
        return job;
    }

    /// <summary>Makes all ranks end: see <see cref="IProcessGroup.Tell"/>.</summary>
    internal void Tell(ZfDeclException error)
    {
        toTell = error;
        ended.Wait();
    }

    /// <summary>Waits, on the messenger's thread, until a transfer is done.</summary>
    /// <exception cref="ZfDeclException">A rank has failed, or is no longer heard of.</exception>
    internal void Wait(long transfer)
    {
        var pause = new Pause();
        while (!Transport.IsDone(transfer))
        {
            if (pause.IsDue)
                LookAround();
            pause.Once();
        }
    }

    /// <summary>Leaves in good order, when all leave.</summary>
    /// <exception cref="ZfDeclException">A rank has failed instead, or is no longer heard of.</exception>
    internal void Leave()
    {
        leaves = true;
        ended.Wait();
        if (failure is { } error)
            throw new ZfDeclException(error.Code, error.Message, error.File, error);
    }

    public void Dispose()
    {
        leaves = true;
        jobs.CompleteAdding();
    }

    private void Run()
    {
        try
        {
            transport = join();
            heartbeats = new(transport, timeout);
        }
        catch (Exception error) when (error is ZfDeclException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            cause = error;
        }
        finally
        {
            joined.Set();
        }
        if (cause is not null)
            return;
        try
        {
            Work(transport!, heartbeats!);
        }
        catch (ZfDeclException error)
        {
            failure = error;
            FailAll(error);
            End(transport!, heartbeats!, error);
        }
        finally
        {
            ended.Set();
        }
    }

    private void Work(ITransport carrier, Heartbeats beats)
    {
        while (true)
        {
            if (jobs.TryTake(out var job, beats.Interval / 4))
                job.Run();
            else if (leaves)
                break;
            LookAround();
        }
        beats.Stop();
        carrier.Leave();
    }

    // Who ends first has its launcher end the others: rank 0 must have said the error by then.
    private void End(ITransport carrier, Heartbeats beats, ZfDeclException error)
    {
        try
        {
            if (carrier.Rank == 0)
            {
                while (toTell is null && !leaves)
                {
                    beats.Send();
                    Thread.Sleep(beats.Interval / 20);
                }
                beats.Tell(GroupFailure.TextOf(toTell ?? error), TellingTime);
            }
            else if (error.Code is not (GroupFailure.Ended or GroupFailure.SilentFirst))
            {
                beats.Tell(GroupFailure.TextOf(error), TellingTime);
                while (true)
                {
                    beats.Exchange();
                    Thread.Sleep(beats.Interval / 20);
                }
            }
        }
        catch (ZfDeclException)
        {
            // Rank 0 has spoken, or is gone too.
        }
    }

    private void FailAll(ZfDeclException error)
    {
        while (jobs.TryTake(out var job))
            job.Fail(error);
    }

    /// <summary>Sends and hears signs of life; for the messenger's thread, some times a second.</summary>
    /// <exception cref="ZfDeclException">A rank has failed, or is no longer heard of.</exception>
    internal void LookAround()
    {
        if (toTell is { } own)
            throw own;
        heartbeats!.Exchange();
    }

    private sealed class Job(Messenger owner, Action<Messenger> work, Action? abandoned) : IPendingTransfer
    {
        private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Wait()
        {
            try
            {
                done.Task.GetAwaiter().GetResult();
            }
            catch (ZfDeclException error)
            {
                throw new ZfDeclException(error.Code, error.Message, error.File, error);        // of this thread
            }
        }

        internal void Run()
        {
            try
            {
                work(owner);
                done.SetResult();
            }
            catch (ZfDeclException error)
            {
                Fail(error);
                throw;
            }
        }

        internal void Fail(ZfDeclException error)
        {
            abandoned?.Invoke();
            done.SetException(error);
        }
    }
}
