using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Studies.Transfer;

/// <summary>The layers whose outputs are features, counted as the paper counts them.</summary>
internal static class PaperLayers
{
    /// <summary>
    /// What each convolution and dense layer but the first takes in: the ends of the paper's layers 1, 2, 3 …, pooled and normalised where they are. Dropout and
    /// flattening, which change nothing then, are left out. Of a network whose class scores are all it learns, what these are made of.
    /// </summary>
    public static IReadOnlyList<LayerInfo> Of(NetworkInfo info)
    {
        LayerInfo[] learned = [.. info.Layers.Where(layer => layer.Role is LayerRole.Convolution or LayerRole.Dense)];
        return [.. (learned is [_] ? learned : learned.Skip(1).Where(layer => layer.Inputs[0] != LayerInfo.Image)).Select(layer => Below(info, layer)).Distinct()];
    }

    /// <summary>The layer of a name.</summary>
    /// <exception cref="ZfDeclException">ZF1424: there is none; the message lists those there are.</exception>
    public static LayerInfo Named(NetworkInfo info, string name) =>
        info.Layers.FirstOrDefault(layer => string.Equals(layer.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ZfDeclException("ZF1424", $"network '{info.Name}' has no layer '{name}'; its layers are {string.Join(", ", info.Layers.Select(layer => layer.Name))}", info.SpecFile);

    private static LayerInfo Below(NetworkInfo info, LayerInfo layer)
    {
        var below = info.Layers[layer.Inputs[0]];
        return below.Role is LayerRole.Dropout or LayerRole.Reshape && below.Inputs[0] != LayerInfo.Image ? Below(info, below) : below;
    }
}
