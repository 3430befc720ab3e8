using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Networks.Kernels;

/// <summary>
/// A dense layer: y = x · Wᵀ + b. A minibatch is narrow and W is large, which the matrix product of libtorch's BLAS is slow at, on AMD processors above all.
/// The same product is a 1×1 convolution whose image is W, one position per unit, and whose filters are the minibatch: libtorch's convolutions read W once, as it
/// lies in memory, forward and backward.
/// </summary>
public static class DenseProduct
{
    // Below these, libtorch has another convolution for it, or the product is too small to matter.
    private const int LeastImages = 8, LeastWeights = 1 << 16;

    /// <summary>Applies a layer; gradients flow through.</summary>
    /// <param name="layer">Its weights [units, units below] and, where it has any, biases.</param>
    /// <param name="x">[N, units below].</param>
    /// <returns>[N, units]; the caller disposes it.</returns>
    public static Tensor Apply(Linear layer, Tensor x) => Apply(layer.weight, layer.bias, x) ?? layer.call(x);

    /// <summary>Applies a layer in a forward pass that may train, and see a part of the minibatch only.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="layer">Its weights [units, units below] and, where it has any, biases.</param>
    /// <param name="x">[N, units below].</param>
    /// <returns>[N, units]; the caller disposes it.</returns>
    public static Tensor Apply(TrainingPass pass, Linear layer, Tensor x) => pass.Part?.Dense(layer, x) ?? Apply(layer, x);

    /// <summary>The product as a convolution.</summary>
    /// <param name="weight">[units, units below].</param>
    /// <param name="bias">[units]; null for none.</param>
    /// <param name="x">[N, units below].</param>
    /// <returns>[N, units]; the caller disposes it. Null where the matrix product of libtorch does as well.</returns>
    internal static Tensor? Apply(Tensor weight, Tensor? bias, Tensor x)
    {
        if (x.device_type != DeviceType.CPU || x.dtype != ScalarType.Float32 || weight.dtype != ScalarType.Float32 || x.dim() != 2
            || x.shape[0] < LeastImages || weight.numel() < LeastWeights || !weight.is_contiguous() || get_num_threads() == 1)
            return null;
        using var scope = NewDisposeScope();
        var image = weight.unsqueeze(0).unsqueeze(2).permute(0, 3, 1, 2);       // [1, units below, units, 1], channels last
        var positions = F.conv2d(image, x.unsqueeze(2).unsqueeze(3));              // [1, N, units, 1], channels last
        var y = positions.reshape(x.shape[0], weight.shape[0]);                    // [N, units], one row per position
        return (bias is null ? y : y + bias).contiguous().MoveToOuterDisposeScope();
    }
}
