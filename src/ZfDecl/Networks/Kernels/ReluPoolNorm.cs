using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Networks.Kernels;

/// <summary>
/// What follows a convolution in these networks, in one pass: rectification, max pooling and, where there is one, local response normalisation. The
/// rectified maps, the largest tensors of a network, are never written.
/// </summary>
/// <remarks>On the CPU, in float32 and with the exponent 0.75, kernels of its own do the work; elsewhere torch's operations do.</remarks>
public static class ReluPoolNorm
{
    /// <summary>Rectifies, pools and normalises; gradients flow through to the first maximum of each window.</summary>
    /// <param name="maps">[N, maps, height, width].</param>
    /// <param name="kernel">Height and width of the pooling window.</param>
    /// <param name="stride">Its step, down and across.</param>
    /// <param name="padding">OutputSize added above and below, left and right, which are never the maximum; at most half the kernel.</param>
    /// <param name="roundUp">Whether a last window that sticks out is kept.</param>
    /// <param name="norm">The normalisation across maps that follows; null for none.</param>
    /// <returns>[N, maps, positions down, positions across]; the caller disposes it.</returns>
    public static Tensor Apply(Tensor maps, long[] kernel, long[] stride, long[] padding, bool roundUp, ResponseParameters? norm = null)
    {
        using var scope = NewDisposeScope();
        var result = !Takes(maps, norm) ? OfTorch(maps, kernel, stride, padding, roundUp, norm)
            : is_grad_enabled() && maps.requires_grad ? Differentiable.apply(maps, Window(kernel, stride, padding, roundUp), norm!)
            : Forward(maps, Window(kernel, stride, padding, roundUp), norm, isKept: false, rowMaxima: null).Result;
        return result.MoveToOuterDisposeScope();
    }

    /// <summary>Does the same without gradients, and tells what it has seen of the rectified maps. Where <see cref="Apply"/> uses kernels, so does this.</summary>
    /// <param name="maps">[N, maps, height, width].</param>
    /// <param name="kernel">Height and width of the pooling window.</param>
    /// <param name="stride">Its step, down and across.</param>
    /// <param name="padding">As for <see cref="Apply"/>.</param>
    /// <param name="roundUp">Whether a last window that sticks out is kept.</param>
    /// <param name="rows">The largest values of each row of windows, for the caller's dispose scope to free; null where torch's operations do the work.</param>
    /// <param name="norm">The normalisation across maps that follows; null for none.</param>
    /// <returns>[N, maps, positions down, positions across]; the caller disposes it.</returns>
    public static Tensor Evaluate(Tensor maps, long[] kernel, long[] stride, long[] padding, bool roundUp, out RowMaxima? rows, ResponseParameters? norm = null)
    {
        rows = null;
        if (!Takes(maps, norm))
            return Apply(maps, kernel, stride, padding, roundUp, norm);
        var window = Window(kernel, stride, padding, roundUp);
        var down = window.OutputSize((int)maps.shape[2], (int)maps.shape[3]).Y;
        rows = new(ChannelsLast.Empty([maps.shape[0], maps.shape[1], down, 1]).zero_(), window.Stride.Y, window.Padding.Y);
        return Forward(maps, window, norm, isKept: false, rows.Values).Result;
    }

    private static bool Takes(Tensor maps, ResponseParameters? norm) => ChannelsLast.Takes(maps) && norm is not { Beta: not ResponseKernel.Beta };

    private static Tensor OfTorch(Tensor maps, long[] kernel, long[] stride, long[] padding, bool roundUp, ResponseParameters? norm)
    {
        var pooled = F.max_pool2d(F.relu(maps), kernel, stride, padding, ceil_mode: roundUp);
        return norm is { } n ? F.local_response_norm(pooled, n.Size, n.Alpha, n.Beta, n.K) : pooled;
    }

    private static PoolingWindow Window(long[] kernel, long[] stride, long[] padding, bool roundUp)
    {
        return new(Pair(kernel), Pair(stride), Pair(padding), roundUp);

        static (int, int) Pair(long[] values) => (checked((int)values[0]), checked((int)values[1]));
    }

    /// <param name="maps">[N, maps, height, width].</param>
    /// <param name="window">The pooling window.</param>
    /// <param name="norm">The normalisation; null for none.</param>
    /// <param name="isKept">Whether the pooled values and their taps, which the way back needs, are kept.</param>
    /// <param name="rowMaxima">[N, maps, positions down, 1], zeros, raised to the largest pooled values of each row; null where nobody asks.</param>
    private static unsafe (Tensor Result, Tensor? Pooled, Tensor? Taps) Forward(Tensor maps, PoolingWindow window, ResponseParameters? norm, bool isKept, Tensor? rowMaxima)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var x = ChannelsLast.Of(maps);
        var (images, count, height, width) = (x.shape[0], (int)x.shape[1], (int)x.shape[2], (int)x.shape[3]);
        var pooling = new ReluPoolKernel(window, count, height, width);
        var response = norm is { } parameters ? new ResponseKernel(parameters, count) : null;
        var (down, across) = pooling.OutputSize;
        var result = ChannelsLast.Empty([images, count, down, across]);
        var pooled = isKept && norm is not null ? ChannelsLast.Empty(result.shape) : null;
        var taps = isKept ? ChannelsLast.Empty(result.shape, ScalarType.Int32) : null;

        float* from = TensorMemory.Of<float>(x), to = TensorMemory.Of<float>(result);
        float* keptPooled = pooled is null ? null : TensorMemory.Of<float>(pooled);
        int* keptTaps = taps is null ? null : TensorMemory.Of<int>(taps);
        float* largest = rowMaxima is null ? null : TensorMemory.Of<float>(rowMaxima);
        ParallelRows.For(images * down, (response?.Scratch ?? 0) + count, (row, scratch) =>
        {
            var image = from + (row / down * height * width * count);
            for (var position = 0; position < across; position++)
            {
                var at = ((row * across) + position) * count;
                var p = response is null ? to + at : keptPooled != null ? keptPooled + at : scratch + response.Scratch;
                pooling.Forward(image, (int)(row % down), position, p, keptTaps == null ? null : keptTaps + at);
                if (largest != null)
                    pooling.Raise(largest + (row * count), p);
                response?.Forward(p, to + at, scratch);
            }
        });
        GC.KeepAlive(x);
        GC.KeepAlive(rowMaxima);
        return (result.MoveToOuterDisposeScope(), pooled?.MoveToOuterDisposeScope(), taps?.MoveToOuterDisposeScope());
    }

    private static unsafe Tensor Backward(Tensor gradient, Tensor taps, Tensor? pooled, PoolingWindow window, ResponseParameters? norm, int height, int width)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var g = ChannelsLast.Of(gradient);
        var (images, count) = (g.shape[0], (int)g.shape[1]);
        var pooling = new ReluPoolKernel(window, count, height, width);
        var response = norm is { } parameters ? new ResponseKernel(parameters, count) : null;
        var (down, across) = pooling.OutputSize;
        var result = ChannelsLast.Empty([images, count, height, width]);

        float* above = TensorMemory.Of<float>(g), to = TensorMemory.Of<float>(result);
        float* keptPooled = pooled is null ? null : TensorMemory.Of<float>(pooled);
        var keptTaps = TensorMemory.Of<int>(taps);
        var length = down * across * count;
        ParallelRows.For(images, response is null ? 0 : response.Scratch + length, (image, scratch) =>
        {
            var ofPooled = above + (image * length);
            if (response is not null)
            {
                var own = scratch + response.Scratch;
                for (var at = 0; at < length; at += count)
                    response.Backward(keptPooled + (image * length) + at, ofPooled + at, own + at, scratch);
                ofPooled = own;
            }
            for (var y = 0; y < height; y++)
                pooling.Backward(keptTaps + (image * length), ofPooled, y, to + (((image * height) + y) * width * count));
        });
        GC.KeepAlive(g);
        GC.KeepAlive(taps);
        GC.KeepAlive(pooled);
        return result.MoveToOuterDisposeScope();
    }

    private sealed class Differentiable : autograd.SingleTensorFunction<Differentiable>
    {
        public override string Name => nameof(ReluPoolNorm);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var maps = (Tensor)vars[0];
            var (window, norm) = ((PoolingWindow)vars[1], (ResponseParameters?)vars[2]);
            var (result, pooled, taps) = Forward(maps, window, norm, isKept: true, rowMaxima: null);
            ctx.save_for_backward(pooled is null ? [taps!] : [taps!, pooled]);
            ctx.save_data("window", window);
            ctx.save_data("norm", norm!);
            ctx.save_data("size", ((int)maps.shape[2], (int)maps.shape[3]));
            return result;
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
        {
            var kept = ctx.get_saved_variables();
            var (height, width) = ((int, int))ctx.get_data("size");
            var gradient = Backward(
                grad_output, kept[0], kept.Count > 1 ? kept[1] : null, (PoolingWindow)ctx.get_data("window"), (ResponseParameters?)ctx.get_data("norm"), height, width);
            return [gradient, null!, null!];
        }
    }
}
