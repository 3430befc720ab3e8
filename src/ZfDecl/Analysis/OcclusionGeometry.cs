using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analysis;

/// <summary>How far a changed rectangle of the image reaches in each layer of a network.</summary>
internal sealed class OcclusionGeometry
{
    private readonly NetworkInfo info;
    private readonly LayerReach[] reaches;

    /// <param name="net">The network.</param>
    public OcclusionGeometry(ConvNet net)
    {
        info = net.Info;
        reaches = [.. info.Layers.Select(layer => ReachOf(net, layer))];
        Spatial = reaches.TakeWhile(reach => reach != LayerReach.Everywhere).Count();
        Head = info.Layers.TakeWhile(layer => layer.Kind is not ("flatten" or "dense")).Count();
    }

    /// <summary>How many layers, from the first on, change where the rectangle reaches alone; what comes behind them is run on whole maps.</summary>
    public int Spatial { get; }

    /// <summary>Index of the first layer that no longer has maps: the number of layers where there is none.</summary>
    public int Head { get; }

    /// <summary>How far a change at one place reaches in a layer's output.</summary>
    public LayerReach this[int layer] => reaches[layer];

    /// <summary>The rows, or columns, that a change of some input rows, or columns, reaches in the output of each of the first <see cref="Spatial"/> layers.</summary>
    /// <param name="changed">Within the image.</param>
    /// <param name="vertical">Whether these are rows.</param>
    public Interval[] Reached(Interval changed, bool vertical)
    {
        var reached = new Interval[Spatial];
        for (var layer = 0; layer < Spatial; layer++)
        {
            if (reaches[layer] == LayerReach.Window)
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

    private static LayerReach ReachOf(ConvNet net, LayerInfo layer)
    {
        var before = layer.Index == 0 ? null : net.Info.Layers[layer.Index - 1];
        var (input, field) = (before?.Output ?? net.Info.Input, before?.ReceptiveField ?? new(1, 1, 1, 1, 0, 0));
        if (layer.Window is { } window)
            return Slides(net, layer.Index, input.Maps, window) ? LayerReach.Window : LayerReach.Everywhere;
        // What sees its neighbours in space (contrast, response normalisation over space) has a larger field than its input.
        return layer.ReceptiveField == field && layer.Output == input && layer.Kind is not ("flatten" or "dense") ? LayerReach.Place : LayerReach.Everywhere;
    }

    private static bool Slides(ConvNet net, int layer, int maps, LayerWindow window)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var one = zeros(
            [1, maps, (window.DilationY * (window.KernelHeight - 1)) + 1, (window.DilationX * (window.KernelWidth - 1)) + 1],
            device: net.parameters().FirstOrDefault()?.device ?? CPU);
        return net.Slide(layer, one) is not null;
    }
}

/// <summary>How far a change at one place of a layer's input reaches in its output.</summary>
internal enum LayerReach
{
    /// <summary>The same place.</summary>
    Place,

    /// <summary>The places whose window sees it.</summary>
    Window,

    /// <summary>Any place.</summary>
    Everywhere,
}
