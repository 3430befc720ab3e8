using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class Conv : LayerKind
{
    private static readonly Key<int> Maps = Language.Keys.Integer("maps", "The number of feature maps it yields.", 1, 65536).Required();
    private static readonly Key<Pair> Kernel = Language.Keys.Pair("kernel", "The height and width of its filters.", 1).Required();
    private static readonly Key<Pair> Stride = Language.Keys.Pair("stride", "The step from one place of the kernel to the next.", 1).Default(new(1, 1));
    private static readonly Key<Padding> Padding =
        Language.Keys.Padding("padding", "Zeros added on each side; 'same' for as many positions as the input has, divided by the stride, with an odd one at the bottom and right, 'same-lower' at the top and left.").Default(default);
    private static readonly Key<Pair> Dilation = Language.Keys.Pair("dilation", "The distance between two taps of the kernel.", 1).Default(new(1, 1));
    private static readonly Key<int> Groups = Language.Keys.Integer("groups", "Parts that input and output maps fall into, filtered apart.", 1, 65536).Default(1);
    private static readonly Key<bool> Bias = Language.Keys.Flag("bias", "Whether a trained value is added to each map.").Default(true);

    public override string Word => "conv";

    public override LayerRole Role => LayerRole.Convolution;

    public override string Summary => "Convolution with trained filters.";

    public override IReadOnlyList<Key> Keys { get; } = [Maps, Kernel, Stride, Padding, Dilation, Groups, Bias, .. InitialValueKeys.All];

    public override bool TakesMaps => true;

    public override bool MakesMapPerClass(SettingValues settings, int classes) => settings.Get(Maps) == classes;

    public override Shape Declared(LayerContext layer) => Shape.Unknown with { Maps = layer.Settings.Get(Maps) };

    public override ResolvedLayer Resolve(LayerContext layer)
    {
        var (settings, input) = (layer.Settings, layer.Input);
        var (maps, groups) = (settings.Get(Maps), settings.Get(Groups));
        var window = new Window(settings.Get(Kernel), settings.Get(Stride), default, settings.Get(Dilation)).With(settings.Get(Padding), input);
        if (layer.OutputSize(window, roundUp: false, Kernel) is not { } size)
            return layer.Failed;
        if (groups > 1 && (input.Maps % groups != 0 || maps % groups != 0))
            return layer.Fail(Codes.Contradiction, settings.SpanOf(Groups), $"{groups} groups do not divide both its {input.Maps} input maps and its {maps} output maps; use a common divisor");

        if (InitialValueKeys.Read(layer, settings.Get(Bias)) is not { } initial)
            return layer.Failed;
        var perGroup = new Pair(input.Maps / groups, maps / groups);
        if (groups > 1 && (IsOdd(perGroup.Y) || IsOdd(perGroup.X)))
            layer.Warn(Codes.OddGroups, $"each of its {groups} groups takes {perGroup.Y} maps and yields {perGroup.X}: odd numbers leave a part of each vector instruction idle; choose maps and groups so that both are even");
        layer.WarnOfUnseenBorder(window, size, "raise the padding, or alter the kernel or the stride", leastShare: 20);

        var output = new Shape(maps, size.Y, size.X);
        var weights = (long)maps * (input.Maps / groups) * window.Kernel.Y * window.Kernel.X;
        return new Layer(
            layer.Header(output, layer.Field.Through(window), weights + (settings.Get(Bias) ? maps : 0), weights * size.Y * size.X),
            window, groups, settings.Get(Bias), initial);
    }

    /// <summary>A single map a group, a depthwise convolution, is meant.</summary>
    private static bool IsOdd(int maps) => maps > 1 && maps % 2 == 1;

    private sealed record Layer(LayerHeader Header, Window Window, int Groups, bool Bias, InitialValues StartsFrom) : ResolvedLayer(Header)
    {
        public override InitialValues Initial => StartsFrom;

        public override Window? SlidingWindow => Window;

        public override int GroupCount => Groups;

        public override string Description =>
            $"convolution, {Output.Maps} filters {Window.Kernel.Times}, stride {Window.Stride}, padding {Window.Padding}"
            + $"{(Dilated ? $", dilation {Window.Dilation}" : "")}{(Groups > 1 ? $", {Groups} groups" : "")}";

        public override Locality Locality => Locality.Windowed;

        public override Operation Operation => new Operation.Convolution(Window, Groups, Bias);

        public override ModuleField? Module => new(
            "Conv2d",
            $"ChannelsLast.Filters(nn.Conv2d({Input.Maps}, {(Header.PerClass ? "classes" : $"{Output.Maps}")}, kernel_size: {Long(Window.Kernel)}, stride: {Long(Window.Stride)}, padding: {Long(Window.Padding.IsEven ? Window.Padding.Start : default)}"
            + $"{(Dilated ? $", dilation: {Long(Window.Dilation)}" : "")}{(Groups > 1 ? $", groups: {Groups}" : "")}{(Bias ? "" : ", bias: false")}))");

        public override bool OutputUnusedByBackward => true;

        public override string Forward(string x, string owner = "") => $"{owner}{Name}.call({(Window.Padding.IsEven ? x : $"F.pad({x}, {Window.Padding.Arguments})")})";

        public override WindowBorder Border => WindowBorder.Zeros;

        public override string EvaluateValid(string x) =>
            $"F.conv2d({x}, this.{Name}.weight, this.{Name}.bias, strides: {Array(Window.Stride)}{(Dilated ? $", dilation: {Array(Window.Dilation)}" : "")}{(Groups > 1 ? $", groups: {Groups}" : "")})";

        public override BackwardStep Backward => BackwardStep.TransposedFilters;

        // The input's size is not a function of the output's where a stride skips pixels: what is missing is added at the far side.
        public override string BackProject(string x)
        {
            var (overhang, arguments) = (Window.Overhang(Input, Output), $"{(Groups > 1 ? $", groups: {Groups}" : "")}{(Dilated ? $", dilation: {Array(Window.Dilation)}" : "")}");
            if (!Window.Padding.IsEven)
                return $"F.pad(F.conv_transpose2d({x}, net.{Name}.weight, strides: {Array(Window.Stride)}{arguments}), {new Sides(-overhang.Top, -overhang.Left, -overhang.Bottom, -overhang.Right).Arguments})";
            var missed = new Pair(overhang.Top - overhang.Bottom, overhang.Left - overhang.Right);
            return $"F.conv_transpose2d({x}, net.{Name}.weight, strides: {Array(Window.Stride)}, padding: {Array(Window.Padding.Start)}, output_padding: {Array(missed)}{arguments})";
        }

        private bool Dilated => Window.IsDilated;

        private static string Long(Pair pair) => $"({pair.Y}L, {pair.X}L)";

        private static string Array(Pair pair) => $"[{pair.Y}, {pair.X}]";
    }
}
