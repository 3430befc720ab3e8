namespace ZfDecl.Distributed;

/// <summary>
/// Carries bytes between two ranks. One thread alone calls all of it. Messages of one rank to another with the same tag arrive in the order in which they were sent.
/// </summary>
public interface ITransport : IDisposable
{
    /// <summary>The number of this process, from 0.</summary>
    int Rank { get; }

    /// <summary>How many processes there are.</summary>
    int Size { get; }

    /// <summary>The name of this process's host.</summary>
    string Host { get; }

    /// <summary>What it is, for example <c>Open MPI v4.1.4</c>.</summary>
    string Name { get; }

    /// <summary>Begins to send.</summary>
    /// <param name="rank">To whom.</param>
    /// <param name="tag">What sort of message it is; 0 … 1000.</param>
    /// <param name="memory">The address of the bytes, which stay as they are until it is done.</param>
    /// <param name="bytes">How many; below 2³¹.</param>
    /// <returns>A number for <see cref="IsDone"/>.</returns>
    long Send(int rank, int tag, nint memory, int bytes);

    /// <summary>Begins to receive.</summary>
    /// <param name="rank">From whom.</param>
    /// <param name="tag">What sort of message.</param>
    /// <param name="memory">The address of the room for it.</param>
    /// <param name="bytes">The room; the message may be shorter.</param>
    /// <returns>A number for <see cref="IsDone"/>.</returns>
    long Receive(int rank, int tag, nint memory, int bytes);

    /// <summary>Whether a transfer is done. It also lets all others get on.</summary>
    /// <param name="transfer">Its number, which is used up when the answer is yes.</param>
    bool IsDone(long transfer);

    /// <summary>Leaves, in good order: all ranks do so, and nothing is under way. <see cref="IDisposable.Dispose"/> alone leaves in bad order.</summary>
    void Leave();
}
