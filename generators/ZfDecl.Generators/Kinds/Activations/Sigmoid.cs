using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds.Activations;

internal sealed class Sigmoid : Activation
{
    public override string Word => "sigmoid";

    protected override string Formula => "The logistic function: 1 / (1 + e^−x).";

    protected override Func<string, string> Call(SettingValues settings) => x => $"F.sigmoid({x})";

    protected override Operation Computed(SettingValues settings) => new Operation.Pointwise(PointwiseFunction.Sigmoid);
}
