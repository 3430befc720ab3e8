using ZfDecl.Networks;

namespace ZfDecl.Projection;

/// <summary>What a projection costs in windows, beside what it costs in the whole image.</summary>
internal static class WindowCost
{
    /// <summary>
    /// The greatest <see cref="Share"/> at which the window is faster than the whole image in batches, as measured on ResNet-18 and GoogLeNet (docs/measurements.md): its
    /// multiply-adds are slower, and about half of them are left out because the signal is 0.
    /// </summary>
    public const double WorthIt = 0.85;

    /// <summary>The multiply-adds of the windows of a unit in the middle of its map, none of whose values is 0, as a share of those of the whole image.</summary>
    /// <param name="info">The network; every layer up to the one has a step in a window.</param>
    /// <param name="layer">Index of the layer.</param>
    public static double Share(NetworkInfo info, int layer)
    {
        var windows = new PixelRegion?[layer + 1];
        var (unit, windowed, whole) = (info.Layers[layer].Output, 0.0, 0.0);
        windows[layer] = new(unit.Height / 2, unit.Width / 2, 1, 1);
        for (var at = layer; at >= 0; at--)
        {
            if (windows[at] is not { } window)
                continue;
            var (one, input) = (info.Layers[at], info.InputOf(info.Layers[at]));
            whole += one.MultiplyAdds;
            windowed += (double)one.MultiplyAdds * window.Height * window.Width / ((long)one.Output.Height * one.Output.Width);
            var below = (one.Window?.Below(window) ?? window).ClipTo(input.Height, input.Width);
            foreach (var next in one.Inputs.Where(next => next != LayerInfo.Image))
                windows[next] = windows[next]?.Hull(below) ?? below;
        }
        return whole == 0 ? 0 : windowed / whole;
    }
}
