using TorchSharp.Modules;
using ZfDecl.Networks;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Training;

/// <summary>
/// A network for libtorch's device 'meta', whose tensors have a shape and no memory: it stands for a GPU, on which a kernel of the CPU or a value that is read
/// back fails at once. Layers and shapes are <see cref="SmallNet"/>'s, but libtorch has neither convolutions nor relu for 'meta': the filters are 1×1 and applied as
/// a matrix product, and what they yield is squared.
/// </summary>
internal sealed class DistantNet : ConvNet
{
    public static readonly Device Distant = new("meta");

    public readonly Conv2d conv1;
    public readonly Linear fc2;

    public DistantNet() : base(SmallNet.Declaration, 3)
    {
        using var scope = NewDisposeScope();
        conv1 = ChannelsLast.Filters(nn.Conv2d(1, 4, kernel_size: 1));
        fc2 = nn.Linear(4 * 4 * 4, 3);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = conv1.weight.view(4, 1).matmul(images.flatten(2)).view(-1, 4, 8, 8) + conv1.bias!.view(1, 4, 1, 1);
        x = nn.functional.max_pool2d(x.square(), [2, 2], [2, 2]);
        x = LocalResponseNormalization.Apply(x, 5, 5e-4, 0.75, 2);
        x = nn.functional.dropout(x, 0.2, training);
        return DenseProduct.Apply(fc2, x.flatten(1)).MoveToOuterDisposeScope();
    }

    public override Recording Record(Tensor images) => throw new NotSupportedException("no test asks for it");

    public override Deconvnet CreateDeconvnet(DeconvnetOptions? options = null) => throw new NotSupportedException("no test asks for it");
}
