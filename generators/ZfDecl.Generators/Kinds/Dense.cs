using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

internal sealed class Dense : LayerKind
{
    private static readonly Key<int> Units = Language.Keys.Integer("units", "The number of units; the number of classes in the last layer, where it can be left out.", 1, 1 << 20).Dependent();
    private static readonly Key<bool> Bias = Language.Keys.Flag("bias", "Whether a trained value is added to each unit.").Default(true);

    public override string Word => "dense";

    public override LayerRole Role => LayerRole.Dense;

    public override string Summary => "A fully connected layer.";

    public override IReadOnlyList<Key> Keys { get; } = [Units, Bias, .. InitialValueKeys.All];

    public override bool TakesUnits => true;

    public override Shape Declared(LayerContext layer) => new(layer.YieldsScores ? layer.Classes : layer.Settings.Get(Units), 1, 1, Flat: true);

    public override ResolvedLayer Resolve(LayerContext layer)
    {
        var (settings, input) = (layer.Settings, layer.Input);
        if (!layer.YieldsScores && !settings.IsWritten(Units))
            return layer.Fail(Codes.Missing, layer.NameSpan, $"it lacks 'units'; write 'units: …' with {Units.Allowed} (only the last dense layer gets them from 'classes')");
        var units = settings.GetOr(Units, layer.Classes);
        if (layer.YieldsScores && units != layer.Classes && layer.Classes > 0)
            return layer.Fail(Codes.WrongClasses, settings.SpanOf(Units), $"the last dense layer has {units} units, but the network tells {layer.Classes} classes apart; leave 'units' out, or make both equal");
        var weights = input.Count * units;
        var bias = settings.Get(Bias);
        if (InitialValueKeys.Read(layer, bias) is not { } initial)
            return layer.Failed;
        return new Layer(layer.Header(new(units, 1, 1, Flat: true), layer.Field, weights + (bias ? units : 0), weights), bias, initial);
    }

    private sealed record Layer(LayerHeader Header, bool Bias, InitialValues StartsFrom) : ResolvedLayer(Header)
    {
        public override InitialValues Initial => StartsFrom;

        public override string Description => $"fully connected, {Output.Maps} units";

        public override Locality Locality => Locality.Global;

        public override Operation Operation => new Operation.Dense(Bias);

        public override ModuleField? Module =>
            new("Linear", $"nn.Linear({Input.Maps}, {(Header.PerClass ? "classes" : $"{Output.Maps}")}{(Bias ? "" : ", hasBias: false")})");

        public override bool OutputUnusedByBackward => true;

        public override string Forward(string x, string owner = "") => $"DenseProduct.Apply(TrainingPass, {owner}{Name}, {x})";

        public override string Record(string x) => $"DenseProduct.Apply(this.{Name}, {x})";

        public override string BackProject(string x) => $"{x}.matmul(net.{Name}.weight)";
    }
}
