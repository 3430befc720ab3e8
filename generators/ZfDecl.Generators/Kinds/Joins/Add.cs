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

    protected override ResolvedLayer Decide(LayerContext layer, Field field) =>
        new Layer(layer.Header(layer.Input, field), string.Join(", ", layer.Inputs.Select(input => input.Name)), Overwritten(layer.Inputs));

    /// <summary>Of two either is added to; more keep their order, which the rounding depends on.</summary>
    private static int Overwritten(IReadOnlyList<LayerSource> inputs) =>
        inputs.Take(inputs.Count == 2 ? 2 : 1).ToList().FindIndex(input => input is { HasOneReader: true, Layer.OutputUnusedByBackward: true });

    private sealed record Layer(LayerHeader Header, string Summands, int AddsToInput) : ResolvedLayer(Header)
    {
        public override string Description => $"sum of {Summands}";

        public override Locality Locality => Locality.Pointwise;

        public override Operation Operation => new Operation.Sum();

        public override bool OutputUnusedByBackward => true;

        public override int AddsTo => AddsToInput;

        public override string Forward(string x, string owner = "")
        {
            var inputs = x.Split([", "], StringSplitOptions.None);
            return AddsTo < 0 ? Record(x) : $"{inputs[AddsTo]}{string.Concat(inputs.Where((_, i) => i != AddsTo).Select(input => $".add_({input})"))}";
        }

        public override string Record(string x) => x.Replace(", ", " + ");

        public override string? BackProject(string x) => null;
    }
}
