namespace ZfDecl.Networks.Kernels;

/// <summary>A window that slides over a map: its height and width, its step, the places added on each side, and whether a last one may stick out.</summary>
/// <param name="Kernel">Height and width.</param>
/// <param name="Stride">Down and to the right.</param>
/// <param name="Padding">Above and left, and as many below and right; at most half the kernel.</param>
/// <param name="RoundUp">Whether a last window that sticks out is kept; it must still begin inside the map or its leading padding (torch's ceil mode).</param>
internal readonly record struct PoolingWindow((int Y, int X) Kernel, (int Y, int X) Stride, (int Y, int X) Padding, bool RoundUp)
{
    /// <summary>The number of its places over a map, down and across.</summary>
    public (int Y, int X) Places(int height, int width) =>
        (Places(height, Kernel.Y, Stride.Y, Padding.Y), Places(width, Kernel.X, Stride.X, Padding.X));

    private int Places(int extent, int kernel, int stride, int padding)
    {
        var places = (extent + (2 * padding) - kernel + (RoundUp ? stride - 1 : 0)) / stride + 1;
        return RoundUp && (places - 1) * stride >= extent + padding ? places - 1 : places;
    }
}
