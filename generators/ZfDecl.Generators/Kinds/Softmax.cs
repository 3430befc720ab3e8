using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class Softmax : LayerKind
{
    public override string Word => "softmax";

    public override LayerRole Role => LayerRole.Output;

    public override string Summary => "Class probabilities from scores. Implied at the end; the loss takes the scores before it, and in the backward projection it is the identity.";

    public override bool KeepsMaps => true;

    public override IReadOnlyList<Key> Keys { get; } = [];

    public override bool TakesUnits => true;

    public override ResolvedLayer Resolve(LayerContext layer) => new Layer(layer.Header(layer.Input, layer.Field));

    private sealed record Layer(LayerHeader Header) : ResolvedLayer(Header)
    {
        public override string Description => "class probabilities";

        public override Locality Locality => Locality.Pointwise;

        public override Operation Operation => new Operation.Softmax();

        public override bool HasFeatures => false;

        public override string? Forward(string x, string owner = "") => null;

        public override string Record(string x) => $"F.softmax({x}, 1)";

        public override string? BackProject(string x) => null;
    }
}
