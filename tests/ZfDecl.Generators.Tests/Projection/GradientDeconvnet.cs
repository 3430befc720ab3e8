using ZfDecl.Networks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ZfDecl.Generators.Tests.Projection;

/// <summary>
/// The projection as a gradient: the network is written out with torch's operations, the relu's derivative is replaced by the rule, normalisation by neighbours lets
/// the gradient through unchanged, and autograd does the rest.
/// </summary>
internal static class GradientDeconvnet
{
    /// <summary>The gradient of value · unit, which is the projection of the unit with that value, [1, channels, height, width].</summary>
    public static Tensor Project(RandomNet net, ConvNet module, Tensor image, ReluRule rule, string layer, int map, int y, int x, float value)
    {
        using var scope = NewDisposeScope();
        var weights = module.state_dict();
        var input = image.detach().clone().requires_grad_(true);
        var maps = input;
        foreach (var one in net.Layers)
        {
            maps = one switch
            {
                RandomNet.Conv c => F.conv2d(maps, weights[$"{c.Name}.weight"], weights[$"{c.Name}.bias"], [c.StrideY, c.StrideX], [c.Padding, c.Padding], [c.Dilation, c.Dilation], c.Groups),
                RandomNet.Pool { Max: true } p => F.max_pool2d(maps, [p.Kernel, p.Kernel], [p.Stride, p.Stride], [p.Padding, p.Padding], ceil_mode: p.Up),
                RandomNet.Pool p => F.avg_pool2d(maps, [p.Kernel, p.Kernel], [p.Stride, p.Stride], [p.Padding, p.Padding], ceil_mode: p.Up, count_include_pad: p.CountPadding),
                RandomNet.Dense d => F.linear(maps.flatten(1), weights[$"{d.Name}.weight"], weights[$"{d.Name}.bias"]),
                RandomNet.Relu => rule switch
                {
                    ReluRule.Mask => F.relu(maps),
                    ReluRule.Guided => F.relu(RectifyBothWays.apply(maps)),
                    _ => RectifyBothWays.apply(maps),
                },
                RandomNet.BatchNorm { Name: var name } => F.batch_norm(maps, weights[$"{name}.running_mean"], weights[$"{name}.running_var"], weights[$"{name}.weight"], weights[$"{name}.bias"], false),
                // As it comes out of the network itself: only the way down is at stake.
                _ => StraightThrough(maps, module, image, one.Name),
            };
            if (one.Name == layer)
                break;
        }
        var unit = maps.reshape(maps.shape[1], -1)[map, maps.dim() == 2 ? 0 : (y * maps.shape[3]) + x];
        (unit * value).backward();
        return input.grad!.clone().MoveToOuterDisposeScope();
    }

    private static Tensor StraightThrough(Tensor maps, ConvNet module, Tensor image, string layer)
    {
        using var seen = module.Record(image);
        return maps - maps.detach() + seen.Activation(module.Info.Layer(layer).Index);
    }

    private sealed class RectifyBothWays : autograd.SingleTensorFunction<RectifyBothWays>
    {
        public override string Name => nameof(RectifyBothWays);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => F.relu((Tensor)vars[0]);

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [F.relu(grad_output)];
    }
}
