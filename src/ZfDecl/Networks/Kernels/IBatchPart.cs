using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ZfDecl.Networks.Kernels;

/// <summary>
/// How a training pass computes what depends on the whole minibatch, where this process holds a part of it only. It is there during a training pass and in no other.
/// </summary>
internal interface IBatchPart
{
    /// <summary>Drops out units: which, follows from the step and the image, so that it does not matter which process holds the image.</summary>
    /// <param name="x">[N, …], the images of this part.</param>
    /// <param name="rate">The share of units that become 0; 0 … below 1.</param>
    /// <param name="layer">The name of the layer.</param>
    /// <returns>Shaped as <paramref name="x"/>; the caller's dispose scope frees it.</returns>
    Tensor Dropout(Tensor x, double rate, string layer);

    /// <summary>Normalises with the statistics of the whole minibatch.</summary>
    /// <param name="module">Its factors, and the running statistics, which are moved.</param>
    /// <param name="x">[N, maps] or [N, maps, height, width].</param>
    /// <param name="momentum">The share of the new statistics in the running ones.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <returns>Shaped as <paramref name="x"/>; the caller's dispose scope frees it. Null where the statistics are to be the part's own.</returns>
    Tensor? Normalise(NormBase module, Tensor x, double momentum, double epsilon);

    /// <summary>Applies a dense layer whose weights' gradient is computed from the inputs and output gradients of all parts.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="x">[N, units below].</param>
    /// <returns>[N, units]; the caller's dispose scope frees it. Null where summing the parts' gradients costs less.</returns>
    Tensor? Dense(Linear layer, Tensor x);
}
