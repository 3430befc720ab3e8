using ZfDecl.Distributed;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Distributed;

/// <summary>A group that counts what it is asked for.</summary>
internal sealed class MeteredGroup(IProcessGroup group) : IProcessGroup
{
    public int Rank => group.Rank;

    public int Size => group.Size;

    public bool IsAlone => group.IsAlone;

    public IReadOnlyList<string> Hosts => group.Hosts;

    public string Carrier => group.Carrier;

    /// <summary>Collective calls so far.</summary>
    public long Calls { get; private set; }

    /// <summary>Bytes that this rank has sent in them to all others.</summary>
    public double Bytes { get; private set; }

    /// <summary>Told how many floats a sum has that begins.</summary>
    public Action<long>? SumBegins { get; set; }

    public IPendingTransfer BeginSum(nint values, long count)
    {
        SumBegins?.Invoke(count);
        Count(2.0 * (Size - 1) / Size * count * sizeof(float));
        return group.BeginSum(values, count);
    }

    public IPendingTransfer BeginGather(nint values, IReadOnlyList<long> counts)
    {
        Count((double)(Size - 1) * counts[Rank] * sizeof(float));
        return group.BeginGather(values, counts);
    }

    public void Sum(Span<double> values)
    {
        Count((double)(Size - 1) * values.Length * sizeof(double));
        group.Sum(values);
    }

    public void Broadcast(nint values, long bytes)
    {
        Count(Rank == 0 ? (double)(Size - 1) * bytes : 0);
        group.Broadcast(values, bytes);
    }

    public byte[] Broadcast(byte[] message)
    {
        Count(Rank == 0 ? (double)(Size - 1) * message.Length : 0);
        return group.Broadcast(message);
    }

    public byte[][] Gather(byte[] message)
    {
        Count((double)(Size - 1) * message.Length);
        return group.Gather(message);
    }

    public void HandOut(int count, Func<int, CancellationToken, byte[]> work, Action<int, byte[]> keep, Action<int, int> begins, CancellationToken cancellation) =>
        group.HandOut(count, work, keep, begins, cancellation);

    public void Tell(ZfDeclException cause) => group.Tell(cause);

    public void Dispose() => group.Dispose();

    private void Count(double bytes)
    {
        Calls++;
        Bytes += bytes;
    }
}
