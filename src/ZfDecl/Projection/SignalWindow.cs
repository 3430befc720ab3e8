using System.Numerics;
using System.Runtime.InteropServices;
using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>The part of a signal that is not 0 throughout: a rectangle of a layer's units, in all maps.</summary>
internal sealed class SignalWindow
{
    /// <summary>Values behind the last one that a step may add 0 to, so that rows need not end with a vector.</summary>
    public const int Slack = 8;

    private float[] values = [];

    /// <summary>The rectangle of units.</summary>
    public PixelRegion Region { get; private set; }

    /// <summary>The number of maps.</summary>
    public int Maps { get; private set; }

    /// <summary>Whether the rectangle is: nothing has come back.</summary>
    public bool IsEmpty => Region.Height == 0 || Region.Width == 0;

    /// <summary>[height, width, maps] of the region.</summary>
    public Span<float> Values => values.AsSpan(0, Region.Height * Region.Width * Maps);

    /// <summary>The first value; pinned as long as the caller pins it.</summary>
    public ref float First => ref MemoryMarshal.GetArrayDataReference(values);

    /// <summary>Takes on a rectangle, with any values in it.</summary>
    public void Resize(PixelRegion region, int maps)
    {
        (Region, Maps) = (region, maps);
        var needed = (region.Height * region.Width * maps) + Slack;
        if (values.Length < needed)
            values = GC.AllocateUninitializedArray<float>(needed);
    }

    /// <summary>Lies elsewhere, with the values that it has.</summary>
    /// <param name="region">Of the same height and width.</param>
    public void MoveTo(PixelRegion region) => Region = region;

    /// <summary>Sets every value to 0.</summary>
    public void Clear() => values.AsSpan(0, (Region.Height * Region.Width * Maps) + Slack).Clear();

    /// <summary>Adds another signal, or as many maps of it as this one has.</summary>
    /// <param name="other">Its rectangle lies inside of this one's.</param>
    /// <param name="firstMap">The first of those maps.</param>
    public void Add(SignalWindow other, int firstMap)
    {
        var (inner, whole) = (other.Region, other.Maps == Maps);
        var (runs, length) = whole ? (1, inner.Width * Maps) : (inner.Width, Maps);     // neighbouring values of a row
        for (var row = 0; row < inner.Height; row++)
        {
            var from = other.Values[((row * inner.Width * other.Maps) + firstMap)..];
            var to = Values[((((inner.Top + row - Region.Top) * Region.Width) + inner.Left - Region.Left) * Maps)..];
            for (var run = 0; run < runs; run++)
            {
                Add(from.Slice(run * other.Maps, length), 1, to[(run * Maps)..]);
            }
        }
    }

    /// <summary>Adds the multiple of some values to as many others.</summary>
    public static void Add(ReadOnlySpan<float> values, float factor, Span<float> to)
    {
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(to[i..]) + (new Vector<float>(values[i..]) * factor)).CopyTo(to[i..]);
        for (; i < values.Length; i++)
            to[i] += values[i] * factor;
    }

    /// <summary>Gives up what lies outside of a layer of that size; the rectangle is empty where all of it does.</summary>
    public void ClipTo(int height, int width)
    {
        var inside = Region.ClipTo(height, width);
        if (inside == Region)
            return;
        if (inside.Height == 0 || inside.Width == 0)        // the unit saw nothing but padding
        {
            Region = default;
            return;
        }
        var (length, from) = (inside.Width * Maps, (((inside.Top - Region.Top) * Region.Width) + inside.Left - Region.Left) * Maps);
        for (var row = 0; row < inside.Height; row++, from += Region.Width * Maps)
            values.AsSpan(from, length).CopyTo(values.AsSpan(row * length));
        Region = inside;
    }
}
