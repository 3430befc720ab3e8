using System.Runtime.Intrinsics;

namespace ZfDecl.Projection;

/// <summary>The arithmetic of <see cref="FilterStep"/>: Σ value · filter over some entries, for one block of a patch.</summary>
internal static unsafe class FilterKernel
{
    /// <summary>Values of a block: as many as the registers hold sums of.</summary>
    public const int Block = 128;

    /// <summary>Sums up a block.</summary>
    /// <param name="filters">[maps, Block].</param>
    /// <param name="maps">The map of each entry.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="count">The number of entries.</param>
    /// <param name="sum">Filled with the block, or with its first half where that is all that is used.</param>
    /// <param name="half">Whether only the first half of the block is used.</param>
    public static void Sum(float* filters, int* maps, float* values, int count, float* sum, bool half)
    {
        if (Vector512.IsHardwareAccelerated && half)
            Half512(filters, maps, values, count, sum);
        else if (Vector512.IsHardwareAccelerated)
            Whole512(filters, maps, values, count, sum);
        else
            Each256(filters, maps, values, count, sum, half);
    }

    /// <summary>With vectors of 256 bits, which every platform has or takes apart.</summary>
    internal static void Each256(float* filters, int* maps, float* values, int count, float* sum, bool half)
    {
        for (var offset = 0; offset < (half ? Block / 2 : Block); offset += Block / 2)
        {
            Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
            for (var i = 0; i < count; i++)
            {
                var filter = filters + ((long)maps[i] * Block) + offset;
                var value = Vector256.Create(values[i]);
                s0 = Vector256.MultiplyAddEstimate(value, Vector256.Load(filter), s0);
                s1 = Vector256.MultiplyAddEstimate(value, Vector256.Load(filter + 8), s1);
                s2 = Vector256.MultiplyAddEstimate(value, Vector256.Load(filter + 16), s2);
                s3 = Vector256.MultiplyAddEstimate(value, Vector256.Load(filter + 24), s3);
                s4 = Vector256.MultiplyAddEstimate(value, Vector256.Load(filter + 32), s4);
                s5 = Vector256.MultiplyAddEstimate(value, Vector256.Load(filter + 40), s5);
                s6 = Vector256.MultiplyAddEstimate(value, Vector256.Load(filter + 48), s6);
                s7 = Vector256.MultiplyAddEstimate(value, Vector256.Load(filter + 56), s7);
            }
            s0.Store(sum + offset);
            s1.Store(sum + offset + 8);
            s2.Store(sum + offset + 16);
            s3.Store(sum + offset + 24);
            s4.Store(sum + offset + 32);
            s5.Store(sum + offset + 40);
            s6.Store(sum + offset + 48);
            s7.Store(sum + offset + 56);
        }
    }

    internal static void Whole512(float* filters, int* maps, float* values, int count, float* sum)
    {
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (var i = 0; i < count; i++)
        {
            var filter = filters + ((long)maps[i] * Block);
            var value = Vector512.Create(values[i]);
            s0 = Vector512.MultiplyAddEstimate(value, Vector512.Load(filter), s0);
            s1 = Vector512.MultiplyAddEstimate(value, Vector512.Load(filter + 16), s1);
            s2 = Vector512.MultiplyAddEstimate(value, Vector512.Load(filter + 32), s2);
            s3 = Vector512.MultiplyAddEstimate(value, Vector512.Load(filter + 48), s3);
            s4 = Vector512.MultiplyAddEstimate(value, Vector512.Load(filter + 64), s4);
            s5 = Vector512.MultiplyAddEstimate(value, Vector512.Load(filter + 80), s5);
            s6 = Vector512.MultiplyAddEstimate(value, Vector512.Load(filter + 96), s6);
            s7 = Vector512.MultiplyAddEstimate(value, Vector512.Load(filter + 112), s7);
        }
        s0.Store(sum);
        s1.Store(sum + 16);
        s2.Store(sum + 32);
        s3.Store(sum + 48);
        s4.Store(sum + 64);
        s5.Store(sum + 80);
        s6.Store(sum + 96);
        s7.Store(sum + 112);
    }

    internal static void Half512(float* filters, int* maps, float* values, int count, float* sum)
    {
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default;
        for (var i = 0; i < count; i++)
        {
            var filter = filters + ((long)maps[i] * Block);
            var value = Vector512.Create(values[i]);
            s0 = Vector512.MultiplyAddEstimate(value, Vector512.Load(filter), s0);
            s1 = Vector512.MultiplyAddEstimate(value, Vector512.Load(filter + 16), s1);
            s2 = Vector512.MultiplyAddEstimate(value, Vector512.Load(filter + 32), s2);
            s3 = Vector512.MultiplyAddEstimate(value, Vector512.Load(filter + 48), s3);
        }
        s0.Store(sum);
        s1.Store(sum + 16);
        s2.Store(sum + 32);
        s3.Store(sum + 48);
    }
}
