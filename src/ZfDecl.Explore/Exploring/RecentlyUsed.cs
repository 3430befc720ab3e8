namespace ZfDecl.Explore.Exploring;

/// <summary>The few values that were used last; what falls out is disposed. One thread at a time.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int most)
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

    /// <summary>Lets go of all.</summary>
    public void Clear()
    {
        foreach (var (_, value) in kept)
            (value as IDisposable)?.Dispose();
        kept.Clear();
    }
}
