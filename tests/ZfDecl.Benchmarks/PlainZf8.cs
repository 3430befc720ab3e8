using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>ZF-8 as one writes it in TorchSharp: the same layers and names, torch's operations, torch's layout.</summary>
internal sealed class PlainZf8 : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1 = nn.Conv2d(3, 96, kernel_size: 7, stride: 2, padding: 1);
    private readonly Conv2d conv2 = nn.Conv2d(96, 256, kernel_size: 5, stride: 2);
    private readonly Conv2d conv3 = nn.Conv2d(256, 384, kernel_size: 3, padding: 1);
    private readonly Conv2d conv4 = nn.Conv2d(384, 384, kernel_size: 3, padding: 1);
    private readonly Conv2d conv5 = nn.Conv2d(384, 256, kernel_size: 3, padding: 1);
    private readonly Linear fc6 = nn.Linear(256 * 6 * 6, 4096);
    private readonly Linear fc7 = nn.Linear(4096, 4096);
    private readonly Linear fc8 = nn.Linear(4096, 1000);

    public PlainZf8() : base("Zf8") => RegisterComponents();

    public override Tensor forward(Tensor images)
    {
        using var scope = NewDisposeScope();
        var x = max_pool2d(relu(conv1.call(images)), 3, 2, ceil_mode: true);        // [N, 96, 55, 55]
        x = local_response_norm(x, 5, 5e-4, 0.75, 2);
        x = max_pool2d(relu(conv2.call(x)), 3, 2, ceil_mode: true);                 // [N, 256, 13, 13]
        x = local_response_norm(x, 5, 5e-4, 0.75, 2);
        x = relu(conv3.call(x));
        x = relu(conv4.call(x));
        x = max_pool2d(relu(conv5.call(x)), 3, 2, ceil_mode: true);                 // [N, 256, 6, 6]
        x = dropout(relu(fc6.call(x.flatten(1))), 0.5, training);
        x = dropout(relu(fc7.call(x)), 0.5, training);
        return fc8.call(x).MoveToOuterDisposeScope();
    }
}
