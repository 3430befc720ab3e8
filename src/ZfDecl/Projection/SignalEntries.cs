using System.Numerics;
using System.Runtime.Intrinsics;

namespace ZfDecl.Projection;

/// <summary>The values of a window that are not 0, unit position by unit position and, within one, group of maps by group of maps.</summary>
internal sealed class SignalEntries
{
    private const int Lanes = 8;

    /// <summary>For each set of 8 lanes, a bit a lane: the lanes that are in it, in order, then any.</summary>
    private static readonly int[] LanesOf = [.. Enumerable.Range(0, 1 << Lanes).SelectMany(set => Enumerable.Range(0, Lanes).OrderBy(lane => (set >> lane & 1) == 0))];

    private int[] starts = [];
    private int[] maps = [];
    private float[] values = [];

    /// <summary>For position p and group g of G, the first entry at <c>p · G + g</c>; the one behind the last follows.</summary>
    public ReadOnlySpan<int> Starts => starts;

    /// <summary>The map of each entry, counted within its group.</summary>
    public ReadOnlySpan<int> Maps => maps;

    /// <summary>The value of each entry.</summary>
    public ReadOnlySpan<float> Values => values;

    /// <summary>Gathers the entries of a window.</summary>
    /// <param name="window">The window.</param>
    /// <param name="groups">Groups that its maps fall into.</param>
    public unsafe void Gather(SignalWindow window, int groups)
    {
        var dense = window.Values;
        var (segments, length) = (dense.Length / window.Maps * groups, window.Maps / groups);
        Grow(segments + 1, dense.Length + Lanes);
        var count = 0;
        fixed (float* signal = dense, into = values)
        fixed (int* ids = maps, lanesOf = LanesOf)
        {
            for (var segment = 0; segment < segments; segment++)
            {
                starts[segment] = count;
                var at = signal + ((long)segment * length);
                var map = 0;
                for (; map <= length - Lanes; map += Lanes)
                {
                    // Without a branch on what cannot be foreseen: all 8 are written, those that are not 0 first, and the next ones over the rest.
                    var lanes = Vector256.Load(at + map);
                    var set = ~Vector256.Equals(lanes, Vector256<float>.Zero).ExtractMostSignificantBits() & 0xFF;
                    var order = Vector256.Load(lanesOf + (set * Lanes));
                    Vector256.ShuffleNative(lanes, order).Store(into + count);
                    (order + Vector256.Create(map)).Store(ids + count);
                    count += BitOperations.PopCount(set);
                }
                for (; map < length; map++)
                {
                    if (at[map] != 0)
                        (ids[count], into[count++]) = (map, at[map]);
                }
            }
        }
        starts[segments] = count;
    }

    private void Grow(int segments, int entries)
    {
        if (starts.Length < segments)
            starts = new int[segments];
        if (maps.Length < entries)
            (maps, values) = (new int[entries], new float[entries]);
    }
}
