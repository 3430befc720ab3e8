using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Attribution;

/// <summary>
/// Grad-CAM (Selvaraju et al. 2017): the feature maps of a layer, each weighted with the mean of the class score's gradient over its positions, added up and rectified.
/// </summary>
/// <param name="net">The network; neither owned nor changed.</param>
/// <param name="layer">The layer; its maps are read behind its rectifier.</param>
public sealed class GradCam(ConvNet net, LayerInfo layer)
{
    private readonly ClassScores scores = new(net);

    /// <summary>How much each pixel speaks for a class.</summary>
    /// <param name="image">[1, channels, height, width], preprocessed, on the network's device.</param>
    /// <param name="class">The class.</param>
    /// <returns>[height, width], 0 or more: the map of the layer, enlarged linearly.</returns>
    public double[] Of(Tensor image, int @class)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var map = MapOf(image, @class).reshape(1, 1, layer.Output.Height, layer.Output.Width);
        var input = net.Info.Input;
        return [.. nn.functional.interpolate(map, [input.Height, input.Width], mode: InterpolationMode.Bilinear, align_corners: false).cpu().contiguous().data<float>().Select(value => (double)value)];
    }

    /// <summary>The map as the layer has it.</summary>
    /// <param name="image">[1, channels, height, width], preprocessed, on the network's device.</param>
    /// <param name="class">The class.</param>
    /// <returns>[height, width] of the layer; the caller disposes it.</returns>
    public Tensor MapOf(Tensor image, int @class)
    {
        using var scope = NewDisposeScope();
        var (_, maps, gradient) = scores.Of(image, @class, layer.Readout);      // [1, maps, h, w]
        using var noGrad = no_grad();
        return nn.functional.relu((gradient.mean([2L, 3L], keepdim: true) * maps).sum(1))[0].MoveToOuterDisposeScope();
    }
}
