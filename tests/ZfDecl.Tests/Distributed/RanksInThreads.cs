using System.Runtime.ExceptionServices;
using ZfDecl.Distributed;

namespace ZfDecl.Tests.Distributed;

/// <summary>Does something on several ranks, each a thread of this process.</summary>
internal static class RanksInThreads
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>What each rank comes to, in order; the first error of one is thrown.</summary>
    public static T[] Run<T>(int size, Func<IProcessGroup, T> work, TimeSpan? timeout = null)
    {
        var ended = Try(size, (group, _) => work(group), timeout);
        ended.Select(one => one.Error).FirstOrDefault(error => error is not null)?.Throw();
        return [.. ended.Select(one => one.Value!)];
    }

    /// <summary>What each rank comes to, or its error, in order.</summary>
    public static (T? Value, ExceptionDispatchInfo? Error)[] Try<T>(int size, Func<IProcessGroup, ThreadTransport.Wire, T> work, TimeSpan? timeout = null)
    {
        var wire = new ThreadTransport.Wire();
        var results = new (T?, ExceptionDispatchInfo?)[size];
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                var group = new MessageGroup(() => new ThreadTransport(wire, rank, size), timeout ?? Patience);
                results[rank] = (work(group, wire), null);
                group.Dispose();
            }
            catch (Exception error)
            {
                results[rank] = (default, ExceptionDispatchInfo.Capture(error));
            }
        }))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            Assert.True(thread.Join(Patience), "a rank waits for ever");
        return results;
    }
}
