using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class ChannelShuffle : LayerKind
{
    private static readonly Key<int> Groups = Language.Keys.Integer("groups", "Parts that the maps fall into; the first maps of all parts come first, then the second ones.", 2, 65536).Required();

    public override string Word => "channel-shuffle";

    public override LayerRole Role => LayerRole.Reshape;

    public override string Summary => "The maps in another order, so that groups mix (Zhang et al. 2018). The backward projection puts them back.";

    public override IReadOnlyList<Key> Keys { get; } = [Groups];

    public override bool TakesMaps => true;

    public override ResolvedLayer Resolve(LayerContext layer)
    {
        var groups = layer.Settings.Get(Groups);
        return layer.Input.Maps % groups == 0
            ? new Layer(layer.Header(layer.Input, layer.Field), groups)
            : layer.Fail(Codes.Contradiction, layer.Settings.SpanOf(Groups), $"{groups} groups do not divide its {layer.Input.Maps} maps; use a divisor");
    }

    private sealed record Layer(LayerHeader Header, int Groups) : ResolvedLayer(Header)
    {
        public override string Description => $"maps of {Groups} groups shuffled";

        public override Locality Locality => Locality.Pointwise;

        public override Operation Operation => new Operation.Shuffle(Groups);

        public override bool HasFeatures => false;

        public override int GroupCount => Groups;

        public override string Forward(string x, string owner = "") => Shuffle(x, Groups);

        public override BackwardStep Backward => BackwardStep.Unshuffle;

        public override string BackProject(string x) => Shuffle(x, Input.Maps / Groups);

        private string Shuffle(string x, int groups) => $"{x}.unflatten(1, [{groups}, {Input.Maps / groups}]).transpose(1, 2).flatten(1, 2)";
    }
}
