using System.Runtime.InteropServices;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Live;

/// <summary>All feature maps of a layer for one image, small enough to be shown side by side, and the strongest unit of each.</summary>
/// <param name="Maps">The number of maps.</param>
/// <param name="Height">Rows of a tile.</param>
/// <param name="Width">Columns of a tile.</param>
/// <param name="Values">[maps, height, width]: each map on its own scale, 0 … 255 for 0 … its largest activation. What lies below 0 is 0.</param>
/// <param name="Max">[maps]: the largest activation of each.</param>
/// <param name="At">[maps]: where that is.</param>
/// <param name="Least">The least activation of the layer.</param>
public sealed record MapTiles(int Maps, int Height, int Width, byte[] Values, float[] Max, UnitPosition[] At, float Least)
{
    /// <summary>The largest activation of the layer.</summary>
    public float Most => Max.Max();

    /// <summary>Makes the tiles of a recorded image.</summary>
    /// <param name="recording">The recording, of one image.</param>
    /// <param name="layer">Index of the layer. Where a relu follows, its maps are those behind it.</param>
    /// <param name="side">The most rows and columns of a tile; a larger map is averaged down to it.</param>
    public static MapTiles Of(Recording recording, int layer, int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var maps = recording.FeatureMaps(layer)[0].cpu();
        maps = maps.dim() == 1 ? maps.view(-1, 1, 1) : maps;                    // [maps, height, width]
        var (height, width) = ((int)maps.shape[1], (int)maps.shape[2]);
        var (most, where) = maps.flatten(1).max(1);
        var small = height > side || width > side ? nn.functional.adaptive_avg_pool2d(maps, [Math.Min(height, side), Math.Min(width, side)]) : maps;
        // A map that is nowhere above 0 is dark.
        var scale = most.clamp_min(float.Epsilon).reciprocal().mul(byte.MaxValue).clamp_max(float.MaxValue).view(-1, 1, 1);
        var bytes = (small * scale).nan_to_num(0).clamp(0, byte.MaxValue).add(0.5f).to(ScalarType.Byte).contiguous();
        long[] at = [.. where.data<long>()];
        return new((int)maps.shape[0], (int)small.shape[1], (int)small.shape[2], [.. bytes.data<byte>()], [.. most.contiguous().data<float>()],
            Array.ConvertAll(at, index => new UnitPosition((int)index / width, (int)index % width)), maps.min().item<float>());
    }

    /// <summary>One map of a recorded image, whole.</summary>
    /// <param name="recording">The recording, of one image.</param>
    /// <param name="layer">Index of the layer. Where a relu follows, its maps are those behind it.</param>
    /// <param name="map">The map.</param>
    /// <returns>[height, width]; one value of a dense layer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The layer has no such map.</exception>
    public static float[] Map(Recording recording, int layer, int map)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var maps = recording.FeatureMaps(layer)[0];
        ArgumentOutOfRangeException.ThrowIfNegative(map);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(map, maps.shape[0]);
        var dense = maps[map].cpu().contiguous();
        var values = MemoryMarshal.Cast<byte, float>(dense.bytes).ToArray();
        GC.KeepAlive(dense);
        return values;
    }
}
