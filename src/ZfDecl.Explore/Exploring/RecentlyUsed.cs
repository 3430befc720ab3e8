namespace ZfDecl.Explore.Exploring;

/// <summary>The few values that were used last; what falls out is disposed. One thread at a time.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int most) : IDisposable
    where TKey : notnull
    where TValue : class
{
    private readonly List<(TKey Key, TValue Value)> kept = [];      // the newest last

    /// <summary>The value of a key, made where it is not there.</summary>
    public TValue Get(TKey key, Func<TValue> make)
    {
        var at = kept.FindIndex(pair => EqualityComparer<TKey>.Default.Equals(pair.Key, key));
        var value = at >= 0 ? kept[at].Value : make();
        if (at >= 0)
            kept.RemoveAt(at);
        kept.Add((key, value));
        if (kept.Count > most)
        {
            (kept[0].Value as IDisposable)?.Dispose();
            kept.RemoveAt(0);
        }
        return value;
    }

    /// <summary>Lets go of all that a key says it of.</summary>
    public void Remove(Func<TKey, bool> which)
    {
        foreach (var (_, value) in kept.Where(pair => which(pair.Key)))
            (value as IDisposable)?.Dispose();
        kept.RemoveAll(pair => which(pair.Key));
    }

    /// <summary>Lets go of all.</summary>
    public void Dispose() => Remove(_ => true);
}
