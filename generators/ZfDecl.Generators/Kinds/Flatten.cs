using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class Flatten : LayerKind
{
    public override string Word => "flatten";

    public override LayerRole Role => LayerRole.Reshape;

    public override string Summary => "Lays the feature maps out as one row of units. Implied before the first dense layer.";

    // Of maps of one unit; else there are more units than maps, and no score a class.
    public override bool KeepsMaps => true;

    public override IReadOnlyList<Key> Keys { get; } = [];

    public override ResolvedLayer Resolve(LayerContext layer)
    {
        if (layer.Input.Flat)
            layer.Warn(Codes.NoEffect, $"the layer before yields {layer.Input}, a row already; leave the layer out");
        var units = new Shape((int)layer.Input.Count, 1, 1, Flat: true);
        return new Layer(layer.Header(units, layer.Field.Over(layer.Input)));
    }

    private sealed record Layer(LayerHeader Header) : ResolvedLayer(Header)
    {
        public override string Description => "feature maps as a row of units";

        public override Locality Locality => Locality.Global;

        public override Operation Operation => new Operation.Flatten();

        public override bool HasFeatures => false;

        public override string Forward(string x, string owner = "") => $"{x}.flatten(1)";

        public override string? BackProject(string x) => Input.Flat ? null : $"{x}.view(-1, {Input.Maps}, {Input.Height}, {Input.Width})";
    }
}
