using System.Globalization;
using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class Lrn : LayerKind
{
    private static readonly Key<bool> OverSpace =
        Language.Keys.Word("over", "What is summed over: neighbouring maps at one position, or a square around each position in one map (Caffe's WITHIN_CHANNEL).", ("maps", false), ("space", true)).QuietDefault(false);
    private static readonly Key<int> Size = Language.Keys.Integer("size", "The number n of neighbouring maps summed over, or the side of the square (n = side²), which is odd.", 1, 4096).Default(5);
    private static readonly Key<double> Alpha = Language.Keys.Number("alpha", "The weight of the mean square (it is divided by n, as Caffe and torch do).", 0).Default(1e-4);
    private static readonly Key<double> Beta = Language.Keys.Number("beta", "The exponent.", 0).Default(0.75);
    private static readonly Key<double> K = Language.Keys.Number("k", "The constant under the exponent.", 0, aboveLeast: true).Default(1);

    public override string Word => "lrn";

    public override LayerRole Role => LayerRole.Normalisation;

    public override string Summary =>
        "Local response normalisation: x / (k + alpha / n · Σ x²)^beta over n neighbours (Krizhevsky et al. 2012, §3.3); those outside count as zero. In the backward projection it is the identity.";

    public override IReadOnlyList<Key> Keys { get; } = [OverSpace, Size, Alpha, Beta, K];

    public override bool TakesMaps => true;

    public override ResolvedLayer Resolve(LayerContext layer)
    {
        var settings = layer.Settings;
        var (size, alpha, beta, k, overSpace) = (settings.Get(Size), settings.Get(Alpha), settings.Get(Beta), settings.Get(K), settings.Get(OverSpace));
        if (overSpace && size % 2 == 0)
            return layer.Fail(Codes.Contradiction, settings.SpanOf(Size), $"a square of {size}x{size} has no middle; over space the size is odd, for example {size + 1}");
        if (beta == 0 || (alpha == 0 && k == 1))
            layer.Warn(Codes.NoEffect, $"{(beta == 0 ? "with beta 0" : "with alpha 0 and k 1")} it divides by 1; leave the layer out");
        var field = overSpace ? layer.Field.Through(Window.Around(size)) : layer.Field;
        return new Layer(layer.Header(layer.Input, field), overSpace, size, alpha, beta, k);
    }

    private sealed record Layer(LayerHeader Header, bool OverSpace, int Size, double Alpha, double Beta, double K) : ResolvedLayer(Header)
    {
        public override string Description => $"local response normalisation {(OverSpace ? $"over {Size}x{Size} positions" : $"across {Size} maps")}";

        public override Locality Locality => OverSpace ? Locality.Windowed : Locality.Pointwise;

        public override Operation Operation => OverSpace ? new Operation.WithinMaps(Size, Alpha, Beta, K) : new Operation.AcrossMaps(Size, Alpha, Beta, K);

        public override bool HasFeatures => false;

        public override string Forward(string x, string owner = "") => OverSpace
            ? string.Format(CultureInfo.InvariantCulture, "{0} * ({1:R} + ({2:R} * F.avg_pool2d({0} * {0}, [{3}, {3}], [1, 1], [{4}, {4}]))).pow({5:R})", x, K, Alpha, Size, Size / 2, -Beta)
            : $"LocalResponseNormalization.Apply({x}, {ResponseArguments})";

        public override string? ResponseArguments =>
            OverSpace ? null : string.Format(CultureInfo.InvariantCulture, "{0}, {1:R}, {2:R}, {3:R}", Size, Alpha, Beta, K);

        public override string? BackProject(string x) => null;
    }
}
