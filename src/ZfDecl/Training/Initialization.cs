using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// What training starts from. In every conv and dense layer: weights normally distributed around 0, and one value for all biases. In every other
/// layer with parameters, such as a batch normalisation: scale 1, shift 0, and running statistics of mean 0 and variance 1; a trained slope starts as declared. The numbers come from TorchSharp's global CPU generator
/// (<see cref="random.manual_seed(long)"/>), so that a seed means the same start on every device.
/// </summary>
public static class Initialization
{
    /// <summary>Draws the weights of a network anew.</summary>
    /// <param name="network">On any device.</param>
    /// <param name="std">
    /// The standard deviation in layers that declare none of their own (<see cref="LayerInfo.InitialStd"/>): 10⁻² in Zeiler &amp; Fergus 2014, §3; null for
    /// √(2 / fan-in) of each layer (He et al. 2015, eq. 10).
    /// </param>
    public static void Apply(ConvNet network, double? std)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var layer in network.Info.Layers.Where(layer => layer.Parameters > 0))
        {
            if (layer.Role is LayerRole.Convolution or LayerRole.Dense)
                Draw(network, layer, std);
            else
                PassOn(network, layer);
        }
    }

    private static void Draw(ConvNet network, LayerInfo layer, double? std)
    {
        var weight = network.WeightOf(layer);
        var fanIn = weight.numel() / weight.shape[0];
        weight.copy_(randn(weight.shape) * (layer.InitialStd ?? std ?? Math.Sqrt(2.0 / fanIn)));
        network.get_parameter($"{layer.Name}.bias")?.fill_(layer.InitialBias);
    }

    /// <summary>Scale 1, shift 0, and running statistics of mean 0 and variance 1.</summary>
    private static void PassOn(ConvNet network, LayerInfo layer)
    {
        var prefix = $"{layer.Name}.";
        foreach (var (name, tensor) in network.state_dict().Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)))
            tensor.fill_(name[prefix.Length..] is not ("weight" or "running_var") ? 0 : layer.Role == LayerRole.Rectifier ? layer.Slope : 1);
    }
}
