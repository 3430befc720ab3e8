using TorchSharp.Modules;
using ZfDecl.Networks;
using ZfDecl.Networks.Kernels;
using ZfDecl.Tests.Training;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Tests.Distributed;

/// <summary>
/// A network for 1×8×8 images with all that looks at a whole minibatch: conv1 - norm1 - relu1 - pool1 - fc2, whose weights are more than its inputs and outputs - drop2 - fc3; where it is wide, with two
/// convolutions of 73,728 weights behind conv1, of which each is summed by itself.
/// </summary>
internal sealed class SharedNet : ConvNet
{
    public readonly Conv2d conv1;
    public readonly BatchNorm2d norm1;
    public readonly Conv2d? wide1, wide2;
    public readonly Linear fc2, fc3;
    private readonly bool hasNorm;
    private readonly double rate;

    public SharedNet(bool hasNorm = false, double rate = 0, bool isWide = false) : base(SmallNet.Declaration, 3)
    {
        (this.hasNorm, this.rate) = (hasNorm, rate);
        using var scope = NewDisposeScope();
        conv1 = nn.Conv2d(1, 4, kernel_size: (3L, 3L), padding: (1L, 1L));
        if (isWide)
            (wide1, wide2) = (nn.Conv2d(4, 2048, kernel_size: (3L, 3L), padding: (1L, 1L)), nn.Conv2d(2048, 4, kernel_size: (3L, 3L), padding: (1L, 1L)));
        norm1 = nn.BatchNorm2d(4);
        fc2 = nn.Linear(64, 96);
        fc3 = nn.Linear(96, 3);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = conv1.call(images);                                     // [N, 4, 8, 8]
        if (hasNorm)
            x = MinibatchNorm.Apply(TrainingPass, norm1, x, 0.1, 1e-5);
        if (wide1 is not null)
            x = wide2!.call(wide1.call(x));
        x = max_pool2d(relu(x), [2, 2], [2, 2]).flatten(1);             // [N, 64]
        x = relu(DenseProduct.Apply(TrainingPass, fc2, x));                     // [N, 96]
        if (rate > 0)
            x = MinibatchDropout.Apply(TrainingPass, x, rate, "drop2");
        return DenseProduct.Apply(TrainingPass, fc3, x).MoveToOuterDisposeScope();
    }

    public override Recording Record(Tensor images) => throw new NotSupportedException("no test asks for it");

    public override Deconvnet CreateDeconvnet(DeconvnetOptions? options = null) => throw new NotSupportedException("no test asks for it");
}
