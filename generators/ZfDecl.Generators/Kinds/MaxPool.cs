using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class MaxPool() : Pool("which are never the maximum")
{
    public override string Word => "maxpool";

    public override LayerRole Role => LayerRole.MaxPooling;

    public override string Summary => "Max pooling, whose switches (the position of each maximum) the deconvnet follows.";

    protected override ResolvedLayer Decide(LayerContext layer, LayerHeader header, Window window, bool roundUp) => new Layer(header, window, roundUp);

    private sealed record Layer(LayerHeader Header, Window Window, bool RoundUp) : PooledLayer(Header, Window, RoundUp)
    {
        public override string Description => $"max pooling {InWords}";

        public override Operation Operation => new Operation.MaxPooling(Window);

        public override bool HasSwitches => true;

        public override string Forward(string x, string owner = "") => IsPaddedApart ? $"PaddedPooling.Max({x}, {PaddedApart})" : $"F.max_pool2d({x}, {Torch})";

        public override string? PoolArguments => IsPaddedApart || Window.IsDilated ? null : $"{WithPadding}, roundUp: {(RoundUp ? "true" : "false")}";

        public override string Record(string x) => IsPaddedApart ? $"PaddedPooling.MaxWithSwitches({x}, {PaddedApart})" : $"F.max_pool2d_with_indices({x}, {Torch})";

        public override WindowBorder Border => WindowBorder.Excluded;

        public override string EvaluateValid(string x) => Window.IsDilated ? $"PaddedPooling.Max({x}, {PaddedArguments(default)})" : $"F.max_pool2d({x}, {KernelAndStride})";

        public override BackwardStep Backward => BackwardStep.Unpool;

        public override string BackProject(string x) => $"Unpool({x}, recording.{Property}Switches, {Input.Height}, {Input.Width})";

        // torch measures padding by the taps, and not by how far they lie apart.
        private bool IsPaddedApart => !Window.Padding.IsEven || Window.Padding.Top > Window.Kernel.Y / 2 || Window.Padding.Left > Window.Kernel.X / 2;

        private string PaddedApart => PaddedArguments(Window.Overhang(Input, Output));

        private string Torch => Window.IsDilated ? $"{WithPadding}, [{Window.Dilation.Y}, {Window.Dilation.X}], {(RoundUp ? "true" : "false")}" : Arguments;
    }
}
