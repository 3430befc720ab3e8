using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds.Activations;

internal sealed class Hardswish : Activation
{
    public override string Word => "hardswish";

    protected override string Formula => "A swish of straight pieces: x · min(max(x + 3, 0), 6) / 6 (Howard et al. 2019).";

    protected override Func<string, string> Call(SettingValues settings) => x => $"F.hardswish({x})";

    protected override Operation Computed(SettingValues settings) => new Operation.Pointwise(PointwiseFunction.Hardswish);
}
