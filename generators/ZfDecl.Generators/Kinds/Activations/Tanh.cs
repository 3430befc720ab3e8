using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds.Activations;

internal sealed class Tanh : Activation
{
    public override string Word => "tanh";

    protected override string Formula => "The hyperbolic tangent: (e^x − e^−x) / (e^x + e^−x).";

    protected override Func<string, string> Call(SettingValues settings) => x => $"F.tanh({x})";

    protected override Operation Computed(SettingValues settings) => new Operation.Pointwise(PointwiseFunction.Tanh);
}
