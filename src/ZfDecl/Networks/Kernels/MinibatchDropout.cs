using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Networks.Kernels;

/// <summary>Dropout (Srivastava et al. 2014), as the training pass of a network does it: y = x · m / (1 − rate), m being 0 for a random share of units.</summary>
public static class MinibatchDropout
{
    /// <summary>Applies it; gradients flow through.</summary>
    /// <param name="pass">Nothing is dropped in one that does not train.</param>
    /// <param name="x">[N, …].</param>
    /// <param name="rate">The share of units that become 0; 0 … below 1.</param>
    /// <param name="layer">The name of the layer.</param>
    /// <returns>Shaped as <paramref name="x"/>; the caller disposes it.</returns>
    public static Tensor Apply(TrainingPass pass, Tensor x, double rate, string layer) =>
        pass.Part?.Dropout(x, rate, layer) ?? F.dropout(x, rate, pass.Trains);
}
