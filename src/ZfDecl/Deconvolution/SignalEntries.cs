using System.Numerics;
using System.Runtime.Intrinsics;

namespace ZfDecl.Deconvolution;

/// <summary>The values of a window that are not 0, unit place by unit place and, within one, group of maps by group of maps.</summary>
internal sealed class SignalEntries
{
    private int[] starts = [];
    private int[] maps = [];
    private float[] values = [];

    /// <summary>For place p and group g of G, the first entry at <c>p · G + g</c>; the one behind the last follows.</summary>
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
        Grow(segments + 1, dense.Length);
        var count = 0;
        fixed (float* signal = dense, into = values)
        fixed (int* ids = maps)
        {
            for (var segment = 0; segment < segments; segment++)
            {
                starts[segment] = count;
                var at = signal + ((long)segment * length);
                var map = 0;
                for (; map <= length - Vector256<float>.Count; map += Vector256<float>.Count)
                {
                    for (var lanes = ~Vector256.Equals(Vector256.Load(at + map), Vector256<float>.Zero).ExtractMostSignificantBits() & 0xFF; lanes != 0; lanes &= lanes - 1)
                    {
                        ids[count] = map + BitOperations.TrailingZeroCount(lanes);
                        into[count] = at[ids[count]];
                        count++;
                    }
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
