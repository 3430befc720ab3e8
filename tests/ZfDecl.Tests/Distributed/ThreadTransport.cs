using System.Collections.Concurrent;
using ZfDecl.Distributed;

namespace ZfDecl.Tests.Distributed;

/// <summary>Messages between threads of one process, which are ranks to each other.</summary>
internal sealed unsafe class ThreadTransport(ThreadTransport.Wire wire, int rank, int size) : ITransport
{
    private readonly Dictionary<long, Waiting> under = [];
    private long transfers;

    public int Rank => rank;

    public int Size => size;

    public string Host => $"host{rank}";

    public string Name => "threads";

    public bool HasLeft { get; private set; }

    public long Send(int to, int tag, nint memory, int bytes)
    {
        if (!wire.IsCut(rank, to))
            wire.Line(rank, to, tag).Enqueue(new ReadOnlySpan<byte>((void*)memory, bytes).ToArray());
        return ++transfers;
    }

    public long Receive(int from, int tag, nint memory, int bytes)
    {
        under.Add(++transfers, new(from, tag, memory, bytes, under.Values.Count(other => other.From == from && other.Tag == tag)));
        return transfers;
    }

    public bool IsDone(long transfer)
    {
        foreach (var (number, waiting) in under.OrderBy(one => one.Key).ToList())
        {
            // Of those that wait for the same line, the first is served first.
            if (under.Any(other => other.Key < number && other.Value.From == waiting.From && other.Value.Tag == waiting.Tag) || !wire.Line(waiting.From, rank, waiting.Tag).TryDequeue(out var message))
                continue;
            Assert.True(message.Length <= waiting.Bytes);
            message.CopyTo(new Span<byte>((void*)waiting.Memory, waiting.Bytes));
            under.Remove(number);
        }
        return !under.ContainsKey(transfer);
    }

    public void Leave() => HasLeft = true;

    public void Dispose()
    {
    }

    private sealed record Waiting(int From, int Tag, nint Memory, int Bytes, int Before);

    /// <summary>What the threads send through; ranks can be cut off it.</summary>
    internal sealed class Wire
    {
        private readonly ConcurrentDictionary<(int, int, int), ConcurrentQueue<byte[]>> lines = new();
        private volatile int cut = -1;

        public ConcurrentQueue<byte[]> Line(int from, int to, int tag) => lines.GetOrAdd((from, to, tag), _ => new());

        public bool IsCut(int from, int to) => cut >= 0 && (from == cut || to == cut);

        /// <summary>Takes a rank off, as a pulled cable does.</summary>
        public void Cut(int rank) => cut = rank;
    }
}
