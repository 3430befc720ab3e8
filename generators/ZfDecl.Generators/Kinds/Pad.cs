using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class Pad : LayerKind
{
    private static readonly Key<Padding> Sides = Language.Keys.Padding("padding", "Rows and columns of zeros added on each side.", byRule: false).Required();

    public override string Word => "pad";

    public override LayerRole Role => LayerRole.Reshape;

    public override string Summary => "Zeros around each map. The backward projection cuts them off.";

    public override IReadOnlyList<Key> Keys { get; } = [Sides];

    public override bool TakesMaps => true;

    public override Shape Declared(LayerContext layer) => Shape.Unknown with { Maps = layer.Input.Maps };

    public override ResolvedLayer Resolve(LayerContext layer)
    {
        var window = new Window(new(1, 1), new(1, 1), layer.Settings.Get(Sides).Written, new(1, 1));
        if (window.Padding.IsNone)
            layer.Warn(Codes.NoEffect, "it adds nothing; leave the layer out");
        if (!layer.Input.HasExtent)
            return layer.Failed;
        var size = window.Padded(layer.Input);
        return new Layer(layer.Header(new(layer.Input.Maps, size.Y, size.X), layer.Field.Through(window)), window);
    }

    private sealed record Layer(LayerHeader Header, Window Window) : ResolvedLayer(Header)
    {
        public override string Description => $"zeros around each map, {Window.Padding}";

        public override Locality Locality => Locality.Windowed;

        public override Operation Operation => new Operation.Pad(Window.Padding);

        public override bool HasFeatures => false;

        public override bool OutputUnusedByBackward => true;

        public override Window? SlidingWindow => Window;

        public override WindowBorder Border => WindowBorder.Zeros;

        public override string Forward(string x, string owner = "") => $"F.pad({x}, {Window.Padding.Arguments})";

        public override string EvaluateValid(string x) => $"{x}.alias()";

        public override BackwardStep Backward => BackwardStep.Crop;

        public override string BackProject(string x) => $"{x}.narrow(2, {Window.Padding.Top}, {Input.Height}).narrow(3, {Window.Padding.Left}, {Input.Width})";
    }
}
