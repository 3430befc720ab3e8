using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>The default small network as one writes it in TorchSharp: the same layers and names, torch's operations, torch's layout.</summary>
internal sealed class PlainFashion : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = nn.Conv2d(1, 32, kernel_size: 5, padding: 2);
    private readonly Conv2d conv2 = nn.Conv2d(32, 64, kernel_size: 3, padding: 1);
    private readonly Conv2d conv3 = nn.Conv2d(64, 64, kernel_size: 3, padding: 1);
    private readonly Linear fc4 = nn.Linear(64 * 3 * 3, 256);
    private readonly Linear fc5 = nn.Linear(256, 10);

    public PlainFashion() : base("Fashion") => RegisterComponents();

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = max_pool2d(relu(conv1.call(images)), 3, 2, ceil_mode: true);        // [N, 32, 14, 14]
        x = local_response_norm(x, 5, 5e-4, 0.75, 2);
        x = max_pool2d(relu(conv2.call(x)), 3, 2, ceil_mode: true);                 // [N, 64, 7, 7]
        x = local_response_norm(x, 5, 5e-4, 0.75, 2);
        x = max_pool2d(relu(conv3.call(x)), 3, 2, ceil_mode: true);                 // [N, 64, 3, 3]
        x = dropout(relu(fc4.call(x.flatten(1))), 0.5, training);
        return fc5.call(x).MoveToOuterDisposeScope();
    }
}
