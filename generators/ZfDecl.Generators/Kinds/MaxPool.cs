using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class MaxPool() : Pool("which are never the maximum")
{
    public override string Word => "maxpool";

    public override LayerRole Role => LayerRole.MaxPooling;

    public override string Summary => "Max pooling, whose switches (the position of each maximum) the deconvnet follows.";

    protected override ResolvedLayer Decide(LayerContext layer, LayerHeader header, Window window, bool roundUp) => new Layer(header, window, roundUp);

    private sealed record Layer(LayerHeader Header, Window Window, bool RoundUp) : ResolvedLayer(Header)
    {
        public override string Description => $"max pooling {Describe(Window, RoundUp)}";

        public override Locality Locality => Locality.Windowed;

        public override bool HasSwitches => true;

        public override Window? SlidingWindow => Window;

        public override string Forward(string x, string owner = "") => $"F.max_pool2d({x}, {Arguments(Window, RoundUp)})";

        public override string PoolArguments => $"{WindowArguments(Window)}, roundUp: {(RoundUp ? "true" : "false")}";

        public override string Record(string x) => $"F.max_pool2d_with_indices({x}, {Arguments(Window, RoundUp)})";

        public override WindowBorder Border => WindowBorder.Excluded;

        public override string EvaluateValid(string x) => $"F.max_pool2d({x}, {Arguments(Window)})";

        public override BackwardStep Backward => BackwardStep.Unpool;

        public override string BackProject(string x) => $"Unpool({x}, recording.{Property}Switches, {Input.Height}, {Input.Width})";
    }
}
