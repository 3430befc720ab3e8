using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>Finds out where a network first leaves the finite numbers.</summary>
internal static class Divergence
{
    /// <summary>The first layer, from the input on, with a parameter or an output that is infinite or not a number, in words.</summary>
    /// <param name="network">As it was when its loss was NaN.</param>
    /// <param name="images">[N, C, H, W], what it saw then; null to look at the parameters alone.</param>
    internal static string FirstNonFinite(ConvNet network, Tensor? images)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (images is not null && !IsFinite(images))
            return "the preprocessed images already hold values that are not finite";
        using var recording = images is null ? null : network.RecordTogether(images);
        var state = network.state_dict();
        foreach (var layer in network.Info.Layers)
        {
            foreach (var (name, tensor) in state.Where(entry => entry.Key.StartsWith(layer.Name + ".", StringComparison.Ordinal)))
            {
                if (!IsFinite(tensor))
                    return $"the first values that are not finite are in the parameters {name} of layer '{layer.Name}'";
            }
            if (recording is not null && !IsFinite(recording.Activation(layer.Index)))
                return $"the first values that are not finite are in the output of layer '{layer.Name}'";
        }
        return $"all parameters{(recording is null ? "" : " and, in evaluation mode, all outputs")} of its layers are finite";
    }

    /// <summary>Whether all its parameters are finite numbers.</summary>
    internal static bool IsFinite(ConvNet network)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return network.parameters().All(IsFinite);
    }

    private static bool IsFinite(Tensor tensor) => isfinite(tensor).all().item<bool>();
}
