using ZfDecl.Messages;

namespace ZfDecl.Distributed;

/// <summary>A process that works by itself: every sum is its own, and nothing is sent.</summary>
public sealed class AloneGroup : IProcessGroup, IPendingTransfer
{
    private AloneGroup()
    {
    }

    /// <summary>The only one, as it holds nothing.</summary>
    public static AloneGroup Instance { get; } = new();

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Size => 1;

    /// <inheritdoc/>
    public bool IsAlone => true;

    /// <inheritdoc/>
    public IReadOnlyList<string> Hosts { get; } = [Environment.MachineName];

    /// <inheritdoc/>
    public string Carrier => "";

    /// <inheritdoc/>
    public IPendingTransfer BeginSum(nint values, long count) => this;

    /// <inheritdoc/>
    public IPendingTransfer BeginGather(nint values, IReadOnlyList<long> counts) => this;

    /// <inheritdoc/>
    public void Sum(Span<double> values)
    {
    }

    /// <inheritdoc/>
    public void Broadcast(nint values, long bytes)
    {
    }

    /// <inheritdoc/>
    public byte[] Broadcast(byte[] message) => message;

    /// <inheritdoc/>
    public byte[][] Gather(byte[] message) => [message];

    /// <inheritdoc/>
    public void HandOut(int count, Func<int, CancellationToken, byte[]> work, Action<int, byte[]> keep, Action<int, int> begins, CancellationToken cancellation)
    {
        for (var piece = 0; piece < count; piece++)
        {
            cancellation.ThrowIfCancellationRequested();
            begins(piece, 0);
            keep(piece, work(piece, cancellation));
        }
    }

    /// <inheritdoc/>
    public void Tell(ZfDeclException cause)
    {
    }

    /// <inheritdoc/>
    public void Wait()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
