using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>ResNet-18 as torchvision writes it, rectified in place; its layers have the names of the spec.</summary>
internal sealed class PlainResNet18 : nn.Module<Tensor, Tensor>
{
    private readonly Dictionary<string, Conv2d> convs = [];
    private readonly Dictionary<string, BatchNorm2d> norms = [];
    private readonly Linear fc = nn.Linear(512, 1000);

    public PlainResNet18() : base("ResNet18")
    {
        Add("1", 3, 64, kernel: 7, stride: 2);
        for (var stage = 2; stage <= 5; stage++)
        {
            var (below, maps, stride) = (stage == 2 ? 64 : 16 << (stage - 1), 16 << stage, stage == 2 ? 1 : 2);
            Add($"{stage}_1a", below, maps, kernel: 3, stride);
            Add($"{stage}_1b", maps, maps, kernel: 3);
            if (stage > 2)
                Add($"{stage}_1s", below, maps, kernel: 1, stride);
            Add($"{stage}_2a", maps, maps, kernel: 3);
            Add($"{stage}_2b", maps, maps, kernel: 3);
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = max_pool2d(Normalised("1", images).relu_(), 3, 2, 1);              // [N, 64, 56, 56]
        for (var stage = 2; stage <= 5; stage++)
        {
            for (var block = 1; block <= 2; block++)
            {
                var shortcut = stage > 2 && block == 1 ? Normalised($"{stage}_1s", x) : x;
                x = Normalised($"{stage}_{block}b", Normalised($"{stage}_{block}a", x).relu_()).add_(shortcut).relu_();
            }
        }
        return fc.call(adaptive_avg_pool2d(x, 1).flatten(1)).MoveToOuterDisposeScope();
    }

    private Tensor Normalised(string name, Tensor x) => norms[name].call(convs[name].call(x));

    private void Add(string name, int below, int maps, int kernel, int stride = 1)
    {
        convs[name] = nn.Conv2d(below, maps, kernel, stride, kernel / 2, bias: false);
        norms[name] = nn.BatchNorm2d(maps);
        register_module($"conv{name}", convs[name]);
        register_module($"batch{name}", norms[name]);
    }
}
