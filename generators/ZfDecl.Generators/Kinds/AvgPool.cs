using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class AvgPool() : Pool("which are zero", CountPadding)
{
    private static readonly Key<bool> CountPadding =
        Language.Keys.Flag("count-padding", "Whether the zeros that padding adds count in the mean, as they do in torch and Caffe; what sticks out beyond them never counts.").Default(true);

    public override string Word => "avgpool";

    public override LayerRole Role => LayerRole.AveragePooling;

    public override string Summary => "Average pooling. The deconvnet takes its gradient's step: each value is spread over its window in equal shares.";

    protected override ResolvedLayer Decide(LayerContext layer, LayerHeader header, Window window, bool roundUp) =>
        new Layer(header, window, roundUp, layer.Settings.Get(CountPadding));

    private sealed record Layer(LayerHeader Header, Window Window, bool RoundUp, bool PaddingCounts) : PooledLayer(Header, Window, RoundUp)
    {
        public override string Description => $"average pooling {InWords}";

        public override Operation Operation => new Operation.AveragePooling(Window, PaddingCounts);

        public override bool CountsPadding => PaddingCounts;

        // torch's average pooling knows neither uneven padding nor dilation.
        public override string Forward(string x, string owner = "") => Window.Padding.IsEven && !Window.IsDilated
            ? $"F.avg_pool2d({x}, {Arguments}{(PaddingCounts ? "" : ", count_include_pad: false")})"
            : $"PaddedPooling.Average({x}, {PaddedArguments(Window.Overhang(Input, Output))}, counted: {(PaddingCounts ? Window.Padding : default).Arguments})";

        // A mean at the border is over fewer positions, or over as many with zeros among them: only a pool that never meets the border is the same everywhere.
        public override WindowBorder Border => Window.StaysInside(Input, Output) ? WindowBorder.Zeros : WindowBorder.OwnRule;

        public override string EvaluateValid(string x) => Window.IsDilated
            ? $"PaddedPooling.Average({x}, {PaddedArguments(default)}, counted: {default(Sides).Arguments})"
            : $"F.avg_pool2d({x}, {KernelAndStride})";

        public override BackwardStep Backward => Window.IsDilated ? BackwardStep.WholeImage : BackwardStep.Unaverage;

        public override string BackProject(string x) => $"AveragePoolAdjoint({x}, {Input.Height}, {Input.Width}, maps => {Forward("maps")})";
    }
}
