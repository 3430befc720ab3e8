using System.Numerics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ZfDecl.Networks.Kernels;

/// <summary>
/// Tensors [N, maps, height, width] whose memory runs over the maps first: N, height, width, maps. Convolutions are fastest on them, and what
/// works across the maps of one position finds them side by side.
/// </summary>
/// <remarks>A convolution with such filters yields such maps, whatever the layout of what it is given: with its filters a whole network is in this order.</remarks>
public static class ChannelsLast
{
    /// <summary>Lays the filters of a convolution out this way. Their shape, values and names stay.</summary>
    /// <returns>The same convolution.</returns>
    public static Conv2d Filters(Conv2d conv)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        conv.weight = new Parameter(Empty(conv.weight.shape, conv.weight.dtype).copy_(conv.weight));    // [maps, maps below / groups, height, width]
        return conv;
    }

    /// <summary>Whether the kernels can work on these maps: float32 on the CPU, and a vector of them at least.</summary>
    internal static bool Takes(Tensor maps) =>
        maps.device_type == DeviceType.CPU && maps.dtype == ScalarType.Float32 && maps.dim() == 4 && maps.shape[1] >= Vector<float>.Count && maps.numel() > 0;

    /// <summary>The tensor where it is laid out so, a copy that is where it is not.</summary>
    /// <param name="maps">[N, maps, height, width] of any strides.</param>
    internal static Tensor Of(Tensor maps)
    {
        using var scope = NewDisposeScope();
        return maps.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>New memory for a shape [N, maps, height, width].</summary>
    internal static Tensor Empty(ReadOnlySpan<long> shape, ScalarType type = ScalarType.Float32)
    {
        using var memory = empty([shape[0], shape[2], shape[3], shape[1]], type);
        return memory.permute(0, 3, 1, 2);
    }
}
