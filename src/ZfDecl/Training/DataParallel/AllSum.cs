using ZfDecl.Distributed;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Training.DataParallel;

/// <summary>A small tensor summed over all ranks, through which gradients flow: what each rank's loss says of the sum is summed as well.</summary>
internal sealed class AllSum : autograd.SingleTensorFunction<AllSum>
{
    public override string Name => nameof(AllSum);

    /// <summary>Sums; collective, and so is its backward pass.</summary>
    /// <param name="x">float32, the same shape on all ranks.</param>
    /// <param name="group">The ranks.</param>
    /// <returns>Shaped as <paramref name="x"/>.</returns>
    internal static Tensor Of(Tensor x, IProcessGroup group) => apply(x, group);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_data("group", vars[1]);
        return Summed((Tensor)vars[0], (IProcessGroup)vars[1]);
    }

    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using var noGrad = no_grad();
        return [Summed(grad_output, (IProcessGroup)ctx.get_data("group")), null!];
    }

    private static unsafe Tensor Summed(Tensor x, IProcessGroup group)
    {
        using var here = x.detach().cpu().contiguous().clone();
        group.BeginSum((nint)TensorMemory.Of<float>(here), here.numel()).Wait();
        GC.KeepAlive(here);
        return here.to(x.device, copy: true);
    }
}
