using TorchSharp.Modules;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// The weights that training starts from: normally distributed around 0, biases 0, in every conv and dense layer. The numbers come from TorchSharp's
/// global CPU generator (<see cref="random.manual_seed(long)"/>), so that a seed means the same start on every device.
/// </summary>
public static class Initialization
{
    /// <summary>Draws the weights of a network anew.</summary>
    /// <param name="network">On any device.</param>
    /// <param name="std">
    /// The standard deviation, 10⁻² in Zeiler &amp; Fergus 2014, §3; null for √(2 / fan-in) of each layer (He et al. 2015, eq. 10).
    /// </param>
    public static void Apply(ConvNet network, double? std)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var module in network.modules())
        {
            var (weight, bias) = module switch
            {
                Conv2d conv => (conv.weight, conv.bias),                // [maps, maps below / groups, height, width]
                Linear dense => (dense.weight, dense.bias),             // [units, units below]
                _ => (null, null),
            };
            if (weight is null)
                continue;
            var fanIn = weight.numel() / weight.shape[0];
            weight.copy_(randn(weight.shape) * (std ?? Math.Sqrt(2.0 / fanIn)));
            bias?.zero_();
        }
    }
}
