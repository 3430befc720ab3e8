using System.Numerics;

namespace ZfDecl.Networks.Kernels;

/// <summary>
/// Rectification and max pooling of one image [height, width, maps]: p = max(0, max x) over each window. Beside p it keeps which tap of the window was
/// the first maximum, or −1 where none is above 0. A vector holds neighbouring maps; the last one may overlap the one before.
/// </summary>
/// <param name="window">The window.</param>
/// <param name="maps">The number of maps; a vector of them at least.</param>
/// <param name="height">Of the input.</param>
/// <param name="width">Of the input.</param>
internal sealed unsafe class ReluPoolKernel(PoolingWindow window, int maps, int height, int width)
{
    /// <summary>The positions of the window: the shape of what it yields.</summary>
    public (int Y, int X) OutputSize { get; } = window.OutputSize(height, width);

    /// <summary>Pools one window.</summary>
    /// <param name="image">[height, width, maps].</param>
    /// <param name="y">The window's position.</param>
    /// <param name="x">The window's position.</param>
    /// <param name="pooled">[maps], written.</param>
    /// <param name="taps">[maps], written: y · kernel width + x in the window; null where nobody asks, which is faster.</param>
    public void Forward(float* image, int y, int x, float* pooled, int* taps)
    {
        var (top, left) = ((y * window.Stride.Y) - window.Padding.Y, (x * window.Stride.X) - window.Padding.X);
        var (first, from) = (Math.Max(top, 0), Math.Max(left, 0));
        var (rows, columns) = (Math.Min(top + window.Kernel.Y, height) - first, Math.Min(left + window.Kernel.X, width) - from);
        image += ((first * (long)width) + from) * maps;
        if (taps != null || !IsMaximum(image, rows, columns, pooled))
            FirstMaximum(image, rows, columns, ((first - top) * window.Kernel.X) + from - left, pooled, taps);
    }

    /// <summary>The maxima alone. False where some value is NaN, or too large to tell: then they are to be looked for with more care.</summary>
    private bool IsMaximum(float* image, int rows, int columns, float* pooled)
    {
        var (count, across) = (maps, (long)width * maps);       // the compiler keeps no field in a register while memory is written
        var isCertain = true;
        for (var c = 0; c < count; c += Vector<float>.Count)
        {
            var at = Math.Min(c, count - Vector<float>.Count);
            var (largest, sum) = (Vector<float>.Zero, Vector<float>.Zero);
            var line = image + at;
            for (var row = 0; row < rows; row++, line += across)
            {
                var pixel = line;
                for (var column = 0; column < columns; column++, pixel += count)
                {
                    var value = Vector.Load(pixel);
                    largest = Vector.MaxNative(value, largest);
                    sum += value;                               // keeps what is NaN, which the processor's maximum may lose
                }
            }
            largest.Store(pooled + at);
            isCertain &= Vector.EqualsAll(sum - sum, Vector<float>.Zero);
        }
        return isCertain;
    }

    /// <summary>The first maxima and where they are; the number of the tap at the image's start is <paramref name="start"/>.</summary>
    private void FirstMaximum(float* image, int rows, int columns, int start, float* pooled, int* taps)
    {
        var (count, across, kernel) = (maps, (long)width * maps, window.Kernel.X);
        for (var c = 0; c < count; c += Vector<float>.Count)
        {
            var at = Math.Min(c, count - Vector<float>.Count);
            var (largest, tap) = (Vector<float>.Zero, new Vector<int>(-1));
            var line = image + at;
            var number = start;
            for (var row = 0; row < rows; row++, line += across, number += kernel)
            {
                var pixel = line;
                for (var column = 0; column < columns; column++, pixel += count)
                {
                    var value = Vector.Load(pixel);
                    // NaN goes on up, to where the loss shows it.
                    var isMore = Vector.GreaterThan(value, largest) | Vector.AsVectorInt32(Vector.IsNaN(value));
                    largest = Vector.ConditionalSelect(isMore, value, largest);
                    tap = Vector.ConditionalSelect(isMore, new Vector<int>(number + column), tap);
                }
            }
            largest.Store(pooled + at);
            if (taps != null)
                tap.Store(taps + at);
        }
    }

    /// <summary>Raises what was the largest so far to the pooled values; NaN stays none.</summary>
    /// <param name="largest">[maps].</param>
    /// <param name="pooled">[maps].</param>
    public void Raise(float* largest, float* pooled)
    {
        var count = maps;
        for (var c = 0; c < count; c += Vector<float>.Count)
        {
            var at = Math.Min(c, count - Vector<float>.Count);
            Vector.Max(Vector.Load(largest + at), Vector.Load(pooled + at)).Store(largest + at);
        }
    }

    /// <summary>The gradient of one row of pixels: each takes those of the windows whose maximum it was.</summary>
    /// <param name="taps">[positions down, positions across, maps], as <see cref="Forward"/> has left them.</param>
    /// <param name="gradient">[positions down, positions across, maps], of the pooled values.</param>
    /// <param name="y">The row.</param>
    /// <param name="result">[width, maps], written.</param>
    public void Backward(int* taps, float* gradient, int y, float* result)
    {
        var (firstY, lastY) = Windows(y, window.Kernel.Y, window.Stride.Y, window.Padding.Y, OutputSize.Y);
        var (count, across) = (maps, OutputSize.X);
        var (kernel, stride) = (window.Kernel, window.Stride);
        for (var x = 0; x < width; x++, result += count)
        {
            var (firstX, lastX) = Windows(x, window.Kernel.X, window.Stride.X, window.Padding.X, OutputSize.X);
            for (var c = 0; c < count; c += Vector<float>.Count)
            {
                var at = Math.Min(c, count - Vector<float>.Count);
                var sum = Vector<float>.Zero;
                for (var windowY = firstY; windowY <= lastY; windowY++)
                {
                    var number = ((y - (windowY * stride.Y) + window.Padding.Y) * kernel.X) + x + window.Padding.X;
                    for (var windowX = firstX; windowX <= lastX; windowX++)
                    {
                        var position = ((((long)windowY * across) + windowX) * count) + at;
                        var tap = new Vector<int>(number - (windowX * stride.X));
                        sum += Vector.ConditionalSelect(Vector.Equals(Vector.Load(taps + position), tap), Vector.Load(gradient + position), Vector<float>.Zero);
                    }
                }
                sum.Store(result + at);
            }
        }
    }

    /// <summary>The first and the last window that hold a row or column; the last lies before the first where none does.</summary>
    private static (int First, int Last) Windows(int at, int kernel, int stride, int padding, int positions) =>
        (Math.Max(at + padding - kernel + stride, 0) / stride, Math.Min((at + padding) / stride, positions - 1));
}
