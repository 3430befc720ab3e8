using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Resolving;

namespace ZfDecl.Generators.Kinds;

internal sealed class MaxPool : LayerKind
{
    private static readonly Key<Pair> Kernel = Language.Keys.Pair("kernel", "The height and width of the pooling window.", 1).Required();
    private static readonly Key<Pair> Stride = Language.Keys.Pair("stride", "The step from one window to the next; the kernel's size where left out.", 1).Dependent();
    private static readonly Key<Pair> Padding = Language.Keys.Pair("padding", "Places added on each side, which are never the maximum; at most half the kernel.", 0).Default(new(0, 0));
    private static readonly Key<bool> RoundUp =
        Language.Keys.Word("rounding", "Whether a last window that sticks out is dropped (down) or kept (up).", ("down", false), ("up", true)).Default(false);

    public override string Word => "maxpool";

    public override string Summary => "Max pooling, whose switches (the place of each maximum) the deconvnet follows.";

    public override IReadOnlyList<Key> Keys { get; } = [Kernel, Stride, Padding, RoundUp];

    public override ResolvedLayer? Resolve(LayerContext layer)
    {
        var (settings, input) = (layer.Settings, layer.Input);
        if (input.Flat)
            return layer.Fail(Codes.WrongPlace, layer.NamePlace, $"a maxpool needs feature maps, but the layer before yields {input}; put it before the first dense or flatten layer");
        var kernel = settings.Get(Kernel);
        var window = new Window(kernel, settings.GetOr(Stride, kernel), settings.Get(Padding), new(1, 1));
        if (window.Padding.Y > kernel.Y / 2 || window.Padding.X > kernel.X / 2)
            return layer.Fail(Codes.Contradiction, settings.Place(Padding), $"padding {window.Padding.Times} is more than half the kernel {kernel.Times}: a window could lie wholly outside; use at most {new Pair(kernel.Y / 2, kernel.X / 2)}");
        if (!window.FitsInto(input))
        {
            var padded = new Pair(input.Height + (2 * window.Padding.Y), input.Width + (2 * window.Padding.X));
            return layer.Fail(Codes.KernelTooLarge, settings.Place(Kernel),
                $"window {kernel.Times} is larger than its padded input {padded.Times}; use a kernel ≤ {Math.Min(padded.Y, padded.X)}, or leave the layer out");
        }
        var places = window.Places(input, settings.Get(RoundUp));
        return new Layer(layer.Header(Word, new(input.Maps, places.Y, places.X), layer.Field.Through(window)), window, settings.Get(RoundUp));
    }

    private sealed record Layer(LayerHeader Header, Window Window, bool RoundUp) : ResolvedLayer(Header)
    {
        public override string Description => $"max pooling {Window.Kernel.Times}, stride {Window.Stride}, rounded {(RoundUp ? "up" : "down")}";

        public override bool HasSwitches => true;

        public override string Forward(string x) => $"F.max_pool2d({x}, {Arguments})";

        public override string Record(string x) => $"F.max_pool2d_with_indices({x}, {Arguments})";

        public override string Down(string x) => $"Unpool({x}, seen.{Property}Switches, {Input.Height}, {Input.Width})";

        private string Arguments =>
            $"[{Window.Kernel.Y}, {Window.Kernel.X}], [{Window.Stride.Y}, {Window.Stride.X}], [{Window.Padding.Y}, {Window.Padding.X}], ceil_mode: {(RoundUp ? "true" : "false")}";
    }
}
