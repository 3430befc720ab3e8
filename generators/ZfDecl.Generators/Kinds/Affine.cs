using System.Globalization;
using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Kinds;

internal sealed class Affine : LayerKind
{
    private static readonly Key<bool> Trained = Language.Keys.Flag("trained", "Whether the values are trained, from 1 and 0 on; else they stay, and weights that are loaded bring their own.").Default(true);
    private static readonly Key<EquatableArray<double>> Scale = Values("scale", "What each map is multiplied by, where it is not trained: one value for all, or a list of one each.", 1);
    private static readonly Key<EquatableArray<double>> Shift = Values("shift", "What is added to each map then, likewise.", 0);

    public override string Word => "affine";

    public override LayerRole Role => LayerRole.Affine;

    public override string Summary => "A scale and a shift for each map, trained or fixed. The backward projection multiplies by the scale.";

    public override IReadOnlyList<Key> Keys { get; } = [Trained, Scale, Shift];

    public override ResolvedLayer Resolve(LayerContext layer)
    {
        var (settings, maps) = (layer.Settings, layer.Input.Maps);
        var (trained, scale, shift) = (settings.Get(Trained), settings.Get(Scale), settings.Get(Shift));
        foreach (var key in new[] { Scale, Shift })
        {
            var values = settings.Get(key);
            if (values.Count != 1 && values.Count != maps && maps > 0)
                return layer.Fail(Codes.Contradiction, settings.SpanOf(key), $"'{key.Name}' has {values.Count} values for {maps} maps; write one for all, or {maps}");
            if (trained && !Equals(values, key.DefaultValue))
                return layer.Fail(Codes.Contradiction, settings.SpanOf(key), $"'{key.Name}' is written, but what is trained starts from 1 and 0; write 'trained: false', or leave '{key.Name}' out");
        }
        return new Layer(layer.Header(layer.Input, layer.Field, parameters: trained ? 2L * maps : 0), trained, scale, shift);
    }

    private static Key<EquatableArray<double>> Values(string name, string summary, double none) => Language.Keys
        .Of(name, summary, new ListType<double>(new NumberType(double.NegativeInfinity, double.PositiveInfinity), values => $"[{string.Join(", ", values)}]", least: 1))
        .QuietDefault(new[] { none }.ToEquatableArray());

    private sealed record Layer(LayerHeader Header, bool Trained, EquatableArray<double> Factors, EquatableArray<double> Shift) : ResolvedLayer(Header)
    {
        public override string Description => $"{(Trained ? "trained" : "fixed")} scale and shift of each map";

        public override Locality Locality => Locality.Pointwise;

        public override Operation Operation => new Operation.Affine(Trained);

        public override bool HasFeatures => false;

        public override bool IsAffinePerChannel => true;

        public override bool OutputUnusedByBackward => true;

        public override ModuleField? Module => new("ChannelAffine", $"new ChannelAffine({Input.Maps}, trained: {(Trained ? "true" : "false")}, scale: {Literal(Factors)}, shift: {Literal(Shift)})");

        public override string Forward(string x, string owner = "") => $"{owner}{Name}.call({x})";

        public override BackwardStep Backward => BackwardStep.Scale;

        public override string? Scale(string owner) => $"{owner}{Name}.weight";

        public override string BackProject(string x) => $"Scale({x}, {Scale("net.")})";

        private static string Literal(EquatableArray<double> values) => $"[{string.Join(", ", values.Select(value => string.Format(CultureInfo.InvariantCulture, "{0:R}", value)))}]";
    }
}
