using ZfDecl.Networks;

namespace ZfDecl.Analyses.Occlude;

/// <summary>How far a changed rectangle of the image reaches in each layer of a network.</summary>
internal sealed class OcclusionGeometry
{
    private readonly NetworkInfo info;
    private readonly bool[] local;

    /// <param name="info">The network.</param>
    public OcclusionGeometry(NetworkInfo info)
    {
        (this.info, local) = (info, new bool[info.Layers.Count]);
        foreach (var layer in info.Layers)
            local[layer.Index] = (layer.Locality == Locality.Pointwise || IsComputedInWindows(layer)) && layer.Inputs.All(input => input == LayerInfo.Image || local[input]);
        var flat = info.Layers.Reverse().TakeWhile(layer => layer.IsFlat).Count();
        int[] cuts = [.. Enumerable.Range(info.Layers.Count - flat, flat).Where(head => Crossing(head).Count() == 1), info.Layers.Count];
        Head = cuts.FirstOrDefault(head => head < info.Layers.Count && info.Layers[head].Parameters > 0, cuts[0]);
        Features = Head < info.Layers.Count ? Crossing(Head).Single() : info.Layers.Count - 1;
    }

    /// <summary>Index of the first layer of the head: where it is cheaper to run many images at once, and nothing is left of where the rectangle was; the number of layers where there is none.</summary>
    public int Head { get; }

    /// <summary>Index of the layer whose output alone goes into the head; the last layer where there is none.</summary>
    public int Features { get; }

    /// <summary>Whether a layer, and all that lead up to it, change where the rectangle reaches alone.</summary>
    public bool IsLocal(int layer) => local[layer];

    /// <summary>Whether a layer looks beyond a unit's own position.</summary>
    public bool IsWindowed(int layer) => info.Layers[layer].Locality == Locality.Windowed;

    /// <summary>The rows, or columns, that a change of some input rows, or columns, reaches in the output of each local layer; the least that hold all, where a layer joins several.</summary>
    /// <param name="changed">Within the image.</param>
    /// <param name="vertical">Whether these are rows.</param>
    public Interval[] Reached(Interval changed, bool vertical)
    {
        var reached = new Interval[info.Layers.Count];
        foreach (var layer in info.Layers.Where(layer => local[layer.Index]))
        {
            var input = layer.Inputs.Select(input => input == LayerInfo.Image ? changed : reached[input]).Aggregate((one, other) => one.Hull(other));
            reached[layer.Index] = IsWindowed(layer.Index) ? Through(layer.Window!.Value, layer.Output, input) : input;
        }
        return reached;

        Interval Through(LayerWindow window, FeatureShape output, Interval input) => vertical
            ? input.Through(window.KernelHeight, window.StrideY, window.PaddingY, window.DilationY, output.Height)
            : input.Through(window.KernelWidth, window.StrideX, window.PaddingX, window.DilationX, output.Width);
    }

    /// <summary>The layers before a place whose outputs are read behind it.</summary>
    private IEnumerable<int> Crossing(int place) => info.Layers.Skip(place).SelectMany(layer => layer.Inputs).Where(input => input < place).Distinct();

    private static bool IsComputedInWindows(LayerInfo layer) => layer is { Locality: Locality.Windowed, Window: not null, Border: not WindowBorder.OwnRule };
}
