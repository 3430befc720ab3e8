using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Kinds.Activations;

internal sealed class Prelu : LayerKind
{
    private static readonly Key<double> Slope = Language.Keys.Number("slope", "The slope that every map starts with.", 0).Default(0.25);

    public override string Word => "prelu";

    public override LayerRole Role => LayerRole.Rectifier;

    public override string Summary =>
        "Rectification with a trained slope below 0 for each map (He et al. 2015). The backward projection rectifies the signal with the same slopes; by the rule mask it takes the gradient's step.";

    public override IReadOnlyList<Key> Keys { get; } = [Slope];

    public override ResolvedLayer Resolve(LayerContext layer) =>
        new Layer(layer.Header(layer.Input, layer.Field, parameters: layer.Input.Maps), layer.Settings.Get(Slope), layer.Inputs[0].Recorded);

    private sealed record Layer(LayerHeader Header, double Slope, string Recorded) : ResolvedLayer(Header)
    {
        public override string Description => "rectification with a trained slope below 0";

        public override Locality Locality => Locality.Pointwise;

        public override Operation Operation => new Operation.Prelu();

        public override double SignalSlope => Slope;

        public override ModuleField? Module => new("PReLU", $"nn.PReLU({Input.Maps}, {Text.Number(Slope)})");

        public override string Forward(string x, string owner = "") => $"{owner}{Name}.call({x})";

        public override string BackProject(string x) => $"Rectify({x}, {Recorded}, maps => net.{Name}.call(maps), isLeaky: true)";
    }
}
