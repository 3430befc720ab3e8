using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Explain;

/// <summary>What a network makes of an image when a feature map is 0, as its later layers see it. What comes to them by other ways stays as it was.</summary>
/// <param name="net">In evaluation mode; neither owned nor changed.</param>
public sealed class MapAblation(ConvNet net)
{
    /// <summary>Takes maps out, one at a time.</summary>
    /// <param name="recording">Of one image.</param>
    /// <param name="layer">The layer; where a relu follows, its maps are those behind it.</param>
    /// <param name="maps">The maps; at least one.</param>
    /// <returns>[maps, classes]: what the last layer yields without each; the caller disposes it.</returns>
    public Tensor Without(Recording recording, LayerInfo layer, IReadOnlyList<int> maps)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (info, count) = (net.Info, maps.Count);
        var outputs = new Tensor?[info.Layers.Count];           // of the layers that what is taken out reaches: [maps, …]
        var changed = recording.Activation(layer.Readout).repeat_interleave(count, 0);
        foreach (var (row, map) in maps.Index())
            changed[row, map].zero_();
        outputs[layer.Readout] = changed;
        foreach (var later in info.Layers.Skip(layer.Readout + 1).Where(later => later.Inputs.Any(input => Reached(input) is not null)))
            outputs[later.Index] = net.Evaluate(later.Index, [.. later.Inputs.Select(input => Reached(input) ?? recording.Activation(input).repeat_interleave(count, 0))]);
        return (outputs[^1] ?? recording.Activation(info.Layers.Count - 1).repeat_interleave(count, 0)).MoveToOuterDisposeScope();

        Tensor? Reached(int input) => input == LayerInfo.Image ? null : outputs[input];
    }
}
