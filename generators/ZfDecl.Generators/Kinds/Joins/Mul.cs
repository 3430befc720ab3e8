using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Kinds.Joins;

internal sealed class Mul : Join
{
    public override string Word => "mul";

    public override LayerRole Role => LayerRole.Product;

    public override string Summary =>
        "The product of maps of one shape; a further factor may also have one value a map, as a gate has (Hu et al. 2018). The backward projection gives each factor the signal times the others, as recorded.";

    protected override string Verb => "multiply";

    protected override string Rule => "the first factor has the shape of the product, and each further one that shape, or one value for each of its maps";

    protected override bool Agrees(Shape first, Shape other) => first.Fits(other) || IsGate(first, other);

    protected override ResolvedLayer Decide(LayerContext layer, Field field) => new Layer(
        layer.Header(layer.Input, field), layer.Inputs.Select(input => new Factor(input.Name, input.Recorded, input.Shape)).ToEquatableArray());

    private static bool IsGate(Shape first, Shape other) => first.Maps == other.Maps && other is { Height: 1, Width: 1 } && !first.Flat;

    private readonly record struct Factor(string Name, string Recorded, Shape Shape);

    private sealed record Layer(LayerHeader Header, EquatableArray<Factor> Factors) : ResolvedLayer(Header)
    {
        public override string Description => $"product of {string.Join(", ", Factors.Select(factor => factor.Name))}";

        public override Locality Locality => Factors.All(factor => factor.Shape == Output) ? Locality.Pointwise : Locality.Global;

        public override Operation Operation => new Operation.Product();

        public override bool OutputUnusedByBackward => true;

        public override string Forward(string x, string owner = "") => string.Join(" * ", x.Split(',').Select((factor, i) => Spread(factor.Trim(), i)));

        public override BackwardStep Backward => BackwardStep.WholeImage;

        public override string? BackProject(string x) => throw new NotSupportedException("each factor has a signal of its own");

        public override string BackProject(string x, int input)
        {
            var product = string.Join(" * ", Factors.Select((factor, i) => i == input ? x : Spread(factor.Recorded, i)));
            return Factors[input].Shape == Output ? product : $"({product}).sum([2, 3], keepdim: {(Factors[input].Shape.Flat ? "false" : "true")})";
        }

        private string Spread(string factor, int i) => Factors[i].Shape.Flat && !Output.Flat ? $"{factor}.unsqueeze(2).unsqueeze(3)" : factor;
    }
}
