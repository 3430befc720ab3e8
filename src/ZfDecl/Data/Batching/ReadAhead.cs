using System.Collections.Concurrent;

namespace ZfDecl.Data.Batching;

/// <summary>Produces a sequence on a thread of its own, a few items before they are asked for.</summary>
internal static class ReadAhead
{
    /// <summary>
    /// The items of <paramref name="source"/>, in order. An exception of the source reaches the consumer after the items before it. Ending the
    /// enumeration early stops the thread and disposes the items that nobody took; an item that was taken belongs to the consumer.
    /// </summary>
    /// <param name="source">Enumerated on the background thread.</param>
    /// <param name="items">How many finished items may wait; at least 1.</param>
    public static IEnumerable<T> Of<T>(IEnumerable<T> source, int items) where T : IDisposable
    {
        using var stop = new CancellationTokenSource();
        using var ready = new BlockingCollection<T>(items);
        var producer = Task.Factory.StartNew(
            () => Produce(source, ready, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var item in ready.GetConsumingEnumerable())
                yield return item;
            producer.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            Task.WhenAny(producer).Wait();
            while (ready.TryTake(out var unclaimed))
                unclaimed.Dispose();
        }
    }

    private static void Produce<T>(IEnumerable<T> source, BlockingCollection<T> ready, CancellationToken stop) where T : IDisposable
    {
        try
        {
            foreach (var item in source)
            {
                try
                {
                    ready.Add(item, stop);
                }
                catch (OperationCanceledException)
                {
                    item.Dispose();
                    return;
                }
            }
        }
        finally
        {
            ready.CompleteAdding();
        }
    }
}
