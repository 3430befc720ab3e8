using ZfDecl.Networks;

namespace ZfDecl.Analyses.Occlude;

/// <summary>How far a changed rectangle of the image reaches in each layer of a network.</summary>
/// <param name="info">The network.</param>
internal sealed class OcclusionGeometry(NetworkInfo info)
{
    /// <summary>How many layers, from the first on, change where the rectangle reaches alone; what comes behind them is run on whole maps.</summary>
    public int Spatial { get; } = info.Layers.TakeWhile(layer => layer.Locality == Locality.Pointwise || IsComputedInWindows(layer)).Count();

    /// <summary>Index of the first layer that no longer has maps: the number of layers where there is none.</summary>
    public int Head { get; } = info.Layers.TakeWhile(layer => !layer.IsFlat).Count();

    /// <summary>Whether a layer, one of the first <see cref="Spatial"/>, looks beyond a unit's own position.</summary>
    public bool IsWindowed(int layer) => info.Layers[layer].Locality == Locality.Windowed;

    /// <summary>The rows, or columns, that a change of some input rows, or columns, reaches in the output of each of the first <see cref="Spatial"/> layers.</summary>
    /// <param name="changed">Within the image.</param>
    /// <param name="vertical">Whether these are rows.</param>
    public Interval[] Reached(Interval changed, bool vertical)
    {
        var reached = new Interval[Spatial];
        for (var layer = 0; layer < Spatial; layer++)
        {
            if (IsWindowed(layer))
            {
                var (window, output) = (info.Layers[layer].Window!.Value, info.Layers[layer].Output);
                changed = vertical
                    ? changed.Through(window.KernelHeight, window.StrideY, window.PaddingY, window.DilationY, output.Height)
                    : changed.Through(window.KernelWidth, window.StrideX, window.PaddingX, window.DilationX, output.Width);
            }
            reached[layer] = changed;
        }
        return reached;
    }

    private static bool IsComputedInWindows(LayerInfo layer) => layer is { Locality: Locality.Windowed, Window: not null, Border: not WindowBorder.OwnRule };
}
