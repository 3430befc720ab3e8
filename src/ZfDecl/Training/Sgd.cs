using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// Stochastic gradient descent with momentum: v ← momentum · v + g + decay · p, then p ← p − rate · v, as in torch.optim.SGD.
/// </summary>
/// <remarks>On the CPU one pass over memory does all of it; elsewhere it is made of tensor operations. Not thread-safe.</remarks>
public sealed class Sgd : IDisposable
{
    private readonly Parameter[] parameters;
    private readonly Tensor[] velocities;
    private readonly double momentum;
    private readonly double weightDecay;

    /// <param name="parameters">What is trained, on the device where it will stay; it stays the caller's.</param>
    /// <param name="momentum">The share of the velocity that a step keeps; 0 … below 1.</param>
    /// <param name="weightDecay">The pull of each parameter towards 0, added to its gradient; 0 or more.</param>
    public Sgd(IEnumerable<Parameter> parameters, double momentum, double weightDecay)
    {
        using var noGrad = no_grad();
        this.parameters = [.. parameters];
        this.momentum = momentum;
        this.weightDecay = weightDecay;
        velocities = [.. this.parameters.Select(parameter => zeros_like(parameter).DetachFromDisposeScope())];
    }

    /// <summary>The velocity of each parameter, in their order. They stay this object's; one that goes on from a checkpoint copies into them.</summary>
    internal IReadOnlyList<Tensor> Velocities => velocities;

    /// <summary>Forgets the gradients, before the next backward pass.</summary>
    public void ZeroGradients()
    {
        foreach (var parameter in parameters)
            parameter.grad = null;
    }

    /// <summary>Moves every parameter that has a gradient.</summary>
    /// <param name="learningRate">The rate; 0 or more.</param>
    public void Step(double learningRate)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (parameter, velocity) in parameters.Zip(velocities))
        {
            if (parameter.grad is not { } gradient)
                continue;
            if (SgdKernel.Takes(parameter))
                SgdKernel.Update(parameter, InOrderOf(parameter, gradient), velocity, (float)learningRate, (float)momentum, (float)weightDecay);
            else
                parameter.sub_(velocity.mul_(momentum).add_(gradient).add_(parameter, alpha: weightDecay).mul(learningRate));
        }
    }

    /// <summary>The gradient, or a copy, with its values in memory as the parameter's are.</summary>
    private static Tensor InOrderOf(Tensor parameter, Tensor gradient) =>
        gradient.stride().AsSpan().SequenceEqual(parameter.stride()) ? gradient : empty_like(parameter).copy_(gradient);

    /// <summary>Frees the velocities.</summary>
    public void Dispose()
    {
        foreach (var velocity in velocities)
            velocity.Dispose();
    }
}
