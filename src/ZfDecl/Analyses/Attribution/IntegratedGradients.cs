using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Attribution;

/// <summary>
/// Integrated gradients (Sundararajan et al. 2017): the gradient of the class score, averaged over the straight way from a baseline to the image and multiplied by the difference of the two.
/// Its sum is the difference of the scores (completeness), but for the steps of the sum, each taken in its middle. The baseline is 0: the mean, where one is subtracted.
/// </summary>
/// <param name="net">The network; neither owned nor changed.</param>
/// <param name="steps">Steps of the way; at least 1.</param>
public sealed class IntegratedGradients(ConvNet net, int steps = IntegratedGradients.Steps)
{
    /// <summary>The steps where none are given.</summary>
    public const int Steps = 50;

    private const int Together = 25;

    private readonly ClassScores scores = new(net);

    /// <summary>How much each pixel speaks for a class.</summary>
    /// <param name="image">[1, channels, height, width], preprocessed, on the network's device.</param>
    /// <param name="class">The class.</param>
    /// <returns>[height, width], the channels added up; below 0 where a pixel speaks against it.</returns>
    public double[] Of(Tensor image, int @class)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var sum = zeros_like(image);
        foreach (var part in Enumerable.Range(0, steps).Chunk(Together))
        {
            using var inner = NewDisposeScope();
            var shares = tensor(part.Select(step => (step + 0.5f) / steps).ToArray(), device: image.device).reshape(-1, 1, 1, 1);
            sum.add_(scores.Of(image * shares, @class, LayerInfo.Image).Gradient.sum(0, keepdim: true));
        }
        return [.. (sum / steps * image).sum(1).cpu().contiguous().data<float>().Select(value => (double)value)];
    }
}
