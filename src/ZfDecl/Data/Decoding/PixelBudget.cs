namespace ZfDecl.Data.Decoding;

/// <summary>How much memory decoded images may still take. Safe for any number of threads.</summary>
/// <param name="bytes">The whole of it.</param>
internal sealed class PixelBudget(long bytes)
{
    private long left = bytes;

    /// <summary>Takes some of it, where so much is left.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref left, -bytes) >= 0)
            return true;
        Return(bytes);
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void Return(long bytes) => Interlocked.Add(ref left, bytes);
}
