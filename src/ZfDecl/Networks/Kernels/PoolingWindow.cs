namespace ZfDecl.Networks.Kernels;

/// <summary>A window that slides over a map: its height and width, its step, the positions added on each side, and whether a last one may stick out.</summary>
/// <param name="Kernel">Height and width.</param>
/// <param name="Stride">Down and to the right.</param>
/// <param name="Padding">Above and left, and as many below and right; at most half the kernel.</param>
/// <param name="RoundUp">Whether a last window that sticks out is kept; it must still begin inside the map or its leading padding (torch's ceil mode).</param>
internal readonly record struct PoolingWindow((int Y, int X) Kernel, (int Y, int X) Stride, (int Y, int X) Padding, bool RoundUp)
{
    /// <summary>The number of its positions over a map, down and across.</summary>
    public (int Y, int X) OutputSize(int height, int width) =>
        (OutputSize(height, Kernel.Y, Stride.Y, Padding.Y), OutputSize(width, Kernel.X, Stride.X, Padding.X));

    private int OutputSize(int extent, int kernel, int stride, int padding)
    {
        var positions = (extent + (2 * padding) - kernel + (RoundUp ? stride - 1 : 0)) / stride + 1;
        return RoundUp && (positions - 1) * stride >= extent + padding ? positions - 1 : positions;
    }
}
