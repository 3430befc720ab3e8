using TorchSharp.Modules;
using ZfDecl.Networks;
using ZfDecl.Networks.Kernels;
using ZfDecl.Networks.Recipes;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Tests.Training;

/// <summary>A network for 1×8×8 images, as the generator would print it: conv1 (4 maps, 3×3) - relu1 - pool1 (2×2) - drop1 - fc2.</summary>
public sealed class SmallNet : ConvNet
{
    public readonly Conv2d conv1;
    public readonly Linear fc2;

    public SmallNet(int classes = 3) : base(Declaration, classes)
    {
        using var scope = NewDisposeScope();
        conv1 = nn.Conv2d(1, 4, kernel_size: (3L, 3L), stride: (1L, 1L), padding: (1L, 1L));
        fc2 = nn.Linear(4 * 4 * 4, classes);
        RegisterComponents();
    }

    public static TrainingRecipe Training { get; } = new()
    {
        Batch = 8,
        Epochs = 2,
        LearningRate = 0.05,
        Momentum = 0.9,
        WeightDecay = 5e-4,
        Anneal = Annealing.Constant,
        WarmUp = 0,
        FilterRms = null,
        InitialStd = null,
    };

    public static NetworkInfo Declaration { get; } = new()
    {
        Name = "Small",
        Summary = "A small network for tests.",
        SpecFile = "specs/small.yaml",
        SpecHash = new string('5', 64),
        ResolvedSpec = "network: Small\n",
        Input = new(1, 8, 8),
        Classes = 3,
        Layers =
        [
            new(0, "conv1", "conv", new(4, 8, 8), new(3, 3, 1, 1, -1, -1), 40, 2304, 1) { Inputs = [LayerInfo.Image], Role = LayerRole.Convolution },
            new(1, "relu1", "relu", new(4, 8, 8), new(3, 3, 1, 1, -1, -1), 0, 0, 1) { Inputs = [0], Role = LayerRole.Rectifier },
            new(2, "pool1", "maxpool", new(4, 4, 4), new(4, 4, 2, 2, -1, -1), 0, 0, 2) { Inputs = [1], Role = LayerRole.MaxPooling },
            new(3, "drop1", "dropout", new(4, 4, 4), new(4, 4, 2, 2, -1, -1), 0, 0, 3) { Inputs = [2], Role = LayerRole.Dropout },
            new(4, "fc2", "dense", new(3, 1, 1), new(10, 10, 0, 0, -1, -1), 195, 192, 4) { Inputs = [3], Role = LayerRole.Dense, IsFlat = true, YieldsScores = true },
        ],
        Recipe = new()
        {
            Train = Training,
            Preprocess = new() { Resize = null, Subtract = Subtraction.ChannelMean, Divide = 255, Augment = Augmentation.Flip, Shift = 0 },
            Visualize = new() { Layers = ["conv1"], Top = 9 },
            Data = null,
            Written = [],
        },
    };

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = relu(conv1.call(images));                               // [N, 4, 8, 8]
        x = max_pool2d(x, [2, 2], [2, 2]);                              // [N, 4, 4, 4]
        x = MinibatchDropout.Apply(TrainingPass, x, 0.2, "drop1");
        return fc2.call(x.flatten(1)).MoveToOuterDisposeScope();        // [N, classes]
    }

    public override Recording Record(Tensor images)
    {
        using var noGrad = no_grad();
        var filtered = conv1.call(images);
        var rectified = relu(filtered);
        var (pooled, switches) = max_pool2d_with_indices(rectified, [2, 2], [2, 2]);
        using var flat = pooled.flatten(1);
        return new SmallRecording(images.alias(), [filtered, rectified, pooled, pooled.alias(), fc2.call(flat)], [null, null, switches, null, null]);
    }

    public override Deconvnet CreateDeconvnet(DeconvnetOptions? options = null) => throw new NotSupportedException("no test asks for it");

    private sealed class SmallRecording(Tensor images, Tensor[] activations, Tensor?[] switches) : Recording(Declaration, images, activations, switches)
    {
        protected override Recording Create(Tensor images, Tensor[] activations, Tensor?[] switches) => new SmallRecording(images, activations, switches);
    }
}
