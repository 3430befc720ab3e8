using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>GoogLeNet as one writes it in TorchSharp, rectified in place; its layers have the names of the spec.</summary>
internal sealed class PlainGoogLeNet : nn.Module<Tensor, Tensor>
{
    private static readonly (string Name, int One, int Before3, int Three, int Before5, int Five, int Behind)[] Modules =
    [
        ("3a", 64, 96, 128, 16, 32, 32), ("3b", 128, 128, 192, 32, 96, 64),
        ("4a", 192, 96, 208, 16, 48, 64), ("4b", 160, 112, 224, 24, 64, 64), ("4c", 128, 128, 256, 24, 64, 64), ("4d", 112, 144, 288, 32, 64, 64), ("4e", 256, 160, 320, 32, 128, 128),
        ("5a", 256, 160, 320, 32, 128, 128), ("5b", 384, 192, 384, 48, 128, 128),
    ];

    private readonly Dictionary<string, Conv2d> convs = [];
    private readonly Linear fc = nn.Linear(1024, 1000);

    public PlainGoogLeNet() : base("GoogLeNet")
    {
        Add("conv1", 3, 64, kernel: 7, stride: 2);
        Add("reduce2", 64, 64, kernel: 1);
        Add("conv2", 64, 192, kernel: 3);
        var below = 192;
        foreach (var m in Modules)
        {
            Add($"one{m.Name}", below, m.One, kernel: 1);
            Add($"reduce{m.Name}b", below, m.Before3, kernel: 1);
            Add($"three{m.Name}", m.Before3, m.Three, kernel: 3);
            Add($"reduce{m.Name}d", below, m.Before5, kernel: 1);
            Add($"five{m.Name}", m.Before5, m.Five, kernel: 5);
            Add($"behind{m.Name}", below, m.Behind, kernel: 1);
            below = m.One + m.Three + m.Five + m.Behind;
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = local_response_norm(max_pool2d(Rectified("conv1", images), 3, 2, ceil_mode: true), 5, 1e-4, 0.75, 1);       // [N, 64, 56, 56]
        x = local_response_norm(Rectified("conv2", Rectified("reduce2", x)), 5, 1e-4, 0.75, 1);
        x = max_pool2d(x, 3, 2, ceil_mode: true);                                                                          // [N, 192, 28, 28]
        foreach (var (name, _, _, _, _, _, _) in Modules)
        {
            var (one, three) = (Rectified($"one{name}", x), Rectified($"three{name}", Rectified($"reduce{name}b", x)));
            var (five, behind) = (Rectified($"five{name}", Rectified($"reduce{name}d", x)), Rectified($"behind{name}", max_pool2d(x, 3, 1, 1)));
            x = cat([one, three, five, behind], 1);
            if (name is "3b" or "4e")
                x = max_pool2d(x, 3, 2, ceil_mode: true);
        }
        return fc.call(dropout(adaptive_avg_pool2d(x, 1).flatten(1), 0.4, training)).MoveToOuterDisposeScope();
    }

    private Tensor Rectified(string name, Tensor x) => convs[name].call(x).relu_();

    private void Add(string name, int below, int maps, int kernel, int stride = 1)
    {
        convs[name] = nn.Conv2d(below, maps, kernel, stride, kernel / 2);
        register_module(name, convs[name]);
    }
}
