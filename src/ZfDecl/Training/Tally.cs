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
    /// <param name="start">What has been summed before.</param>
    internal Tally(Device device, bool countsTop5, Sums start = default)
    {
        sums = tensor([start.TotalLoss, start.Right, start.RightAt5], ScalarType.Float64, device).DetachFromDisposeScope();
        this.countsTop5 = countsTop5;
        images = start.Images;
    }

    /// <summary>Sums over images, and their means: the loss, and the shares of images whose class is not the strongest, and not among the five strongest.</summary>
    internal readonly record struct Sums(long Images, double TotalLoss, double Right, double RightAt5)
    {
        internal double Loss => TotalLoss / Images;

        internal double Top1Error => 1 - Right / Images;

        internal double Top5Error => 1 - RightAt5 / Images;
    }

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

    /// <summary>The sums so far.</summary>
    internal Sums Read()
    {
        using var here = sums.cpu();
        var values = here.data<double>();
        return new(images, values[0], values[1], values[2]);
    }

    public void Dispose() => sums.Dispose();
}
