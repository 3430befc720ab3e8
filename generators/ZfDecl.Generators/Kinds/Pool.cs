using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Kinds;

/// <summary>What the kinds of pooling share: a window that slides over each map by itself.</summary>
internal abstract class Pool : LayerKind
{
    private static readonly Key<Pair?> Kernel =
        Language.Keys.Of("kernel", "The height and width of the pooling window; 'all' for the whole map.", new OrWordType<Pair>(new PairType(1), "all")).Required();

    private static readonly Key<Pair> Stride = Language.Keys.Pair("stride", "The step from one window to the next; the kernel's size where left out.", 1).Dependent();
    private static readonly Key<Pair> Dilation = Language.Keys.Pair("dilation", "The distance between two taps of the window.", 1).QuietDefault(new(1, 1));
    private static readonly Key<bool> RoundUp =
        Language.Keys.Word("rounding", "Whether a last window that sticks out is dropped (down) or kept (up).", ("down", false), ("up", true)).Default(false);

    private readonly Key<Padding> padding;

    /// <param name="paddingMeans">What becomes of the positions that are added at the border, for the documentation.</param>
    /// <param name="further">Keys that this kind has beside the common ones.</param>
    protected Pool(string paddingMeans, params Key[] further)
    {
        padding = Language.Keys.Padding("padding", $"Rows and columns added on each side, {paddingMeans}; at most half the kernel. 'same' and 'same-lower' as for conv.").Default(default);
        Keys = [Kernel, Stride, padding, Dilation, RoundUp, .. further];
    }

    public sealed override IReadOnlyList<Key> Keys { get; }

    public sealed override bool TakesMaps => true;

    public sealed override bool KeepsMaps => true;

    public sealed override Shape Declared(LayerContext layer) => Shape.Unknown with { Maps = layer.Input.Maps };

    public sealed override ResolvedLayer Resolve(LayerContext layer)
    {
        var (settings, input) = (layer.Settings, layer.Input);
        var kernel = settings.Get(Kernel) ?? new(Math.Max(1, input.Height), Math.Max(1, input.Width));
        if (Math.Max(kernel.Y, kernel.X) > PairType.Greatest)
            return layer.Fail(Codes.TooManyValues, settings.SpanOf(Kernel), $"the whole map is {input.Height}x{input.Width}; a window has at most {Text.Count(PairType.Greatest)} rows and columns: make the map smaller before");
        var window = new Window(kernel, settings.GetOr(Stride, kernel), default, settings.Get(Dilation)).With(settings.Get(padding), input);
        var half = new Pair(window.EffectiveKernel.Y / 2, window.EffectiveKernel.X / 2);
        if (Math.Max(window.Padding.Top, window.Padding.Bottom) > half.Y || Math.Max(window.Padding.Left, window.Padding.Right) > half.X)
            return layer.Fail(Codes.Contradiction, settings.SpanOf(padding), $"padding {Times(window.Padding)} is more than half the kernel {window.EffectiveKernel.Times}: a window could lie wholly outside; use at most {half}");
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

    private static string Times(Sides padding) => padding.IsEven ? padding.Start.Times : $"{padding}";
}
