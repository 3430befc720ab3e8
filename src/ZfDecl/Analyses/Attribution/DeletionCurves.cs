using ZfDecl.Data.Batching;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Attribution;

/// <summary>
/// Deletion and insertion (Petsiuk et al. 2018): the pixels of an image are replaced by a baseline, those that a rule finds most important first, or put into the baseline in that order, and the
/// network is asked for the probability of the class each time.
/// </summary>
/// <param name="net">The network; neither owned nor changed.</param>
/// <param name="preprocessor">Makes its inputs.</param>
public sealed class DeletionCurves(ConvNet net, Preprocessor preprocessor)
{
    /// <summary>Steps of a curve: each replaces 2 % of the pixels. It has one point more.</summary>
    public const int Steps = 50;

    /// <summary>The probabilities as pixels are replaced, and as they are put in.</summary>
    /// <param name="image">[1, channels, height, width], preprocessed, on the network's device.</param>
    /// <param name="class">The class.</param>
    /// <param name="importance">[height, width]; among equal ones the first in reading order comes first.</param>
    /// <param name="baseline">What replaces pixels.</param>
    /// <returns>Two lists of <see cref="Steps"/> + 1 probabilities, at 0, 2 … 100 % of the pixels.</returns>
    public (double[] Deletion, double[] Insertion) Of(Tensor image, int @class, IReadOnlyList<double> importance, DeletionBaseline baseline)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (input, pixels) = (net.Info.Input, importance.Count);
        var rank = new long[pixels];
        foreach (var (place, pixel) in Enumerable.Range(0, pixels).OrderByDescending(pixel => importance[pixel]).Index())
            rank[pixel] = place;
        var counts = Enumerable.Range(0, Steps + 1).Select(step => (long)Math.Round((double)step * pixels / Steps)).ToArray();
        // Whether a pixel is among the first of each step: [steps, 1, height, width].
        var first = tensor(rank, device: image.device).reshape(1, 1, input.Height, input.Width) < tensor(counts, device: image.device).reshape(-1, 1, 1, 1);
        var other = DeletionBaselines.Of(baseline, image, preprocessor);
        return (Probabilities(where(first, other, image), @class), Probabilities(where(first, image, other), @class));
    }

    /// <summary>The area under a curve over shares of the pixels from 0 to 1, by trapezoids.</summary>
    public static double Area(IReadOnlyList<double> curve) => curve.Zip(curve.Skip(1), (one, next) => (one + next) / 2).Average();

    private double[] Probabilities(Tensor images, int @class) =>
        [.. net.Probabilities(images).select(1, @class).cpu().contiguous().data<float>().Select(value => (double)value)];
}
