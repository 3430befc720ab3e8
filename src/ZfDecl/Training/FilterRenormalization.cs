using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// Keeps a few first-layer filters from dominating: each filter of a conv layer whose RMS value exceeds a fixed radius is scaled back to it
/// (Zeiler &amp; Fergus 2014, §3, radius 10⁻¹). Biases and dense layers are left alone.
/// </summary>
public sealed class FilterRenormalization
{
    private readonly Tensor[] filters;
    private readonly double radius;

    /// <param name="network">The network, on the device where it will stay.</param>
    /// <param name="radius">The largest root mean square that the weights of one output map may have; above 0.</param>
    /// <param name="takes">Whether a layer of this name is renormalised: one that is frozen stays as it is. All are where omitted.</param>
    public FilterRenormalization(ConvNet network, double radius, Func<string, bool>? takes = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(radius);
        filters = [.. network.Info.Layers.Where(layer => layer.Role == LayerRole.Convolution && takes?.Invoke(layer.Name) != false).Select(network.WeightOf)];
        this.radius = radius;
    }

    /// <summary>Scales back what exceeds the radius: w ← w · min(1, radius / √mean(w²)), each output map by itself.</summary>
    public void Apply()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var filter in filters)                                 // [maps, maps below / groups, height, width]
        {
            var rms = filter.square().mean([1, 2, 3], keepdim: true).sqrt();
            filter.mul_((radius / rms).clamp_max(1));                   // a filter of zeros: radius / 0 = ∞, clamped to 1
        }
    }
}
