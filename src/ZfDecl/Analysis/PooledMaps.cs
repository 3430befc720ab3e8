using ZfDecl.Networks;

namespace ZfDecl.Analysis;

/// <summary>
/// The max pooling behind a layer. Where its windows leave out no unit, the largest value of a pooled map is that of the map, and lies where the
/// switch says: a quarter of the values need to be looked at, or fewer.
/// </summary>
internal static class PooledMaps
{
    /// <summary>The max pooling right behind a layer's feature maps that sees every unit; null where there is none.</summary>
    /// <param name="info">The network.</param>
    /// <param name="layer">The layer.</param>
    public static LayerInfo? Behind(NetworkInfo info, LayerInfo layer)
    {
        var next = layer.RectifiedBy + 1;
        return next < info.Layers.Count && info.Layers[next] is { Kind: "maxpool", Window: { } window } pool
            && SeesAll(window.KernelHeight, window.StrideY, window.PaddingY, pool.Output.Height, layer.Output.Height)
            && SeesAll(window.KernelWidth, window.StrideX, window.PaddingX, pool.Output.Width, layer.Output.Width)
            ? pool
            : null;
    }

    private static bool SeesAll(int kernel, int stride, int padding, int places, int units) =>
        stride <= kernel && ((places - 1) * stride) + kernel - padding >= units;
}
