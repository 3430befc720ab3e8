using TorchSharp.Modules;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// What training starts from. In every conv and dense layer: weights normally distributed around 0, and one value for all biases. In every batch
/// normalisation: scale 1, shift 0, and running statistics of mean 0 and variance 1. The numbers come from TorchSharp's global CPU generator
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
        foreach (var (name, module) in network.named_children())
        {
            switch (module)
            {
                case Conv2d conv:
                    Start(network.Info.Layer(name), conv.weight, conv.bias, std);       // [maps, maps below / groups, height, width]
                    break;
                case Linear dense:
                    Start(network.Info.Layer(name), dense.weight, dense.bias, std);     // [units, units below]
                    break;
                case BatchNorm norm:
                    norm.reset_parameters();
                    norm.reset_running_stats();
                    break;
            }
        }
    }

    private static void Start(LayerInfo layer, Tensor weight, Tensor? bias, double? std)
    {
        var fanIn = weight.numel() / weight.shape[0];
        weight.copy_(randn(weight.shape) * (layer.InitialStd ?? std ?? Math.Sqrt(2.0 / fanIn)));
        bias?.fill_(layer.InitialBias);
    }
}
