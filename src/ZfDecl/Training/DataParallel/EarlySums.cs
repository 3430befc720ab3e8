using TorchSharp.Modules;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Training.DataParallel;

/// <summary>
/// Sees when the gradient of a convolution's weights is there, so that its sum can begin while the backward pass goes on with the layers below. All ranks have the same graph, which goes backward in
/// the same order, so they begin the same sums in the same order.
/// </summary>
internal sealed class EarlySums : IDisposable
{
    private readonly List<Action> unhook = [];

    /// <param name="network">The network; hooks hang on its convolutions until this is disposed.</param>
    /// <param name="isWanted">Whether the weights' sum is to begin early.</param>
    /// <param name="begin">Told of the weights whose gradient is there, within the backward pass.</param>
    internal EarlySums(ConvNet network, Func<Parameter, bool> isWanted, Action<Parameter> begin)
    {
        var weights = network.named_parameters().ToDictionary(one => one.name, one => one.parameter);
        foreach (var (name, module) in network.named_modules())
        {
            // Filters are tensors [maps, maps below / groups, height, width].
            if (module is not nn.Module<Tensor, Tensor> layer || weights.GetValueOrDefault($"{name}.weight") is not { } weight || weight.dim() != 4 || !isWanted(weight))
                continue;
            // The gradient of what goes into it comes after that of its weights; the lowest layer has none.
            unhook.Add(layer.register_forward_pre_hook((_, x) => IsOn && x.requires_grad ? GradientTap.Of(x, _ => begin(weight)) : null!).remove);
        }
    }

    /// <summary>Whether the passes of now are a step of several ranks that all have images.</summary>
    internal bool IsOn { get; set; }

    public void Dispose() => unhook.ForEach(one => one());
}
