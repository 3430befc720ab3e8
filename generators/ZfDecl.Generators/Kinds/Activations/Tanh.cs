using ZfDecl.Generators.Language;

namespace ZfDecl.Generators.Kinds.Activations;

internal sealed class Tanh : Activation
{
    public override string Word => "tanh";

    protected override string Formula => "The hyperbolic tangent: (e^x − e^−x) / (e^x + e^−x).";

    protected override Func<string, string> Call(SettingValues settings) => x => $"F.tanh({x})";
}
