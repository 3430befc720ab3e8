using ZfDecl.Distributed;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Training.DataParallel;

/// <summary>Gives a tensor of rank 0 to all ranks.</summary>
internal static class TensorBroadcast
{
    /// <summary>Does it; collective.</summary>
    /// <param name="group">The ranks.</param>
    /// <param name="tensor">Of the same shape and type on all ranks; it has rank 0's values afterwards.</param>
    internal static unsafe void Run(IProcessGroup group, Tensor tensor)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var here = tensor.detach().cpu().contiguous();
        group.Broadcast((nint)TensorMemory.Of<byte>(here), here.numel() * here.element_size());
        tensor.copy_(here);
    }
}
