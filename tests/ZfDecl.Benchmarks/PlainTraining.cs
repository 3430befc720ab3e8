using ZfDecl.Networks.Recipes;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Benchmarks;

/// <summary>The training loop of a TorchSharp tutorial: torch.optim.SGD, cross-entropy, backward, step.</summary>
internal sealed class PlainTraining(nn.Module<Tensor, Tensor> network, TrainingRecipe recipe) : IDisposable
{
    private readonly optim.Optimizer optimizer = optim.SGD(network.parameters(), recipe.LearningRate, recipe.Momentum, weight_decay: recipe.WeightDecay);

    /// <summary>The loss of the steps so far.</summary>
    public double TotalLoss { get; private set; }

    public void Step(Tensor images, Tensor labels)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var loss = cross_entropy(network.call(images), labels);
        loss.backward();
        optimizer.step();
        TotalLoss += loss.item<float>();
    }

    public void Dispose() => optimizer.Dispose();
}
