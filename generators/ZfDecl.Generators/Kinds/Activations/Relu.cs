using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Kinds.Activations;

internal sealed class Relu : LayerKind
{
    private static readonly Key<double> Slope =
        Language.Keys.Number("slope", "What values below 0 are multiplied by; above 0 it is leaky (Maas et al. 2013).", 0, 1, belowMost: true).QuietDefault(0);

    private static readonly Key<double?> Ceiling =
        Language.Keys.Of("ceiling", "What larger values are cut down to: 6 for relu6; 'none' for nothing.", new OrWordType<double>(new NumberType(0, double.PositiveInfinity, aboveLeast: true), "none")).QuietDefault(null);

    public override string Word => "relu";

    public override LayerRole Role => LayerRole.Rectifier;

    public override string Summary =>
        "Rectification: max(0, x). The backward projection rectifies the signal, with the same slope and without a ceiling; by the rule mask it takes the gradient's step.";

    public override bool KeepsMaps => true;

    public override IReadOnlyList<Key> Keys { get; } = [Slope, Ceiling];

    public override ResolvedLayer Resolve(LayerContext layer)
    {
        var (slope, ceiling) = (layer.Settings.Get(Slope), layer.Settings.Get(Ceiling));
        if (layer.Inputs[0].Layer is { IsPositivePart: true } before && ceiling is null)
            layer.Warn(Codes.NoEffect, $"what '{before.Name}' yields is rectified already; leave one of the two out");
        var inPlace = slope == 0 && ceiling is null && layer.Inputs[0] is { HasOneReader: true, Layer.OutputUnusedByBackward: true };
        return new Layer(layer.Header(layer.Input, layer.Field), inPlace, slope, ceiling);
    }

    private sealed record Layer(LayerHeader Header, bool InPlace, double Slope, double? Ceiling) : ResolvedLayer(Header)
    {
        public override string Description =>
            $"rectification{(Slope > 0 ? $" with slope {Text.Number(Slope)} below 0" : "")}{(Ceiling is { } most ? $" up to {Text.Number(most)}" : "")}";

        public override Locality Locality => Locality.Pointwise;

        public override Operation Operation => new Operation.Relu(Slope, Ceiling);

        public override bool IsPositivePart => Slope == 0 && Ceiling is null;

        public override bool RectifiesInPlace => InPlace;

        public override double SignalSlope => Slope;

        public override double? Most => Ceiling;

        public override string Forward(string x, string owner = "") => InPlace ? $"{x}.relu_()" : Record(x);

        public override string Record(string x) => (Slope, Ceiling) switch
        {
            (0, null) => $"F.relu({x})",
            (0, { } most) => $"F.relu({x}).clamp_max({Text.Number(most)})",
            (_, null) => $"F.leaky_relu({x}, {Text.Number(Slope)})",
            (_, { } most) => $"F.leaky_relu({x}, {Text.Number(Slope)}).clamp_max({Text.Number(most)})",
        };

        public override BackwardStep Backward => BackwardStep.Rectify;

        public override string BackProject(string x) =>
            $"Rectify({x}, recording.{Property}{(Slope > 0 ? $", slope: {Text.Number(Slope)}" : "")}{(Ceiling is { } most ? $", ceiling: {Text.Number(most)}" : "")})";
    }
}
