using System.Numerics;
using System.Runtime.InteropServices;

namespace ZfDecl.Distributed;

/// <summary>
/// A sum over all ranks in place: reduce-scatter, then allgather. Each rank owns a share of the elements, which all others send it; it adds them in the order of the ranks, and sends all of them
/// the sums. Long arrays go segment by segment: the next is on its way while one is added.
/// </summary>
/// <remarks>Each rank sends and receives 2 · (P − 1) / P of the array, whatever the number of ranks P.</remarks>
internal sealed unsafe class RankOrderSum
{
    private const long SegmentLength = 1 << 21;         // floats in a segment

    private readonly Messenger messenger;
    private readonly ITransport transport;
    private readonly float* values;
    private readonly long count;
    private readonly int size, rank;
    private readonly List<long> under = [];

    /// <param name="messenger">Whose thread this is.</param>
    /// <param name="values">The address of the floats.</param>
    /// <param name="count">How many.</param>
    internal RankOrderSum(Messenger messenger, nint values, long count)
    {
        (this.messenger, transport, this.count) = (messenger, messenger.Transport, count);
        this.values = (float*)values;
        (size, rank) = (transport.Size, transport.Rank);
    }

    /// <summary>Does it all.</summary>
    internal void Run()
    {
        var segments = (count + SegmentLength - 1) / SegmentLength;
        var room = (nuint)(((Math.Min(count, SegmentLength) / size) + 1) * size * sizeof(float));
        void*[] rooms = [NativeMemory.AlignedAlloc(room, 64), NativeMemory.AlignedAlloc(room, 64)];
        try
        {
            var next = segments > 0 ? Scatter(0, (float*)rooms[0]) : default;
            for (var segment = 0L; segment < segments; segment++)
            {
                var now = next;
                if (segment + 1 < segments)
                    next = Scatter(segment + 1, (float*)rooms[(segment + 1) % 2]);
                foreach (var transfer in now.Received!)
                    messenger.Wait(transfer);
                Add(segment, (float*)rooms[segment % 2]);
                foreach (var transfer in now.Sent!)
                    messenger.Wait(transfer);
                Gather(segment);
            }
            under.ForEach(messenger.Wait);
        }
        finally
        {
            foreach (var one in rooms)
                NativeMemory.AlignedFree(one);
        }
    }

    private (List<long>? Received, List<long>? Sent) Scatter(long segment, float* room)
    {
        var (received, sent) = (new List<long>(), new List<long>());
        var (_, own) = Share(segment, rank);
        for (var other = 0; other < size; other++)
        {
            if (other == rank)
                continue;
            var (first, length) = Share(segment, other);
            Pieces.Receive(transport, other, (nint)(room + (other * own)), own * sizeof(float), received);
            Pieces.Send(transport, other, (nint)(values + first), length * sizeof(float), sent);
        }
        return (received, sent);
    }

    private void Gather(long segment)
    {
        var (first, own) = Share(segment, rank);
        for (var other = 0; other < size; other++)
        {
            if (other == rank)
                continue;
            var (its, length) = Share(segment, other);
            Pieces.Receive(transport, other, (nint)(values + its), length * sizeof(float), under);
            Pieces.Send(transport, other, (nint)(values + first), own * sizeof(float), under);
        }
    }

    // Blocks that stay in the cache while all ranks' values are added to them.
    private void Add(long segment, float* room)
    {
        const int Block = 4096;
        var (first, own) = Share(segment, rank);
        var kept = stackalloc float[Block];
        for (var start = 0L; start < own; start += Block)
        {
            var length = (int)Math.Min(Block, own - start);
            var sum = new Span<float>(values + first + start, length);
            var mine = new Span<float>(kept, length);
            sum.CopyTo(mine);
            for (var other = 0; other < size; other++)
            {
                var term = other == rank ? mine : new ReadOnlySpan<float>(room + (other * own) + start, length);
                if (other == 0)
                    term.CopyTo(sum);
                else
                    AddTo(sum, term);
            }
        }
    }

    private static void AddTo(Span<float> sum, ReadOnlySpan<float> term)
    {
        var wideSum = MemoryMarshal.Cast<float, Vector<float>>(sum);
        var wideTerm = MemoryMarshal.Cast<float, Vector<float>>(term);
        for (var i = 0; i < wideSum.Length; i++)
            wideSum[i] += wideTerm[i];
        for (var i = wideSum.Length * Vector<float>.Count; i < sum.Length; i++)
            sum[i] += term[i];
    }

    private (long First, long Length) Share(long segment, int owner)
    {
        var (start, length) = (segment * SegmentLength, Math.Min(SegmentLength, count - (segment * SegmentLength)));
        var (first, end) = (length * owner / size, length * (owner + 1) / size);
        return (start + first, end - first);
    }
}
