using ZfDecl.Messages;

namespace ZfDecl.Distributed;

/// <summary>
/// The processes that do one piece of work together, this one among them. Everything but <see cref="Tell"/> is collective: all ranks call it, in the same order. Not thread-safe.
/// </summary>
/// <remarks>A method throws what <see cref="GroupFailure"/> makes of it where a rank has failed or is no longer heard of.</remarks>
public interface IProcessGroup : IDisposable
{
    /// <summary>The number of this process in the group, from 0; rank 0 alone speaks and writes.</summary>
    int Rank { get; }

    /// <summary>How many processes there are; 1 where this one is alone.</summary>
    int Size { get; }

    /// <summary>Whether this process works by itself, and no launcher has started it; a launcher may start a single rank too.</summary>
    bool IsAlone { get; }

    /// <summary>The name of each rank's host.</summary>
    IReadOnlyList<string> Hosts { get; }

    /// <summary>What carries the messages, for example <c>Open MPI v4.1.4</c>; empty for a process alone.</summary>
    string Carrier { get; }

    /// <summary>
    /// Begins to replace each value by its sum over all ranks. Every element is summed by one rank in the order of the ranks, so all get the same bits, and the same again.
    /// </summary>
    /// <param name="values">The address of the first of them, in memory that stays where it is until the sum is there.</param>
    /// <param name="count">How many; the same on all ranks.</param>
    /// <returns>Wait for it before the values are used.</returns>
    IPendingTransfer BeginSum(nint values, long count);

    /// <summary>Begins to collect what each rank has.</summary>
    /// <param name="values">The address of room for all, in the order of the ranks, where this rank's part stands already.</param>
    /// <param name="counts">How many floats each rank has.</param>
    /// <returns>Wait for it before the values are used.</returns>
    IPendingTransfer BeginGather(nint values, IReadOnlyList<long> counts);

    /// <summary>Replaces each value by its sum over all ranks, in the order of the ranks.</summary>
    void Sum(Span<double> values);

    /// <summary>Gives all ranks what rank 0 has.</summary>
    /// <param name="values">The address of so many bytes.</param>
    /// <param name="bytes">How many; the same on all ranks.</param>
    void Broadcast(nint values, long bytes);

    /// <summary>Gives all ranks what rank 0 has.</summary>
    /// <param name="message">Its bytes on rank 0; elsewhere of no matter.</param>
    /// <returns>Rank 0's bytes.</returns>
    byte[] Broadcast(byte[] message);

    /// <summary>Gives all ranks what each of them has.</summary>
    /// <param name="message">This rank's bytes, of any length.</param>
    /// <returns>The bytes of each rank, in their order.</returns>
    byte[][] Gather(byte[] message);

    /// <summary>Has pieces of work done by whichever rank is free: see <see cref="WorkSharing"/>, which makes it easy.</summary>
    /// <param name="count">How many pieces; the same on all ranks.</param>
    /// <param name="work">Does one here, from the first on.</param>
    /// <param name="keep">Told of each result on rank 0.</param>
    /// <param name="begins">Told of each piece on rank 0, with the rank that takes it.</param>
    /// <param name="cancellation">Ends it on all ranks.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    void HandOut(int count, Func<int, CancellationToken, byte[]> work, Action<int, byte[]> keep, Action<int, int> begins, CancellationToken cancellation);

    /// <summary>
    /// Makes all ranks end because this one has failed; not collective. Rank 0 calls it when it has said the error, its own or another rank's; any other rank tells rank 0, and waits until that has said it.
    /// </summary>
    /// <param name="cause">What happened here.</param>
    void Tell(ZfDeclException cause);
}
