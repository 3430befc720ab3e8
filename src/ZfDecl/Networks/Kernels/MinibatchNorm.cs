using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Networks.Kernels;

/// <summary>Batch normalisation (Ioffe &amp; Szegedy 2015), as the training pass of a network does it.</summary>
public static class MinibatchNorm
{
    /// <summary>Applies it; gradients flow through. While the network trains, the running statistics are moved.</summary>
    /// <remarks>One value has no variance: where an image has one in each map, a minibatch of one image, the last of an epoch, takes the running statistics.</remarks>
    /// <param name="pass">The pass.</param>
    /// <param name="module">Its factors and running statistics.</param>
    /// <param name="x">[N, maps] or [N, maps, height, width].</param>
    /// <param name="momentum">The share of the new statistics in the running ones.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <returns>Shaped as <paramref name="x"/>; the caller disposes it.</returns>
    public static Tensor Apply(TrainingPass pass, NormBase module, Tensor x, double momentum, double epsilon)
    {
        if (pass.Part?.Normalise(module, x, momentum, epsilon) is { } whole)
            return whole;
        return x.dim() == 4 && x.shape[2] * x.shape[3] > 1
            ? module.call(x)
            : F.batch_norm(x, module.running_mean, module.running_var, module.weight, module.bias, pass.Trains && x.shape[0] > 1, momentum, epsilon);
    }
}
