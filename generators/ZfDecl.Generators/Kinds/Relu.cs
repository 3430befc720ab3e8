using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class Relu : LayerKind
{
    public override string Word => "relu";

    public override LayerRole Role => LayerRole.Rectifier;

    public override string Summary => "Rectification: max(0, x).";

    public override bool KeepsMaps => true;

    public override IReadOnlyList<Key> Keys { get; } = [];

    public override ResolvedLayer Resolve(LayerContext layer)
    {
        if (layer.Inputs[0].Layer is { IsPositivePart: true } before)
            layer.Warn(Codes.NoEffect, $"what '{before.Name}' yields is rectified already; leave one of the two out");
        return new Layer(layer.Header(layer.Input, layer.Field), InPlace: layer.Inputs[0] is { HasOneReader: true, Layer.OutputUnusedByBackward: true });
    }

    private sealed record Layer(LayerHeader Header, bool InPlace) : ResolvedLayer(Header)
    {
        public override string Description => "rectification";

        public override Locality Locality => Locality.Pointwise;

        public override bool IsPositivePart => true;

        public override bool RectifiesInPlace => InPlace;

        public override string Forward(string x, string owner = "") => InPlace ? $"{x}.relu_()" : $"F.relu({x})";

        public override string Record(string x) => $"F.relu({x})";

        public override BackwardStep Backward => BackwardStep.Rectify;

        public override string BackProject(string x) => $"Rectify({x}, recording.{Property})";
    }
}
