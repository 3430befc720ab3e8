using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace ZfDecl.Distributed;

/// <summary>The side of a rank that is not rank 0 of shared work: it asks for a piece, does it, and sends what came out of it with its next request.</summary>
internal sealed class WorkFollower : IWorkSource
{
    private readonly BlockingCollection<int> given = [];
    private readonly ConcurrentQueue<(int Piece, byte[] Result)> done = new();
    private readonly CancellationTokenSource ended;
    private readonly int[] order = GC.AllocateArray<int>(1, pinned: true);
    private readonly List<long> sending = [];
    private readonly List<Array> sent = [];             // what is read until it has gone

    /// <param name="stop">Stops all ranks.</param>
    internal WorkFollower(CancellationToken stop) => ended = CancellationTokenSource.CreateLinkedTokenSource(stop);

    /// <inheritdoc/>
    public CancellationToken Stop => ended.Token;

    /// <inheritdoc/>
    public bool IsStopped { get; private set; }

    /// <inheritdoc/>
    public int? Next() => given.TryTake(out var piece, Timeout.Infinite) ? piece : null;

    /// <inheritdoc/>
    public void Done(int piece, byte[] result) => Say(piece, result);

    /// <inheritdoc/>
    public void Leave(bool isStopped)
    {
        if (isStopped)
            Say(WorkOrder.Stop, []);
    }

    /// <inheritdoc/>
    public void Serve(Messenger thread)
    {
        var transport = thread.Transport;
        var (ordered, hasLastOrder, isFree) = (Listen(), false, true);
        Send(transport, WorkOrder.None, []);
        while (!hasLastOrder || !isFree)
        {
            if (!hasLastOrder && transport.IsDone(ordered))
            {
                IsStopped = order[0] == WorkOrder.Stop;
                if (IsStopped)
                    ended.Cancel();
                hasLastOrder = order[0] < 0;
                if (hasLastOrder)
                {
                    given.CompleteAdding();
                }
                else
                {
                    given.Add(order[0]);
                    isFree = false;
                    ordered = Listen();
                }
            }
            if (done.TryDequeue(out var one))
            {
                Send(transport, one.Piece, one.Result);
                isFree = true;
            }
            thread.LookAround();
            Thread.Sleep(WorkOrder.Pause);
        }
        Send(transport, WorkOrder.Farewell, []);
        sending.ForEach(thread.Wait);

        long Listen() => transport.Receive(0, WorkOrder.Tag, Marshal.UnsafeAddrOfPinnedArrayElement(order, 0), sizeof(int));
    }

    /// <inheritdoc/>
    public void Abandon()
    {
        ended.Cancel();
        given.CompleteAdding();
    }

    private void Say(int piece, byte[] result) => done.Enqueue((piece, result));

    private void Send(ITransport transport, int piece, byte[] result)
    {
        var header = GC.AllocateUninitializedArray<int>(2, pinned: true);
        (header[0], header[1]) = (piece, result.Length);
        SendAll(header, 2 * sizeof(int));
        if (result.Length == 0)
            return;
        var copy = GC.AllocateUninitializedArray<byte>(result.Length, pinned: true);
        result.CopyTo(copy, 0);
        SendAll(copy, copy.Length);

        void SendAll<T>(T[] pinned, int bytes)
        {
            sent.Add(pinned);
            sending.Add(transport.Send(0, WorkOrder.Tag, Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0), bytes));
        }
    }
}
