using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ZfDecl.Networks;

namespace ZfDecl.Data.Decoding;

/// <summary>Resamples decoded pixels to a target image: down the columns first, then along each new row.</summary>
internal static class Resampler
{
    private const int Lanes = 8;

    /// <param name="rgba">The picture from the first needed pixel on, [rows.Needed, columns.Needed, 4].</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="columns">How columns become new ones.</param>
    /// <param name="rows">How rows become new ones.</param>
    /// <param name="target">The new image, of 1 or 3 channels: colour becomes grey by its luma (Rec. 601).</param>
    /// <param name="output">Filled with [C, H, W] of <paramref name="target"/>.</param>
    public static void Resample(ReadOnlySpan<byte> rgba, int stride, ResampleAxis columns, ResampleAxis rows, FeatureShape target, Span<byte> output)
    {
        var length = 4 * columns.Needed;
        var row = ArrayPool<float>.Shared.Rent(length);
        for (var y = 0; y < rows.Count; y++)
        {
            Mix(rgba[((rows.Start(y) - rows.First) * stride)..], stride, length, rows.Weights(y), row);
            if (target.Maps == 1)
                WriteGrey(row, columns, output[(y * target.Width)..]);
            else
                WriteColour(row, columns, output[(y * target.Width)..], target.Height * target.Width);
        }
        ArrayPool<float>.Shared.Return(row);
    }

    /// <summary>The weighted sum of consecutive rows.</summary>
    /// <param name="rgba">The first row and those after it.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    /// <param name="length">Bytes in a row.</param>
    /// <param name="weights">One a row.</param>
    /// <param name="sum">[length].</param>
    private static void Mix(ReadOnlySpan<byte> rgba, int stride, int length, ReadOnlySpan<float> weights, Span<float> sum)
    {
        var i = 0;
        for (; i <= length - Lanes; i += Lanes)
        {
            var total = Vector256<float>.Zero;
            for (var tap = 0; tap < weights.Length; tap++)
            {
                var eight = Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(rgba[(tap * stride + i)..])).AsByte();
                var shorts = Vector128.WidenLower(eight);
                var whole = Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts)).AsInt32();
                total += Vector256.ConvertToSingle(whole) * weights[tap];
            }
            total.CopyTo(sum[i..]);
        }
        for (; i < length; i++)
        {
            sum[i] = 0;
            for (var tap = 0; tap < weights.Length; tap++)
                sum[i] += rgba[tap * stride + i] * weights[tap];
        }
    }

    private static void WriteColour(ReadOnlySpan<float> row, ResampleAxis columns, Span<byte> output, int plane)
    {
        for (var x = 0; x < columns.Count; x++)
        {
            var pixel = Mix(row, columns, x);
            output[x] = (byte)pixel[0];
            output[plane + x] = (byte)pixel[1];
            output[2 * plane + x] = (byte)pixel[2];
        }
    }

    private static void WriteGrey(ReadOnlySpan<float> row, ResampleAxis columns, Span<byte> output)
    {
        for (var x = 0; x < columns.Count; x++)
        {
            var pixel = Mix(row, columns, x);
            output[x] = (byte)((299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2] + 500) / 1000);
        }
    }

    /// <summary>The weighted sum of consecutive pixels, rounded.</summary>
    private static Vector128<int> Mix(ReadOnlySpan<float> row, ResampleAxis columns, int x)
    {
        ref var first = ref MemoryMarshal.GetReference(row.Slice(4 * (columns.Start(x) - columns.First), 4 * columns.Taps));
        var total = Vector128.Create(0.5f);
        var weights = columns.Weights(x);
        for (var tap = 0; tap < weights.Length; tap++)
            total += Vector128.LoadUnsafe(ref first, (nuint)(4 * tap)) * weights[tap];
        // Weights add up to 1; cubic ones are partly below 0, and may lead beyond either end.
        return Vector128.Clamp(Vector128.ConvertToInt32(total), Vector128<int>.Zero, Vector128.Create(255));
    }
}
