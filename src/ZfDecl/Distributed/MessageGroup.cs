using System.Runtime.InteropServices;
using System.Text;
using ZfDecl.Messages;

namespace ZfDecl.Distributed;

/// <summary>A group whose ranks send each other messages.</summary>
public sealed class MessageGroup : IProcessGroup
{
    private readonly Messenger messenger;
    private bool hasFailed;

    /// <param name="join">Makes what carries the messages; called on the thread that then uses it alone.</param>
    /// <param name="timeout">How long nothing may be heard of a rank; above 0.</param>
    /// <exception cref="ZfDeclException">What <paramref name="join"/> throws.</exception>
    public MessageGroup(Func<ITransport> join, TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        messenger = new(join, timeout);
        (Rank, Size, Carrier) = (messenger.Transport.Rank, messenger.Transport.Size, messenger.Transport.Name);
        Hosts = [messenger.Transport.Host];
        Hosts = [.. Gather(Encoding.UTF8.GetBytes(messenger.Transport.Host)).Select(Encoding.UTF8.GetString)];
        Wait(messenger.Begin(thread => thread.Know(Hosts)));
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public bool IsAlone => false;

    /// <inheritdoc/>
    public IReadOnlyList<string> Hosts { get; }

    /// <inheritdoc/>
    public string Carrier { get; }

    /// <inheritdoc/>
    public IPendingTransfer BeginSum(nint values, long count) => messenger.Begin(thread => new RankOrderSum(thread, values, count).Run());

    /// <inheritdoc/>
    public IPendingTransfer BeginGather(nint values, IReadOnlyList<long> counts)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(counts.Count, Size);
        return messenger.Begin(thread => Exchange(thread, values, [.. counts.Select(count => count * sizeof(float))]));
    }

    /// <inheritdoc/>
    public void Sum(Span<double> values)
    {
        var length = values.Length;
        var all = GC.AllocateUninitializedArray<double>(length * Size, pinned: true);
        values.CopyTo(all.AsSpan(Rank * length));
        Wait(messenger.Begin(thread => Exchange(thread, AddressOf(all), [.. Enumerable.Repeat((long)length * sizeof(double), Size)])));
        for (var i = 0; i < length; i++)
        {
            values[i] = all[i];
            for (var rank = 1; rank < Size; rank++)
                values[i] += all[(rank * length) + i];
        }
    }

    /// <inheritdoc/>
    public void Broadcast(nint values, long bytes) => Wait(messenger.Begin(thread => SendToAll(thread, values, bytes)));

    /// <inheritdoc/>
    public byte[] Broadcast(byte[] message)
    {
        var length = GC.AllocateArray<long>(1, pinned: true);
        length[0] = message.Length;
        Broadcast(AddressOf(length), sizeof(long));
        var bytes = GC.AllocateUninitializedArray<byte>((int)length[0], pinned: true);
        if (Rank == 0)
            message.CopyTo(bytes.AsSpan());
        Broadcast(AddressOf(bytes), bytes.Length);
        return bytes;
    }

    /// <inheritdoc/>
    public byte[][] Gather(byte[] message)
    {
        var lengths = GC.AllocateArray<long>(Size, pinned: true);
        lengths[Rank] = message.Length;
        Wait(messenger.Begin(thread => Exchange(thread, AddressOf(lengths), [.. Enumerable.Repeat((long)sizeof(long), Size)])));
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)lengths.Sum()), pinned: true);
        var first = (int)lengths.Take(Rank).Sum();
        message.CopyTo(bytes.AsSpan(first));
        Wait(messenger.Begin(thread => Exchange(thread, AddressOf(bytes), lengths)));
        var (parts, offset) = (new byte[Size][], 0);
        for (var rank = 0; rank < Size; offset += (int)lengths[rank++])
            parts[rank] = bytes.AsSpan(offset, (int)lengths[rank]).ToArray();
        return parts;
    }

    /// <inheritdoc/>
    public void HandOut(int count, Func<int, CancellationToken, byte[]> work, Action<int, byte[]> keep, Action<int, int> begins, CancellationToken cancellation)
    {
        IWorkSource source = Rank == 0 ? new WorkLeader(count, keep, begins, cancellation) : new WorkFollower(cancellation);
        var serving = messenger.Begin(source.Serve, source.Abandon);
        try
        {
            while (source.Next() is { } piece)
                source.Done(piece, work(piece, source.Stop));
            source.Leave(isStopped: false);
        }
        catch (OperationCanceledException)
        {
            source.Leave(isStopped: true);
        }
        Wait(serving);
        if (source.IsStopped)
            throw new OperationCanceledException(cancellation);
    }

    /// <inheritdoc/>
    public void Tell(ZfDeclException cause)
    {
        hasFailed = true;
        messenger.Tell(cause);
    }

    /// <summary>Leaves: in good order, for which it waits until all leave, or at once where a rank is known to have failed.</summary>
    /// <exception cref="ZfDeclException">A rank has failed while this one waited.</exception>
    public void Dispose()
    {
        if (!hasFailed)
            messenger.Leave();
        messenger.Dispose();
    }

    private void Wait(IPendingTransfer transfer)
    {
        try
        {
            transfer.Wait();
        }
        catch (ZfDeclException)
        {
            hasFailed = true;
            throw;
        }
    }

    private static void Exchange(Messenger thread, nint values, long[] bytes)
    {
        var (transport, under) = (thread.Transport, new List<long>());
        var first = new long[bytes.Length];
        for (var rank = 1; rank < bytes.Length; rank++)
            first[rank] = first[rank - 1] + bytes[rank - 1];
        var own = transport.Rank;
        for (var rank = 0; rank < bytes.Length; rank++)
        {
            if (rank == own)
                continue;
            Pieces.Receive(transport, rank, values + (nint)first[rank], bytes[rank], under);
            Pieces.Send(transport, rank, values + (nint)first[own], bytes[own], under);
        }
        under.ForEach(thread.Wait);
    }

    private static void SendToAll(Messenger thread, nint values, long bytes)
    {
        var (transport, under) = (thread.Transport, new List<long>());
        if (transport.Rank != 0)
            Pieces.Receive(transport, 0, values, bytes, under);
        for (var rank = 1; rank < transport.Size && transport.Rank == 0; rank++)
            Pieces.Send(transport, rank, values, bytes, under);
        under.ForEach(thread.Wait);
    }

    private static nint AddressOf<T>(T[] pinned) => Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
}
