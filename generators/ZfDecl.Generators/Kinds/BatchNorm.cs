using System.Globalization;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class BatchNorm : LayerKind
{
    private static readonly Key<double> Momentum = Language.Keys.Number("momentum", "The weight of the newest minibatch in the running mean and variance.", 0, 1).Default(0.1);
    private static readonly Key<double> Epsilon = Language.Keys.Number("epsilon", "Added to the variance.", 0, aboveLeast: true).Default(1e-5);

    public override string Word => "batchnorm";

    public override LayerRole Role => LayerRole.Normalisation;

    public override string Summary =>
        "Batch normalisation: each map, or unit, to mean 0 and variance 1 over the minibatch, then a trained scale and shift (Ioffe & Szegedy 2015). Evaluation and recordings use the running "
        + "mean and variance: a fixed scale and shift then. The backward projection multiplies by that scale, γ / √(σ² + ε).";

    public override IReadOnlyList<Key> Keys { get; } = [Momentum, Epsilon];

    public override ResolvedLayer Resolve(LayerContext layer) => new Layer(
        layer.Header(layer.Input, layer.Field, parameters: 2L * layer.Input.Maps), layer.Settings.Get(Momentum), layer.Settings.Get(Epsilon));

    private sealed record Layer(LayerHeader Header, double Momentum, double Epsilon) : ResolvedLayer(Header)
    {
        public override string Description => "batch normalisation";

        public override Locality Locality => Locality.Pointwise;

        public override Operation Operation => new Operation.BatchNormalisation(Epsilon, Momentum);

        public override bool HasFeatures => false;

        public override bool IsAffinePerChannel => true;

        public override bool OutputUnusedByBackward => true;

        public override ModuleField? Module => new(
            Type, string.Format(CultureInfo.InvariantCulture, "nn.{0}({1}, eps: {2:R}, momentum: {3:R})", Type, Input.Maps, Epsilon, Momentum));

        public override string Forward(string x, string owner = "") => string.Format(CultureInfo.InvariantCulture, "MinibatchNorm.Apply(TrainingPass, {0}{1}, {2}, {3:R}, {4:R})", owner, Name, x, Momentum, Epsilon);

        // The module's own mode is the network's: a recording made while training must neither see nor move the minibatch's statistics.
        public override string Record(string x) => string.Format(
            CultureInfo.InvariantCulture, "F.batch_norm({0}, this.{1}.running_mean, this.{1}.running_var, this.{1}.weight, this.{1}.bias, false, {2:R}, {3:R})", x, Name, Momentum, Epsilon);

        public override BackwardStep Backward => BackwardStep.Scale;

        public override string? Scale(string owner) =>
            string.Format(CultureInfo.InvariantCulture, "BatchNormScale.Of({0}{1}.weight, {0}{1}.running_var!, {2:R})", owner, Name, Epsilon);

        public override string BackProject(string x) => $"Scale({x}, {Scale("net.")})";

        private string Type => Input.Flat ? "BatchNorm1d" : "BatchNorm2d";
    }
}
