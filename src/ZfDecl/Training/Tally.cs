using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// Losses and errors of many images, summed on their device: only reading it makes the host wait. A class of the same score as the right one is
/// ranked as argmax and topk do.
/// </summary>
internal sealed class Tally : IDisposable
{
    private const int Top = 5;

    private readonly Tensor sums;           // float64: the loss, then how many images are right at 1 and, where counted, at 5
    private readonly bool countsTop5;
    private long images;

    /// <param name="device">Where the scores are.</param>
    /// <param name="countsTop5">Whether the five strongest classes are looked at too.</param>
    internal Tally(Device device, bool countsTop5)
    {
        sums = zeros(3, ScalarType.Float64, device).DetachFromDisposeScope();
        this.countsTop5 = countsTop5;
    }

    /// <summary>Mean loss, and the shares of images whose class is not the strongest, and not among the five strongest.</summary>
    internal readonly record struct Means(double Loss, double Top1Error, double Top5Error);

    /// <summary>Adds a batch.</summary>
    /// <param name="loss">The mean loss of its images.</param>
    /// <param name="scores">[N, classes].</param>
    /// <param name="labels">[N], int64.</param>
    internal void Add(Tensor loss, Tensor scores, Tensor labels)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var count = scores.shape[0];
        var right = scores.argmax(1).eq(labels).sum();
        var rightAt5 = !countsTop5 ? right
            : scores.shape[1] <= Top ? tensor(count, device: scores.device)
            : scores.topk(Top, 1).indexes.eq(labels.unsqueeze(1)).sum();
        sums.add_(stack([loss.detach().to(ScalarType.Float64) * count, right.to(ScalarType.Float64), rightAt5.to(ScalarType.Float64)]));
        images += count;
    }

    /// <summary>The means over all images so far, of which there must be some.</summary>
    internal Means Read()
    {
        using var here = sums.cpu();
        var values = here.data<double>();
        return new(values[0] / images, 1 - values[1] / images, 1 - values[2] / images);
    }

    public void Dispose() => sums.Dispose();
}
