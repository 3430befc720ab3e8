using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Occlude;

/// <summary>The clean image's maps that one layer slides its window over, with all that the window sees beyond their border.</summary>
internal sealed class PaddedMaps : IDisposable
{
    private readonly LayerWindow window;
    private readonly Tensor padded;     // [1, maps, height, width]

    /// <param name="maps">[1, maps, height, width], the layer's input.</param>
    /// <param name="layer">The layer; it slides a window.</param>
    public PaddedMaps(Tensor maps, LayerInfo layer)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        window = layer.Window!.Value;
        var (reachY, reachX) = EffectiveKernel(1, 1);
        var (height, width) = (maps.shape[2], maps.shape[3]);
        // Where the output is rounded up, the last window sticks out beyond the padding; where it is rounded down, it ends before.
        var below = Math.Max(0, ((layer.Output.Height - 1) * window.StrideY) + reachY - window.PaddingY - height);
        var beyond = Math.Max(0, ((layer.Output.Width - 1) * window.StrideX) + reachX - window.PaddingX - width);
        long[] shape = [1, height + window.PaddingY + below, width + window.PaddingX + beyond, maps.shape[1]];
        padded = full(shape, layer.Border == WindowBorder.Excluded ? float.NegativeInfinity : 0, maps.dtype, maps.device).permute(0, 3, 1, 2);
        padded.narrow(2, window.PaddingY, height).narrow(3, window.PaddingX, width).copy_(maps);
        padded.MoveToOuterDisposeScope();
        padded.DetachFromDisposeScope();
    }

    /// <summary>What the layer sees from some of its positions, for each image, with the image's window laid over.</summary>
    /// <param name="rows">The rows of positions, of each image; all as many.</param>
    /// <param name="columns">The columns of positions likewise.</param>
    /// <param name="changed">The windows of the layer's input.</param>
    /// <returns>[n, maps, height, width].</returns>
    public Tensor InputOf(Interval[] rows, Interval[] columns, MapWindow changed)
    {
        var (height, width) = EffectiveKernel(rows[0].Length, columns[0].Length);
        return changed.PasteOver(
            padded,
            [.. rows.Select(row => new Interval(row.Start * window.StrideY, height))],
            [.. columns.Select(column => new Interval(column.Start * window.StrideX, width))],
            window.PaddingY,
            window.PaddingX);
    }

    /// <summary>Frees the maps.</summary>
    public void Dispose() => padded.Dispose();

    /// <summary>Rows and columns that so many neighbouring positions see together.</summary>
    private (int Height, int Width) EffectiveKernel(int down, int across) => (
        ((down - 1) * window.StrideY) + (window.DilationY * (window.KernelHeight - 1)) + 1,
        ((across - 1) * window.StrideX) + (window.DilationX * (window.KernelWidth - 1)) + 1);
}
