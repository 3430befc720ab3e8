using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>A value of a unit's signal at a layer below it: a unit through which a part of the signal comes down.</summary>
/// <param name="Layer">Index of the layer.</param>
/// <param name="Map">The feature map, from 0.</param>
/// <param name="At">The unit's position in it.</param>
/// <param name="Value">The signal there.</param>
/// <param name="Share">Its absolute value's share of those of all units of the layer, 0 … 1.</param>
public readonly record struct SignalLink(int Layer, int Map, UnitPosition At, float Value, double Share)
{
    internal static SignalLink[] StrongestOf(SignalWindow signal, int layer, int count)
    {
        var values = signal.Values;
        var (sum, strongest) = (0.0, new PriorityQueue<int, (float, int)>());       // the weakest first; of equal ones the last
        for (var i = 0; i < values.Length; i++)
        {
            var size = Math.Abs(values[i]);
            sum += size;
            if (size == 0 || (strongest.Count == count && strongest.TryPeek(out _, out var least) && size <= least.Item1))
                continue;
            strongest.Enqueue(i, (size, -i));
            if (strongest.Count > count)
                strongest.Dequeue();
        }
        var links = new SignalLink[strongest.Count];
        for (var rank = links.Length - 1; rank >= 0; rank--)
        {
            var (at, region) = (strongest.Dequeue(), signal.Region);
            var position = at / signal.Maps;
            links[rank] = new(layer, at % signal.Maps, new(region.Top + (position / region.Width), region.Left + (position % region.Width)), values[at], Math.Abs(values[at]) / sum);
        }
        return links;
    }
}
