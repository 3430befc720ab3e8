using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

/// <summary>What the kinds of pooling share: a window that slides over each map by itself.</summary>
internal abstract class Pool : LayerKind
{
    private static readonly Key<Pair> Kernel = Language.Keys.Pair("kernel", "The height and width of the pooling window.", 1).Required();
    private static readonly Key<Pair> Stride = Language.Keys.Pair("stride", "The step from one window to the next; the kernel's size where left out.", 1).Dependent();
    private static readonly Key<bool> RoundUp =
        Language.Keys.Word("rounding", "Whether a last window that sticks out is dropped (down) or kept (up).", ("down", false), ("up", true)).Default(false);

    private readonly Key<Pair> padding;

    /// <param name="paddingMeans">What becomes of the positions that are added at the border, for the documentation.</param>
    /// <param name="further">Keys that this kind has beside the common ones.</param>
    protected Pool(string paddingMeans, params Key[] further)
    {
        padding = Language.Keys.Pair("padding", $"Rows and columns added on each side, {paddingMeans}; at most half the kernel.", 0).Default(new(0, 0));
        Keys = [Kernel, Stride, padding, RoundUp, .. further];
    }

    public sealed override IReadOnlyList<Key> Keys { get; }

    public sealed override bool TakesMaps => true;

    public sealed override bool KeepsMaps => true;

    public sealed override Shape Declared(LayerContext layer) => Shape.Unknown with { Maps = layer.Input.Maps };

    public sealed override ResolvedLayer Resolve(LayerContext layer)
    {
        var (settings, input) = (layer.Settings, layer.Input);
        var kernel = settings.Get(Kernel);
        var window = new Window(kernel, settings.GetOr(Stride, kernel), settings.Get(padding), new(1, 1));
        var half = new Pair(kernel.Y / 2, kernel.X / 2);
        if (window.Padding.Y > half.Y || window.Padding.X > half.X)
            return layer.Fail(Codes.Contradiction, settings.SpanOf(padding), $"padding {window.Padding.Times} is more than half the kernel {kernel.Times}: a window could lie wholly outside; use at most {half}");
        var roundUp = settings.Get(RoundUp);
        if (layer.OutputSize(window, roundUp, Kernel) is not { } size)
            return layer.Failed;
        if (kernel == new Pair(1, 1) && window.Stride == kernel)
            layer.Warn(Codes.NoEffect, "a window of 1x1 that moves by 1 passes its input on; leave the layer out");
        else if (!roundUp)
            layer.WarnOfUnseenBorder(window, size, "write 'rounding: up', or alter the kernel, the stride or the padding");
        return Decide(layer, layer.Header(new(input.Maps, size.Y, size.X), layer.Field.Through(window)), window, roundUp);
    }

    protected abstract ResolvedLayer Decide(LayerContext layer, LayerHeader header, Window window, bool roundUp);

    /// <summary>The window in words.</summary>
    protected static string Describe(Window window, bool roundUp) =>
        $"{window.Kernel.Times}, stride {window.Stride}, {(window.Padding == new Pair(0, 0) ? "" : $"padding {window.Padding}, ")}rounded {(roundUp ? "up" : "down")}";

    /// <summary>The window as torch's pooling functions take it where there is neither padding nor rounding: kernel, stride.</summary>
    protected static string Arguments(Window window) => $"[{window.Kernel.Y}, {window.Kernel.X}], [{window.Stride.Y}, {window.Stride.X}]";

    /// <summary>The window as torch's pooling functions take it: kernel, stride, padding, rounding.</summary>
    protected static string Arguments(Window window, bool roundUp) =>
        $"{WindowArguments(window)}, ceil_mode: {(roundUp ? "true" : "false")}";

    /// <summary>The window's kernel, stride and padding.</summary>
    protected static string WindowArguments(Window window) =>
        $"[{window.Kernel.Y}, {window.Kernel.X}], [{window.Stride.Y}, {window.Stride.X}], [{window.Padding.Y}, {window.Padding.X}]";
}
