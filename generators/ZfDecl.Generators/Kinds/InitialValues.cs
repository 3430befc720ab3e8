using ZfDecl.Generators.Diagnostics;
using ZfDecl.Generators.Language;
using ZfDecl.Generators.Resolving;

namespace ZfDecl.Generators.Kinds;

/// <summary>What the weights and biases of a layer start from, where a layer has a say of its own.</summary>
/// <param name="Std">The standard deviation of the weights; null for the recipe's rule.</param>
/// <param name="Bias">Every bias.</param>
internal readonly record struct InitialValues(double? Std, double Bias)
{
    private static readonly Key<double?> StdKey =
        Keys.Of("initial-std", "The standard deviation that its weights start with; 'recipe' for the rule of 'train'.", new OrWordType<double>(new NumberType(0, double.PositiveInfinity, aboveLeast: true), "recipe")).QuietDefault(null);

    private static readonly Key<double> BiasKey = Keys.Number("initial-bias", "The value that its biases start with.", double.NegativeInfinity).QuietDefault(0);

    /// <summary>The keys of a layer that has weights.</summary>
    public static IReadOnlyList<Key> All { get; } = [StdKey, BiasKey];

    /// <summary>What a layer's settings say; null after an error, which is reported.</summary>
    public static InitialValues? Read(LayerContext layer, bool hasBias)
    {
        var values = new InitialValues(layer.Settings.Get(StdKey), layer.Settings.Get(BiasKey));
        if (hasBias || values.Bias == 0)
            return values;
        _ = layer.Fail(Codes.Contradiction, layer.Settings.Place(BiasKey), "'initial-bias' is written, but 'bias: false' leaves no bias; keep one of the two");
        return null;
    }
}
