using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Kinds.Joins;

internal sealed class Concat : Join
{
    public override string Word => "concat";

    public override LayerRole Role => LayerRole.Concatenation;

    public override string Summary => "The maps of several layers behind each other (Szegedy et al. 2015). The backward projection gives each its part of the signal.";

    protected override string Verb => "lie side by side";

    protected override string Rule => "all have one height and width; alter a stride or a padding on one of the ways";

    protected override bool Agrees(Shape first, Shape other) => first.Fits(other with { Maps = first.Maps });

    public override Shape Declared(LayerContext layer) => layer.Input with { Maps = 0 };

    protected override ResolvedLayer Decide(LayerContext layer, Field field)
    {
        var parts = layer.Inputs.Select(input => input.Shape.Maps).ToEquatableArray();
        return new Layer(layer.Header(layer.Input with { Maps = checked(parts.Sum()) }, field), parts, string.Join(", ", layer.Inputs.Select(input => input.Name)));
    }

    private sealed record Layer(LayerHeader Header, EquatableArray<int> Parts, string Joined) : ResolvedLayer(Header)
    {
        public override string Description => $"{(Output.Flat ? "units" : "maps")} of {Joined}";

        public override Locality Locality => Locality.Pointwise;

        public override Operation Operation => new Operation.Concatenation();

        public override bool OutputUnusedByBackward => true;

        public override string Forward(string x, string owner = "") => $"cat([{x}], 1)";

        public override BackwardStep Backward => BackwardStep.Split;

        public override string? BackProject(string x) => throw new NotSupportedException("each input has a part of its own");

        public override string BackProject(string x, int input) => $"{x}.narrow(1, {Parts.Take(input).Sum()}, {Parts[input]})";
    }
}
