namespace ZfDecl.Explore.Serving;

/// <summary>So many requests at once, and then so many in a second. Safe for any number of threads.</summary>
/// <param name="most">How many at once.</param>
/// <param name="perSecond">How many in a second.</param>
/// <param name="clock">The clock.</param>
internal sealed class Allowance(int most, double perSecond, TimeProvider clock)
{
    private readonly Lock gate = new();
    private double left = most;
    private long last = clock.GetTimestamp();

    /// <summary>Takes one, where there is one left.</summary>
    public bool TryTake()
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            left = Math.Min(most, left + (clock.GetElapsedTime(last, now).TotalSeconds * perSecond));
            last = now;
            if (left < 1)
                return false;
            left--;
            return true;
        }
    }
}
