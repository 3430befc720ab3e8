using ZfDecl.Networks;
using ZfDecl.Runs;

namespace ZfDecl.Studies;

/// <summary>The layers whose outputs are features, counted as the paper counts them.</summary>
public static class PaperLayers
{
    /// <summary>
    /// What each convolution and dense layer but the first takes in: the ends of the paper's layers 1, 2, 3 …, pooled and normalised where they are. Dropout and
    /// flattening, which change nothing then, are passed over.
    /// </summary>
    public static IReadOnlyList<LayerInfo> Of(NetworkInfo info) =>
        [.. info.Layers.Where(layer => layer.Kind is "conv" or "dense").Skip(1).Select(layer => Below(info, layer.Index)).Distinct()];

    /// <summary>The layer of a name.</summary>
    /// <exception cref="ZfDeclException">ZF1424: there is none; the message lists those there are.</exception>
    public static LayerInfo Named(NetworkInfo info, string name) =>
        info.Layers.FirstOrDefault(layer => string.Equals(layer.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ZfDeclException("ZF1424", $"network '{info.Name}' has no layer '{name}'; its layers are {string.Join(", ", info.Layers.Select(layer => layer.Name))}", info.SpecFile);

    private static LayerInfo Below(NetworkInfo info, int index)
    {
        do
            index--;
        while (index > 0 && info.Layers[index].Kind is "dropout" or "flatten");
        return info.Layers[index];
    }
}
