using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Networks.Kernels;

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
        var parameters = new ResponseParameters(size, alpha, beta, k);
        using var scope = NewDisposeScope();
        var result = !ChannelsLast.Takes(maps) || beta != ResponseKernel.Beta ? F.local_response_norm(maps, size, alpha, beta, k)
            : is_grad_enabled() && maps.requires_grad ? Differentiable.apply(maps, parameters)
            : Forward(maps, parameters);
        return result.MoveToOuterDisposeScope();
    }

    private static unsafe Tensor Forward(Tensor maps, ResponseParameters parameters)
    {
        using var scope = NewDisposeScope();
        var x = ChannelsLast.Of(maps);
        var (count, positions) = ((int)x.shape[1], x.shape[3]);
        var result = ChannelsLast.Empty(x.shape);
        var kernel = new ResponseKernel(parameters, count);
        float* from = TensorMemory.Of<float>(x), to = TensorMemory.Of<float>(result);
        ParallelRows.For(x.shape[0] * x.shape[2], kernel.Scratch, (row, scratch) =>
        {
            for (var at = row * positions * count; at < (row + 1) * positions * count; at += count)
                kernel.Forward(from + at, to + at, scratch);
        });
        GC.KeepAlive(x);
        return result.MoveToOuterDisposeScope();
    }

    private static unsafe Tensor Backward(Tensor maps, Tensor gradient, ResponseParameters parameters)
    {
        using var scope = NewDisposeScope();
        var (x, g) = (ChannelsLast.Of(maps), ChannelsLast.Of(gradient));
        var (count, positions) = ((int)x.shape[1], x.shape[3]);
        var result = ChannelsLast.Empty(x.shape);
        var kernel = new ResponseKernel(parameters, count);
        float* from = TensorMemory.Of<float>(x), above = TensorMemory.Of<float>(g), to = TensorMemory.Of<float>(result);
        ParallelRows.For(x.shape[0] * x.shape[2], kernel.Scratch, (row, scratch) =>
        {
            for (var at = row * positions * count; at < (row + 1) * positions * count; at += count)
                kernel.Backward(from + at, above + at, to + at, scratch);
        });
        GC.KeepAlive(x);
        GC.KeepAlive(g);
        return result.MoveToOuterDisposeScope();
    }

    private sealed class Differentiable : autograd.SingleTensorFunction<Differentiable>
    {
        public override string Name => nameof(LocalResponseNormalization);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var maps = (Tensor)vars[0];
            ctx.save_for_backward([maps]);
            ctx.save_data("parameters", vars[1]);
            return Forward(maps, (ResponseParameters)vars[1]);
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            using var noGrad = no_grad();
            return [Backward(ctx.get_saved_variables()[0], grad_output, (ResponseParameters)ctx.get_data("parameters")), null!];
        }
    }
}
