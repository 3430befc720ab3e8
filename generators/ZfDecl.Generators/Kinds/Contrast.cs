using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class Contrast : LayerKind
{
    private static readonly Key<int> Size = Language.Keys.Integer("size", "The side of the Gaussian window, which is odd; its standard deviation is a quarter of the side.", 3, 4095).Default(9);

    public override string Word => "contrast";

    public override LayerRole Role => LayerRole.Normalisation;

    public override string Summary =>
        "Local contrast normalisation, subtractive then divisive, over a window and all maps (Jarrett et al. 2009, §2): v = x − Σ w·x, y = v / max(c, σ) with "
        + "σ = √(Σ w·v²) and c the mean of σ over the image. In the backward projection it is the identity.";

    public override IReadOnlyList<Key> Keys { get; } = [Size];

    public override bool TakesMaps => true;

    public override ResolvedLayer Resolve(LayerContext layer)
    {
        var size = layer.Settings.Get(Size);
        if (size % 2 == 0)
            return layer.Fail(Codes.Contradiction, layer.Settings.SpanOf(Size), $"a window of {size}x{size} has no middle; the size is odd, for example {size + 1}");
        // σ looks at v, and v looks at x: two windows, one on the other. What c sees, the whole image, is not counted.
        return new Layer(layer.Header(layer.Input, layer.Field.Through(Window.Around((2 * size) - 1))), size);
    }

    private sealed record Layer(LayerHeader Header, int Size) : ResolvedLayer(Header)
    {
        public override string Description => $"local contrast normalisation, window {Size}x{Size}";

        // c is of the whole image.
        public override Locality Locality => Locality.Global;

        public override Operation Operation => new Operation.ContrastNormalisation(Size);

        public override bool HasFeatures => false;

        public override string Forward(string x, string owner = "") => $"LocalContrastNormalization.Apply({x}, {Size})";

        public override string? BackProject(string x) => null;
    }
}
