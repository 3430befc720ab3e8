using System.Globalization;
using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Resolving;

namespace ZfDecl.Generators.Kinds;

internal sealed class Lrn : LayerKind
{
    private static readonly Key<int> Size = Language.Keys.Integer("size", "The number of neighbouring maps summed over.", 1, 65536).Default(5);
    private static readonly Key<double> Alpha = Language.Keys.Number("alpha", "The weight of the mean square (it is divided by the size, as Caffe and Torch do).", 0).Default(1e-4);
    private static readonly Key<double> Beta = Language.Keys.Number("beta", "The exponent.", 0).Default(0.75);
    private static readonly Key<double> K = Language.Keys.Number("k", "The constant under the exponent.", 0, aboveLeast: true).Default(1);

    public override string Word => "lrn";

    public override string Summary => "Local response normalisation across maps: x / (k + alpha / size · Σ x²)^beta (Krizhevsky et al. 2012, §3.3). The deconvnet passes it over.";

    public override IReadOnlyList<Key> Keys { get; } = [Size, Alpha, Beta, K];

    public override ResolvedLayer? Resolve(LayerContext layer)
    {
        var settings = layer.Settings;
        if (layer.Input.Flat)
            return layer.Fail(Codes.WrongPlace, layer.NamePlace, $"an lrn needs feature maps, but the layer before yields {layer.Input}; put it before the first dense or flatten layer");
        return new Layer(layer.Header(Word, layer.Input, layer.Field), settings.Get(Size), settings.Get(Alpha), settings.Get(Beta), settings.Get(K));
    }

    private sealed record Layer(LayerHeader Header, int Size, double Alpha, double Beta, double K) : ResolvedLayer(Header)
    {
        public override string Description => string.Format(CultureInfo.InvariantCulture, "local response normalisation across {0} maps", Size);

        public override bool HasFeatures => false;

        public override string Forward(string x) => string.Format(CultureInfo.InvariantCulture, "LocalResponseNormalization.Apply({0}, {1}, {2:R}, {3:R}, {4:R})", x, Size, Alpha, Beta, K);

        public override string? Down(string x) => null;
    }
}
