using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;

namespace ZfDecl.Generators.Kinds;

/// <summary>The keys of a layer that has weights for what these start from.</summary>
internal static class InitialValueKeys
{
    private static readonly Key<double?> Std =
        Keys.Of("initial-std", "The standard deviation that its weights start with; 'recipe' for the rule of 'train'.", new OrWordType<double>(new NumberType(0, double.PositiveInfinity, aboveLeast: true), "recipe")).QuietDefault(null);

    private static readonly Key<double> Bias = Keys.Number("initial-bias", "The value that its biases start with.", double.NegativeInfinity).QuietDefault(0);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Key> All { get; } = [Std, Bias];

    /// <summary>What a layer's settings say; null after an error, which is reported.</summary>
    public static InitialValues? Read(LayerContext layer, bool hasBias)
    {
        var values = new InitialValues(layer.Settings.Get(Std), layer.Settings.Get(Bias));
        if (hasBias || values.Bias == 0)
            return values;
        _ = layer.Fail(Codes.Contradiction, layer.Settings.SpanOf(Bias), "'initial-bias' is written, but 'bias: false' leaves no bias; keep one of the two");
        return null;
    }
}
