using static TorchSharp.torch;

namespace ZfDecl.Networks.Kernels;

/// <summary>What a pass that rectifies and pools has seen of the maps on its way: the largest rectified value of each map in each row of pooling windows.</summary>
/// <param name="Values">[N, maps, rows of windows, 1]; at least 0, and NaN where a window holds one that is none.</param>
/// <param name="Stride">Rows of the map from one row of windows to the next.</param>
/// <param name="Padding">Rows that the first row of windows begins above the map.</param>
public sealed record RowMaxima(Tensor Values, int Stride, int Padding)
{
    /// <summary>The first row of the map that a row of windows sees.</summary>
    /// <param name="windows">The row of windows, from 0.</param>
    public int FirstRowOf(int windows) => Math.Max((windows * Stride) - Padding, 0);
}
