using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds.Joins;

internal sealed class Add : Join
{
    public override string Word => "add";

    public override LayerRole Role => LayerRole.Sum;

    public override string Summary => "The sum of maps of one shape, as behind a shortcut (He et al. 2016). The backward projection hands the signal to every summand.";

    protected override string Verb => "add up";

    protected override string Rule => "all summands have one shape; a convolution of kernel 1 on the shorter way gives it the maps and the stride of the other";

    protected override bool Agrees(Shape first, Shape other) => first.Fits(other);

    public override Shape Declared(LayerContext layer) => layer.Inputs.Select(input => input.Shape).OrderByDescending(shape => shape.HasExtent).First();

    protected override ResolvedLayer Decide(LayerContext layer, Field field) => new Layer(layer.Header(layer.Input, field), string.Join(", ", layer.Inputs.Select(input => input.Name)));

    private sealed record Layer(LayerHeader Header, string Summands) : ResolvedLayer(Header)
    {
        public override string Description => $"sum of {Summands}";

        public override Locality Locality => Locality.Pointwise;

        public override bool OutputUnusedByBackward => true;

        public override string Forward(string x, string owner = "") => x.Replace(", ", " + ");

        public override string? BackProject(string x) => null;
    }
}
