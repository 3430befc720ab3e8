using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Networks.Kernels;

/// <summary>
/// Poolings that torch does not have: with padding that differs between opposite sides, and means with dilation. Each takes what its windows see beyond the
/// map, [left, right, top, bottom], so that every window fits; less than 0 where none sees the last rows or columns.
/// </summary>
public static class PaddedPooling
{
    /// <summary>The maximum of each window; what lies beyond the map never is.</summary>
    /// <param name="x">[N, maps, height, width].</param>
    /// <param name="kernel">Taps, [vertical, horizontal].</param>
    /// <param name="stride">The step, likewise.</param>
    /// <param name="dilation">The distance between two taps, likewise.</param>
    /// <param name="beyond">What the windows see beyond the map: [left, right, top, bottom].</param>
    /// <returns>[N, maps, positions down, positions across].</returns>
    public static Tensor Max(Tensor x, long[] kernel, long[] stride, long[] dilation, long[] beyond)
    {
        using var scope = NewDisposeScope();        // what F.pad yields may be the input itself, which is another's
        return F.max_pool2d(F.pad(x, beyond, value: double.NegativeInfinity), kernel, stride, [0, 0], dilation, false).MoveToOuterDisposeScope();
    }

    /// <summary>The same, and where each maximum came from: y · width + x in the map without its padding, int64.</summary>
    /// <inheritdoc cref="Max"/>
    public static (Tensor Maps, Tensor Switches) MaxWithSwitches(Tensor x, long[] kernel, long[] stride, long[] dilation, long[] beyond)
    {
        using var scope = NewDisposeScope();
        var padded = F.pad(x, beyond, value: double.NegativeInfinity);
        var (maps, at) = F.max_pool2d_with_indices(padded, kernel, stride, [0, 0], dilation, false);
        var (row, column) = (at.floor_divide(padded.shape[3]), at.remainder(padded.shape[3]));
        var switches = ((row - beyond[2]) * x.shape[3]) + column - beyond[0];
        return (maps.MoveToOuterDisposeScope(), switches.MoveToOuterDisposeScope());
    }

    /// <summary>The mean of each window over the positions that count: those of the map and of the padding, where that counts. What lies further out never does.</summary>
    /// <param name="x">[N, maps, height, width].</param>
    /// <param name="kernel">Taps, [vertical, horizontal].</param>
    /// <param name="stride">The step, likewise.</param>
    /// <param name="dilation">The distance between two taps, likewise.</param>
    /// <param name="beyond">What the windows see beyond the map: [left, right, top, bottom].</param>
    /// <param name="counted">The part of it that counts, likewise.</param>
    /// <returns>[N, maps, positions down, positions across].</returns>
    public static Tensor Average(Tensor x, long[] kernel, long[] stride, long[] dilation, long[] beyond, long[] counted)
    {
        using var scope = NewDisposeScope();
        long[] rest = [beyond[0] - counted[0], beyond[1] - counted[1], beyond[2] - counted[2], beyond[3] - counted[3]];
        var units = F.pad(F.pad(ones([1, 1, x.shape[2], x.shape[3]], x.dtype, x.device), counted, value: 1), rest);
        return (Sum(F.pad(x, beyond), kernel, stride, dilation) / Sum(units, kernel, stride, dilation)).MoveToOuterDisposeScope();
    }

    private static Tensor Sum(Tensor x, long[] kernel, long[] stride, long[] dilation) =>
        F.conv2d(x, ones([x.shape[1], 1, kernel[0], kernel[1]], x.dtype, x.device), strides: stride, dilation: dilation, groups: x.shape[1]);
}
