using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Search;

/// <summary>The layers of any network that stand for those which the paper calls 1, 5 and 7: chosen by their role, not by their name.</summary>
public static class FeatureLayers
{
    /// <summary>The first convolution; "layer 1" of the paper.</summary>
    /// <exception cref="ZfDeclException">ZF1430: the network has no convolution.</exception>
    public static LayerInfo First(NetworkInfo info) => Convolutions(info).First();

    /// <summary>The last convolution; "layer 5" of the paper.</summary>
    /// <exception cref="ZfDeclException">ZF1430: the network has no convolution.</exception>
    public static LayerInfo LastConvolution(NetworkInfo info) => Convolutions(info).Last();

    /// <summary>The last layer before the class scores: the dense layer before the last one ("layer 7" of the paper), else the last convolution.</summary>
    /// <exception cref="ZfDeclException">ZF1430: the network has neither.</exception>
    public static LayerInfo LastHidden(NetworkInfo info) => info.Layers.LastOrDefault(layer => layer is { Role: LayerRole.Dense, YieldsScores: false }) ?? LastConvolution(info);

    private static LayerInfo[] Convolutions(NetworkInfo info)
    {
        var found = info.Layers.Where(layer => layer.Role == LayerRole.Convolution).ToArray();
        return found.Length > 0 ? found : throw new ZfDeclException("ZF1430", $"network '{info.Name}' has no layer of kind 'conv', so it has no feature maps to compare; choose another network with `spec`", info.SpecFile);
    }
}
