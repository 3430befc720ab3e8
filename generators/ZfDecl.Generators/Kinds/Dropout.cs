using System.Globalization;
using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class Dropout : LayerKind
{
    private static readonly Key<double> Rate = Language.Keys.Number("rate", "The share of units set to zero while training.", 0, 1, belowMost: true).Default(0.5);

    public override string Word => "dropout";

    public override LayerRole Role => LayerRole.Dropout;

    public override string Summary => "Dropout: while training, a random share of units is zero and the others are scaled up. In the backward projection it is the identity.";

    public override bool KeepsMaps => true;

    public override IReadOnlyList<Key> Keys { get; } = [Rate];

    public override ResolvedLayer Resolve(LayerContext layer)
    {
        var rate = layer.Settings.Get(Rate);
        if (rate == 0)
            layer.Warn(Codes.NoEffect, "with rate 0 it drops nothing; leave the layer out");
        return new Layer(layer.Header(layer.Input, layer.Field), rate);
    }

    private sealed record Layer(LayerHeader Header, double Rate) : ResolvedLayer(Header)
    {
        public override string Description => string.Format(CultureInfo.InvariantCulture, "dropout of {0:P0} while training", Rate);

        public override Locality Locality => Locality.Pointwise;

        public override Operation Operation => new Operation.Dropout(Rate);

        public override bool HasFeatures => false;

        public override string Forward(string x, string owner = "") => string.Format(CultureInfo.InvariantCulture, "MinibatchDropout.Apply(TrainingPass, {0}, {1:R}, \"{2}\")", x, Rate, Name);

        public override string Record(string x) => $"{x}.alias()";

        public override string? BackProject(string x) => null;
    }
}
