using TorchSharp.Modules;
using ZfDecl.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Tests.Analysis;

/// <summary>A network as the generator would print it: conv1 – relu1 – pool1 – conv2 – relu2 – fc3 on images of 12×12; without classes it ends with relu2.</summary>
internal sealed class ToyNet : ConvNet
{
    public const int Side = 12, Conv1 = 0, Conv2 = 3, Fc3 = 5;

    public readonly Conv2d conv1;
    public readonly Conv2d conv2;
    public readonly Linear fc3;

    /// <param name="channels">Of the images.</param>
    /// <param name="classes">The number of classes; 0 for none.</param>
    /// <param name="seed">Of the weights.</param>
    /// <param name="declare">What else is declared of a layer.</param>
    public ToyNet(int channels = 1, int classes = 3, int seed = 1, Func<LayerInfo, LayerInfo>? declare = null) : base(Declare(channels, classes, declare ?? (layer => layer)), classes)
    {
        random.manual_seed(seed);
        conv1 = nn.Conv2d(channels, 4, kernel_size: (3L, 3L), padding: (1L, 1L));
        conv2 = nn.Conv2d(4, 6, kernel_size: (3L, 3L), padding: (1L, 1L));
        fc3 = nn.Linear(6 * 6 * 6, Math.Max(classes, 1));
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        using var seen = Record(images);
        return seen.Activation(Info.Layers.Count - 1).clone();
    }

    public override Recording Record(Tensor images)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var filtered1 = conv1.call(images);                                                         // [N, 4, 12, 12]
        var rectified1 = relu(filtered1);
        var (pooled1, switches1) = max_pool2d_with_indices(rectified1, [2, 2], [2, 2], [0, 0]);     // [N, 4, 6, 6]
        var filtered2 = conv2.call(pooled1);                                                        // [N, 6, 6, 6]
        var rectified2 = relu(filtered2);
        var scores = fc3.call(rectified2.flatten(1));                                               // [N, classes]
        Tensor[] activations = [filtered1, rectified1, pooled1, filtered2, rectified2, scores];
        foreach (var kept in activations.Append(switches1))
            kept.MoveToOuterDisposeScope();
        return new ToyRecording(Info, images.alias().MoveToOuterDisposeScope(), activations, [null, null, switches1, null, null, null]);
    }

    protected internal override Tensor Evaluate(int layer, Tensor x) => layer switch
    {
        Conv1 => conv1.call(x),
        2 => max_pool2d(x, [2, 2], [2, 2], [0, 0]),
        Conv2 => conv2.call(x),
        Fc3 => fc3.call(x.flatten(1)),
        _ => relu(x),
    };

    public override Deconvnet CreateDeconvnet(DeconvnetOptions? options = null) => new ToyDeconvnet(this, options);

    private static NetworkInfo Declare(int channels, int classes, Func<LayerInfo, LayerInfo> declare) => new()
    {
        Name = "Toy",
        Summary = "",
        SpecFile = "specs/toy.yaml",
        SpecHash = "",
        ResolvedSpec = "",
        Input = new(channels, Side, Side),
        Classes = Math.Min(classes, 3),
        Recipe = Models.Fashion.Declaration.Recipe,
        // Receptive fields by hand: 3; pooling adds 1 · 1; conv2 adds 2 · 2; fc3 adds 5 · 2.
        Layers =
        [.. new LayerInfo[]
        {
            new(0, "conv1", "conv", new(4, 12, 12), new(3, 3, 1, 1, -1, -1), 0, 0, 1) { Inputs = [LayerInfo.Image], Role = LayerRole.Convolution, Locality = Locality.Windowed, Backward = BackwardStep.TransposedFilters, Window = new(3, 3, 1, 1, 1, 1, 1, 1) },
            new(1, "relu1", "relu", new(4, 12, 12), new(3, 3, 1, 1, -1, -1), 0, 0, 1) { Inputs = [0], Role = LayerRole.Rectifier, Locality = Locality.Pointwise, Backward = BackwardStep.Rectify },
            new(2, "pool1", "maxpool", new(4, 6, 6), new(4, 4, 2, 2, -1, -1), 0, 0, 2) { Inputs = [1], Role = LayerRole.MaxPooling, Locality = Locality.Windowed, Backward = BackwardStep.Unpool, Window = new(2, 2, 2, 2, 0, 0, 1, 1) },
            new(3, "conv2", "conv", new(6, 6, 6), new(8, 8, 2, 2, -3, -3), 0, 0, 4) { Inputs = [2], Role = LayerRole.Convolution, Locality = Locality.Windowed, Backward = BackwardStep.TransposedFilters, Window = new(3, 3, 1, 1, 1, 1, 1, 1) },
            new(4, "relu2", "relu", new(6, 6, 6), new(8, 8, 2, 2, -3, -3), 0, 0, 4) { Inputs = [3], Role = LayerRole.Rectifier, Locality = Locality.Pointwise, Backward = BackwardStep.Rectify },
            new(5, "fc3", "dense", new(3, 1, 1), new(18, 18, 12, 12, -3, -3), 0, 0, 5) { Inputs = [4], Role = LayerRole.Dense, IsFlat = true, YieldsScores = true },
        }.Take(classes == 0 ? Fc3 : Fc3 + 1).Select(declare)],
    };

    private sealed class ToyRecording(NetworkInfo info, Tensor images, Tensor[] activations, Tensor?[] switches) : Recording(info, images, activations, switches)
    {
        protected override Recording Create(Tensor images, Tensor[] activations, Tensor?[] switches) => new ToyRecording(Info, images, activations, switches);
    }

    private sealed class ToyDeconvnet(ToyNet net, DeconvnetOptions? options) : Deconvnet(net.Info, options)
    {
        protected override Tensor BackProject(Recording seen, Tensor signal, int layer)
        {
            if (layer >= 5)
                signal = signal.matmul(net.fc3.weight!).view(-1, 6, 6, 6);
            if (layer >= 4)
                signal = Rectify(signal, seen.Activation(4));
            if (layer >= 3)
                signal = conv_transpose2d(signal, net.conv2.weight!, padding: [1, 1]);
            if (layer >= 2)
                signal = Unpool(signal, seen.Switches(2), 12, 12);
            if (layer >= 1)
                signal = Rectify(signal, seen.Activation(1));
            return conv_transpose2d(signal, net.conv1.weight!, padding: [1, 1]);
        }
    }
}
