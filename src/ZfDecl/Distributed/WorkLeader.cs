using System.Runtime.InteropServices;
using ZfDecl.Messages;

namespace ZfDecl.Distributed;

/// <summary>Rank 0's side of shared work: it hands pieces to the other ranks when they ask for one, and takes pieces itself.</summary>
internal sealed class WorkLeader : IWorkSource
{
    private readonly int count;
    private readonly Action<int, byte[]> keep;
    private readonly Action<int, int> begins;
    private readonly CancellationTokenSource ended;
    private readonly Lock gate = new(), keeping = new();
    private int next;
    private volatile bool hasLeft;

    /// <param name="count">How many pieces there are.</param>
    /// <param name="keep">Told of each result.</param>
    /// <param name="begins">Told of each piece and the rank that takes it.</param>
    /// <param name="stop">Stops all ranks.</param>
    internal WorkLeader(int count, Action<int, byte[]> keep, Action<int, int> begins, CancellationToken stop)
    {
        (this.count, this.keep, this.begins) = (count, keep, begins);
        ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <inheritdoc/>
    public CancellationToken Stop => ended.Token;

    /// <inheritdoc/>
    public bool IsStopped => Stop.IsCancellationRequested;

    /// <inheritdoc/>
    public int? Next() => Take(rank: 0) is >= 0 and var piece ? piece : null;

    /// <inheritdoc/>
    public void Done(int piece, byte[] result)
    {
        lock (keeping)
            keep(piece, result);
    }

    /// <inheritdoc/>
    public void Leave(bool isStopped)
    {
        if (isStopped)
            ended.Cancel();
        hasLeft = true;
    }

    /// <inheritdoc/>
    public void Serve(Messenger thread)
    {
        Follower[] followers = [.. Enumerable.Range(1, thread.Transport.Size - 1).Select(rank => new Follower(thread.Transport, rank))];
        while (!hasLeft || !Array.TrueForAll(followers, one => one.IsDone))
        {
            foreach (var follower in followers)
            {
                while (follower.Hear() is { } message)
                    Answer(follower, message.Piece, message.Result);
                if (Stop.IsCancellationRequested)
                    follower.Order(WorkOrder.Stop);
                follower.Send();
            }
            thread.LookAround();
            Thread.Sleep(WorkOrder.Pause);
        }
    }

    /// <inheritdoc/>
    public void Abandon() => ended.Cancel();

    private void Answer(Follower follower, int piece, byte[] result)
    {
        if (piece >= 0)
            Keep(piece, result);
        else if (piece == WorkOrder.Stop)
            ended.Cancel();
        if (piece != WorkOrder.Farewell && !follower.HasLastOrder)
            follower.Order(Take(follower.Rank));
    }

    // An error of any kind must reach the other ranks, which this thread alone talks to.
    private void Keep(int piece, byte[] result)
    {
        try
        {
            Done(piece, result);
        }
        catch (Exception error) when (error is not ZfDeclException)
        {
            throw new ZfDeclException("ZF1000", $"internal error: {error}", null, error);
        }
    }

    private int Take(int rank)
    {
        lock (gate)
        {
            if (Stop.IsCancellationRequested)
                return WorkOrder.Stop;
            if (next == count)
                return WorkOrder.NothingLeft;
            begins(next, rank);
            return next++;
        }
    }

    /// <summary>Another rank, as rank 0 knows it.</summary>
    private sealed class Follower
    {
        private readonly ITransport transport;
        private readonly int[] header = GC.AllocateArray<int>(2, pinned: true), order = GC.AllocateArray<int>(1, pinned: true);
        private byte[] result = [];
        private long receiving, sending;
        private bool isSending, isResultComing, hasLeft;
        private int? due;

        internal Follower(ITransport transport, int rank)
        {
            (this.transport, Rank) = (transport, rank);
            Listen();
        }

        internal int Rank { get; }

        /// <summary>Whether it gets no further order.</summary>
        internal bool HasLastOrder { get; private set; }

        /// <summary>Whether nothing is to come of it or to go to it.</summary>
        internal bool IsDone => hasLeft && due is null && HasSent();

        /// <returns>What it says: the number of a piece with what came out of it, or one of <see cref="WorkOrder"/>; null where it says nothing.</returns>
        internal (int Piece, byte[] Result)? Hear()
        {
            if (hasLeft || !transport.IsDone(receiving))
                return null;
            if (!isResultComing && header[1] > 0)
            {
                result = GC.AllocateUninitializedArray<byte>(header[1], pinned: true);
                receiving = transport.Receive(Rank, WorkOrder.Tag, Marshal.UnsafeAddrOfPinnedArrayElement(result, 0), result.Length);
                isResultComing = true;
                return Hear();
            }
            var heard = (header[0], isResultComing ? result : []);
            isResultComing = false;
            if (heard.Item1 == WorkOrder.Farewell)
                hasLeft = true;
            else
                Listen();
            return heard;
        }

        /// <summary>Tells it what to do, as soon as it has what it was told before; nothing where it has its last order.</summary>
        /// <param name="what">A piece, or one of <see cref="WorkOrder"/>.</param>
        internal void Order(int what)
        {
            if (HasLastOrder)
                return;
            due = what;
            HasLastOrder = what < 0;
        }

        internal void Send()
        {
            if (due is not { } what || !HasSent())
                return;
            order[0] = what;
            (sending, isSending, due) = (transport.Send(Rank, WorkOrder.Tag, Marshal.UnsafeAddrOfPinnedArrayElement(order, 0), sizeof(int)), true, null);
        }

        private void Listen() => receiving = transport.Receive(Rank, WorkOrder.Tag, Marshal.UnsafeAddrOfPinnedArrayElement(header, 0), 2 * sizeof(int));

        private bool HasSent()
        {
            if (isSending && transport.IsDone(sending))
                isSending = false;
            return !isSending;
        }
    }
}
