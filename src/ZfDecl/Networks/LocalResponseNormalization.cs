using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Networks;

/// <summary>
/// Local response normalisation across maps (Krizhevsky et al. 2012, §3.3, with alpha divided by the size as Caffe and Torch do):
/// <c>y = x · s^−beta</c> with <c>s = k + alpha / size · Σ x²</c> over <c>size</c> neighbouring maps, zeros beyond the first and the last.
/// </summary>
/// <remarks>
/// On the CPU, in float32 and for the exponent 0.75 that these networks have, kernels of its own do the work; elsewhere torch's operation does.
/// </remarks>
public static class LocalResponseNormalization
{
    /// <summary>Normalises; gradients flow through.</summary>
    /// <param name="maps">[N, maps, height, width].</param>
    /// <param name="size">The number of maps summed over, n: for map c these are c − n/2 … c + (n − 1)/2.</param>
    /// <param name="alpha">The weight of the mean square.</param>
    /// <param name="beta">The exponent.</param>
    /// <param name="k">The constant under the exponent; above 0.</param>
    /// <returns>As <paramref name="maps"/>; the caller disposes it.</returns>
    public static Tensor Apply(Tensor maps, int size, double alpha, double beta, double k)
    {
        if (maps.device_type != DeviceType.CPU || maps.dtype != ScalarType.Float32 || maps.dim() != 4 || beta != ResponseKernel.Beta
            || maps.numel() > int.MaxValue / sizeof(float))     // TorchSharp shows no more memory than 2 GB
            return F.local_response_norm(maps, size, alpha, beta, k);
        var kernel = new ResponseKernel(size, alpha, k);
        return is_grad_enabled() && maps.requires_grad ? Differentiable.apply(maps, kernel) : Forward(maps, kernel);
    }

    private static Tensor Forward(Tensor maps, ResponseKernel kernel)
    {
        using var scope = NewDisposeScope();
        var x = maps.contiguous();
        var y = empty_like(x);
        kernel.Forward(x, y);
        return y.MoveToOuterDisposeScope();
    }

    private sealed class Differentiable : autograd.SingleTensorFunction<Differentiable>
    {
        public override string Name => nameof(LocalResponseNormalization);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var maps = (Tensor)vars[0];
            ctx.save_for_backward([maps]);
            ctx.save_data("kernel", vars[1]);
            return Forward(maps, (ResponseKernel)vars[1]);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            var x = ctx.get_saved_variables()[0].contiguous();
            var gradient = empty_like(x);
            ((ResponseKernel)ctx.get_data("kernel")).Backward(x, grad_output.contiguous(), gradient);
            return [gradient.MoveToOuterDisposeScope(), null!];
        }
    }
}
