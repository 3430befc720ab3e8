using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

/// <summary>A pooling with everything decided.</summary>
/// <param name="Header">What every layer has.</param>
/// <param name="Window">The window.</param>
/// <param name="RoundUp">Whether a last window that sticks out is kept.</param>
internal abstract record PooledLayer(LayerHeader Header, Window Window, bool RoundUp) : ResolvedLayer(Header)
{
    public sealed override Locality Locality => Locality.Windowed;

    public sealed override Window? SlidingWindow => Window;

    /// <summary>The window in words.</summary>
    protected string InWords =>
        $"{Window.Kernel.Times}, stride {Window.Stride}, {(Window.Padding.IsNone ? "" : $"padding {Window.Padding}, ")}{(Window.IsDilated ? $"dilation {Window.Dilation}, " : "")}rounded {(RoundUp ? "up" : "down")}";

    /// <summary>The window as torch's pooling functions take it where there is neither padding nor rounding: kernel, stride.</summary>
    protected string KernelAndStride => $"[{Window.Kernel.Y}, {Window.Kernel.X}], [{Window.Stride.Y}, {Window.Stride.X}]";

    /// <summary>The window's kernel, stride and padding, where opposite sides are alike.</summary>
    protected string WithPadding => $"{KernelAndStride}, [{Window.Padding.Top}, {Window.Padding.Left}]";

    /// <summary>The window as torch's pooling functions take it: kernel, stride, padding, rounding.</summary>
    protected string Arguments => $"{WithPadding}, ceil_mode: {(RoundUp ? "true" : "false")}";

    /// <summary>The window as the poolings of the runtime take it that torch does not have: kernel, stride, dilation, and what the windows see beyond the map.</summary>
    protected string PaddedArguments(Sides beyond) => $"{KernelAndStride}, [{Window.Dilation.Y}, {Window.Dilation.X}], {beyond.Arguments}";
}
