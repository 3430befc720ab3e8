using System.Numerics;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Search;

/// <summary>The largest value of each map of some images; NaN where one of its values is none.</summary>
internal sealed class MapMaxima
{
    private const int WorthSharing = 1 << 18;       // values that repay the start of other threads

    private float[] largest = [];

    /// <summary>The largest value of each map of an image.</summary>
    /// <param name="image">The image, from 0.</param>
    /// <param name="maps">The number of maps.</param>
    public ReadOnlySpan<float> Of(int image, int maps) => largest.AsSpan(image * maps, maps);

    /// <summary>Finds them.</summary>
    /// <param name="placed">The values.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="maps">The number of maps.</param>
    /// <param name="units">The number of values in a map.</param>
    public void Find(TensorView<float> placed, int images, int maps, int units)
    {
        if (largest.Length < images * maps)
            largest = new float[images * maps];
        if ((long)images * maps * units < WorthSharing)
        {
            for (var image = 0; image < images; image++)
                FindIn(placed, image, maps, units);
        }
        else
        {
            Parallel.For(0, images, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, image => FindIn(placed, image, maps, units));
        }
    }

    private unsafe void FindIn(TensorView<float> placed, int image, int maps, int units)
    {
        var results = largest.AsSpan(image * maps, maps);
        var values = placed[image];
        if (placed.PixelStep == 1)
        {
            for (var map = 0; map < maps; map++)
                results[map] = Largest(new(values + (map * placed.MapStep), units));
            return;
        }
        results.Fill(float.NegativeInfinity);
        for (var unit = 0; unit < units; unit++)
            Raise(results, new(values + (unit * placed.PixelStep), maps));
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        var (width, i) = (Vector<float>.Count, 0);
        Vector<float> a = new(float.NegativeInfinity), b = a, c = a, d = a;        // four chains side by side
        for (; i <= values.Length - (4 * width); i += 4 * width)
        {
            a = Vector.Max(a, new(values[i..]));
            b = Vector.Max(b, new(values[(i + width)..]));
            c = Vector.Max(c, new(values[(i + (2 * width))..]));
            d = Vector.Max(d, new(values[(i + (3 * width))..]));
        }
        for (; i <= values.Length - width; i += width)
            a = Vector.Max(a, new(values[i..]));
        a = Vector.Max(Vector.Max(a, b), Vector.Max(c, d));
        var largest = a[0];
        for (var lane = 1; lane < width; lane++)
            largest = MathF.Max(largest, a[lane]);
        for (; i < values.Length; i++)
            largest = MathF.Max(largest, values[i]);
        return largest;
    }

    private static void Raise(Span<float> largest, ReadOnlySpan<float> values)
    {
        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.Max(new Vector<float>(largest[i..]), new(values[i..])).CopyTo(largest[i..]);
        for (; i < values.Length; i++)
            largest[i] = MathF.Max(largest[i], values[i]);
    }
}
