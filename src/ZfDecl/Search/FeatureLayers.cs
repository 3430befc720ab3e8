using ZfDecl.Networks;

namespace ZfDecl.Search;

/// <summary>
/// The layers of any network that stand for those which the paper calls 1, 5 and 7: chosen by their role, not by their name. Where a network has no convolution, dense layers take their
/// place; where it has no hidden layer, the one that yields the class scores.
/// </summary>
public static class FeatureLayers
{
    /// <summary>The first convolution, "layer 1" of the paper; else the first dense layer.</summary>
    public static LayerInfo First(NetworkInfo info) => FirstConvolution(info) ?? info.Layers.First(layer => layer.Role == LayerRole.Dense);

    /// <summary>The first convolution; null where the network has none.</summary>
    public static LayerInfo? FirstConvolution(NetworkInfo info) => info.Layers.FirstOrDefault(layer => layer.Role == LayerRole.Convolution);

    /// <summary>The last convolution, "layer 5" of the paper; else the last hidden dense layer, else the class scores.</summary>
    public static LayerInfo LastConvolution(NetworkInfo info) => Convolution(info) ?? Hidden(info) ?? info.Scores;

    /// <summary>The last layer before the class scores: the dense layer before the last one ("layer 7" of the paper), else the last convolution, else the class scores themselves.</summary>
    public static LayerInfo LastHidden(NetworkInfo info) => Hidden(info) ?? Convolution(info) ?? info.Scores;

    /// <summary>A low layer and the one above it that it is compared with: the last hidden one, else the class scores. One layer alone where the low one yields these.</summary>
    /// <param name="info">The network.</param>
    /// <param name="low">One of its layers.</param>
    public static IReadOnlyList<string> Pair(NetworkInfo info, LayerInfo low) => [.. new[] { low, LastHidden(info) == low ? info.Scores : LastHidden(info) }.Distinct().Select(layer => layer.Name)];

    /// <summary>The layers that are shown where nobody names any: the recipe's; where it has none, as in a network without a convolution, the hidden dense ones, else the class scores.</summary>
    public static IReadOnlyList<string> Shown(NetworkInfo info) => info.Recipe.Visualize.Layers is { Count: > 0 } written ? written
        : [.. info.Layers.Where(layer => layer.Role == LayerRole.Dense && (!layer.YieldsScores || Hidden(info) is null)).Select(layer => layer.Name)];

    private static LayerInfo? Convolution(NetworkInfo info) => info.Layers.LastOrDefault(layer => layer.Role == LayerRole.Convolution);

    private static LayerInfo? Hidden(NetworkInfo info) => info.Layers.LastOrDefault(layer => layer is { Role: LayerRole.Dense, YieldsScores: false });
}
