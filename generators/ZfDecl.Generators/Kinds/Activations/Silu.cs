using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds.Activations;

internal sealed class Silu : Activation
{
    public override string Word => "silu";

    protected override string Formula => "x times its logistic function, also called swish: x / (1 + e^−x) (Elfwing et al. 2018).";

    protected override Func<string, string> Call(SettingValues settings) => x => $"F.silu({x})";

    protected override Operation Computed(SettingValues settings) => new Operation.Pointwise(PointwiseFunction.Silu);
}
