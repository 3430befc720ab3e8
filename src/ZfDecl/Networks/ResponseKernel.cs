using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace ZfDecl.Networks;

/// <summary>
/// The arithmetic of <see cref="LocalResponseNormalization"/> for the exponent 0.75, on memory [N, maps, height, width]. A strip is 16 neighbouring
/// pixels in all maps: a cache line a map, so that what a window of maps shares is read once.
/// </summary>
internal sealed class ResponseKernel(int size, double alpha, double k)
{
    public const double Beta = 0.75;
    private const int Strip = 16;

    private readonly float weight = (float)(alpha / size);
    private readonly float constant = (float)k;
    private readonly int before = size / 2;
    private readonly int after = (size - 1) / 2;

    private unsafe delegate void StripBody(float* x, float* other, float* result, float* scratch, int maps, int pixels);

    /// <summary>y = x · s^−¾.</summary>
    public unsafe void Forward(Tensor x, Tensor y) => EachStrip(x, x, y, (x, _, y, scratch, maps, pixels) =>
    {
        Squares(x, scratch, maps, pixels);
        for (var c = 0; c < maps; c++)
        {
            for (var lane = 0; lane < Strip; lane += Vector<float>.Count)
            {
                var s = Sum(scratch, c, before, after, maps, lane) * new Vector<float>(weight) + new Vector<float>(constant);
                (Load(x, c, pixels, lane) / PowerOfThreeQuarters(s)).Store(y + ((long)c * pixels) + lane);
            }
        }
    });

    /// <summary>dx = g · s^−¾ − (3/2 · alpha / size) · x · Σ (g · x · s^−7/4), the sum over the maps whose windows hold this one.</summary>
    public unsafe void Backward(Tensor x, Tensor gradient, Tensor result) => EachStrip(x, gradient, result, (x, g, dx, scratch, maps, pixels) =>
    {
        Squares(x, scratch, maps, pixels);
        var products = scratch + ((long)maps * Strip);
        for (var c = 0; c < maps; c++)
        {
            for (var lane = 0; lane < Strip; lane += Vector<float>.Count)
            {
                var s = Sum(scratch, c, before, after, maps, lane) * new Vector<float>(weight) + new Vector<float>(constant);
                var scaled = Load(g, c, pixels, lane) / PowerOfThreeQuarters(s);
                scaled.Store(dx + ((long)c * pixels) + lane);
                (scaled * Load(x, c, pixels, lane) / s).Store(products + (c * Strip) + lane);
            }
        }
        var factor = new Vector<float>(1.5f * weight);
        for (var c = 0; c < maps; c++)
        {
            for (var lane = 0; lane < Strip; lane += Vector<float>.Count)
            {
                var at = dx + ((long)c * pixels) + lane;
                (Vector.Load(at) - (factor * Load(x, c, pixels, lane) * Sum(products, c, after, before, maps, lane))).Store(at);
            }
        }
    });

    private static unsafe void Squares(float* x, float* squares, int maps, int pixels)
    {
        for (var c = 0; c < maps; c++)
        {
            for (var lane = 0; lane < Strip; lane += Vector<float>.Count)
            {
                var value = Load(x, c, pixels, lane);
                (value * value).Store(squares + (c * Strip) + lane);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector<float> Sum(float* values, int map, int below, int above, int maps, int lane)
    {
        var sum = Vector<float>.Zero;
        for (var c = Math.Max(map - below, 0); c <= Math.Min(map + above, maps - 1); c++)
            sum += Vector.Load(values + (c * Strip) + lane);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector<float> Load(float* maps, int map, int pixels, int lane) => Vector.Load(maps + ((long)map * pixels) + lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> PowerOfThreeQuarters(Vector<float> s) => Vector.SquareRoot(s * Vector.SquareRoot(s));

    /// <summary>
    /// Runs a body over all strips, images side by side. The last strip of an image overlaps the one before; maps smaller than a strip are
    /// worked on in a copy.
    /// </summary>
    private static unsafe void EachStrip(Tensor x, Tensor other, Tensor result, StripBody body)
    {
        var (images, maps, pixels) = (x.shape[0], (int)x.shape[1], checked((int)(x.shape[2] * x.shape[3])));
        fixed (byte* xBytes = x.bytes, otherBytes = other.bytes, resultBytes = result.bytes)
        {
            var (xAt, otherAt, resultAt) = ((nint)xBytes, (nint)otherBytes, (nint)resultBytes);
            Parallel.For(0L, images, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, () => new float[maps * Strip * 5], (image, _, memory) =>
            {
                var offset = image * maps * pixels;
                float* xs = (float*)xAt + offset, others = (float*)otherAt + offset, results = (float*)resultAt + offset;
                fixed (float* scratch = memory)
                {
                    if (pixels < Strip)
                    {
                        float* small = scratch + (2 * maps * Strip), smallOther = small + (maps * Strip), smallResult = smallOther + (maps * Strip);
                        Widen(xs, small, maps, pixels);
                        Widen(others, smallOther, maps, pixels);
                        body(small, smallOther, smallResult, scratch, maps, Strip);
                        for (var c = 0; c < maps; c++)
                            new Span<float>(smallResult + (c * Strip), pixels).CopyTo(new(results + (c * pixels), pixels));
                    }
                    else
                    {
                        for (var pixel = 0; pixel < pixels; pixel += Strip)
                        {
                            var at = Math.Min(pixel, pixels - Strip);
                            body(xs + at, others + at, results + at, scratch, maps, pixels);
                        }
                    }
                }
                return memory;
            }, _ => { });
        }
        GC.KeepAlive(x);
        GC.KeepAlive(other);
        GC.KeepAlive(result);
    }

    private static unsafe void Widen(float* maps, float* strips, int count, int pixels)
    {
        new Span<float>(strips, count * Strip).Clear();
        for (var c = 0; c < count; c++)
            new Span<float>(maps + (c * pixels), pixels).CopyTo(new(strips + (c * Strip), pixels));
    }
}
