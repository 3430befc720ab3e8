using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Attribution;

/// <summary>The class scores of a network, before the softmax, and their gradients. In evaluation mode; the network is neither owned nor changed.</summary>
/// <param name="net">The network.</param>
public sealed class ClassScores(ConvNet net)
{
    private readonly int scores = net.Info.Scores.Index;

    /// <summary>The score of a class in each image, and its gradient.</summary>
    /// <param name="images">[N, channels, height, width], preprocessed, on the network's device.</param>
    /// <param name="class">The class.</param>
    /// <param name="layer">Index of the layer whose output the gradient is by; <see cref="LayerInfo.Image"/> for the images.</param>
    /// <returns>Scores [N]; what the layer yields; the gradient of each image's score, shaped as that. The caller's dispose scope frees them.</returns>
    public (Tensor Scores, Tensor Output, Tensor Gradient) Of(Tensor images, int @class, int layer)
    {
        using var scope = NewDisposeScope();
        using var withGradients = enable_grad();
        var input = images.detach().requires_grad_();
        var outputs = new Tensor[scores + 1];
        for (var index = 0; index <= scores; index++)
            outputs[index] = net.Evaluate(index, [.. net.Info.Layers[index].Inputs.Select(Output)]);
        var score = outputs[scores].select(1, @class);                 // [N]
        var gradient = autograd.grad([score.sum()], [Output(layer)])[0];
        return (score.detach().MoveToOuterDisposeScope(), Output(layer).detach().MoveToOuterDisposeScope(), gradient.detach().MoveToOuterDisposeScope());

        Tensor Output(int index) => index == LayerInfo.Image ? input : outputs[index];
    }
}
