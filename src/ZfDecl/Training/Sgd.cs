using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// Stochastic gradient descent with momentum: v ← momentum · v + g + decay · p, then p ← p − rate · v, as in torch.optim.SGD. Rate and decay may have a factor for
/// each parameter.
/// </summary>
/// <remarks>On the CPU one pass over memory does all of it; elsewhere it is made of tensor operations. Not thread-safe.</remarks>
public sealed class Sgd : IDisposable
{
    private readonly TrainedParameter[] parameters;
    private readonly Tensor[] velocities;
    private readonly double momentum;
    private readonly double weightDecay;

    /// <param name="parameters">What is trained, on the device where it will stay; it stays the caller's.</param>
    /// <param name="momentum">The share of the velocity that a step keeps; 0 … below 1.</param>
    /// <param name="weightDecay">The pull of each parameter towards 0, added to its gradient; 0 or more.</param>
    public Sgd(IEnumerable<Parameter> parameters, double momentum, double weightDecay)
        : this(parameters.Select(parameter => new TrainedParameter(parameter)), momentum, weightDecay)
    {
    }

    /// <param name="parameters">What is trained; it stays the caller's.</param>
    /// <param name="momentum">The share of the velocity that a step keeps; 0 … below 1.</param>
    /// <param name="weightDecay">The pull of each parameter towards 0, added to its gradient; 0 or more.</param>
    public Sgd(IEnumerable<TrainedParameter> parameters, double momentum, double weightDecay)
    {
        using var noGrad = no_grad();
        this.parameters = [.. parameters];
        this.momentum = momentum;
        this.weightDecay = weightDecay;
        velocities = [.. this.parameters.Select(trained => zeros_like(trained.Parameter).DetachFromDisposeScope())];
    }

    /// <summary>The velocity of each parameter, in their order. They stay this object's; one that goes on from a checkpoint copies into them.</summary>
    internal IReadOnlyList<Tensor> Velocities => velocities;

    /// <summary>Forgets the gradients, before the next backward pass.</summary>
    public void ZeroGradients()
    {
        foreach (var trained in parameters)
            trained.Parameter.grad = null;
    }

    /// <summary>Moves every parameter that has a gradient and is not frozen.</summary>
    /// <param name="learningRate">The rate; 0 or more.</param>
    public void Step(double learningRate)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (trained, velocity) in parameters.Zip(velocities))
        {
            var parameter = trained.Parameter;
            if (trained.Rate == 0 || parameter.grad is not { } gradient)
                continue;
            var (rate, decay) = (learningRate * trained.Rate, weightDecay * trained.Decay);
            if (SgdKernel.Takes(parameter))
                SgdKernel.Update(parameter, InOrderOf(parameter, gradient), velocity, (float)rate, (float)momentum, (float)decay);
            else
                parameter.sub_(velocity.mul_(momentum).add_(gradient).add_(parameter, alpha: decay).mul(rate));
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
