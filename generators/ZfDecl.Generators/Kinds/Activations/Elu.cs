using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Generators.Primitives;

namespace ZfDecl.Generators.Kinds.Activations;

internal sealed class Elu : Activation
{
    private static readonly Key<double> Alpha = Language.Keys.Number("alpha", "What the values far below 0 come to, with the sign turned.", 0, aboveLeast: true).Default(1);

    public override string Word => "elu";

    protected override string Formula => "x above 0, alpha · (e^x − 1) below (Clevert et al. 2016).";

    public override IReadOnlyList<Key> Keys { get; } = [Alpha];

    protected override Func<string, string> Call(SettingValues settings) => x => $"F.elu({x}, {Text.Number(settings.Get(Alpha))})";

    protected override Operation Computed(SettingValues settings) => new Operation.Elu(settings.Get(Alpha));
}
