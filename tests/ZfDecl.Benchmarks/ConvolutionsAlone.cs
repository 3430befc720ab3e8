using ZfDecl.Networks;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>
/// The convolutions of a training step and nothing else, each with both its gradients, by oneDNN with channels last: what a step would take if all the rest took no time.
/// </summary>
internal static class ConvolutionsAlone
{
    public static Action Of(NetworkInfo info, int batch)
    {
        var works = info.Layers.Where(layer => layer.Role == LayerRole.Convolution).Select(layer => Of(info, layer, batch)).ToArray();
        return () =>
        {
            foreach (var work in works)
                work();
        };
    }

    private static Action Of(NetworkInfo info, LayerInfo layer, int batch)
    {
        var (window, below) = (layer.Window!.Value, layer.Inputs[0] == LayerInfo.Image ? info.Input : info.Layers[layer.Inputs[0]].Output);
        var isFirst = layer.Inputs[0] == LayerInfo.Image;
        var input = ChannelsLast.Empty([batch, below.Maps, below.Height, below.Width]).normal_().requires_grad_(!isFirst);
        var filters = ChannelsLast.Empty([layer.Output.Maps, below.Maps / layer.Groups, window.KernelHeight, window.KernelWidth]).normal_().requires_grad_();
        var signal = ChannelsLast.Empty([batch, layer.Output.Maps, layer.Output.Height, layer.Output.Width]).normal_();
        Tensor[] wanted = isFirst ? [filters] : [filters, input];
        return () =>
        {
            using var scope = NewDisposeScope();
            var maps = conv2d(input, filters, null, [window.StrideY, window.StrideX], [window.PaddingY, window.PaddingX], [window.DilationY, window.DilationX], layer.Groups);
            autograd.grad([maps], wanted, [signal]);
        };
    }
}
