using ZfDecl.Generators.Language;

namespace ZfDecl.Generators.Kinds.Activations;

internal sealed class Silu : Activation
{
    public override string Word => "silu";

    protected override string Formula => "x times its logistic function, also called swish: x / (1 + e^−x) (Elfwing et al. 2018).";

    protected override Func<string, string> Call(SettingValues settings) => x => $"F.silu({x})";
}
