using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// Losses and errors of many images. On the CPU they are counted in the memory of the scores, where a step of tiny tensor operations would cost more than the
/// counting; elsewhere they are summed on the device, so that only reading them makes the host wait.
/// </summary>
/// <param name="countsTop5">Whether the five strongest classes are looked at too.</param>
/// <param name="start">What has been summed before.</param>
internal sealed class Tally(bool countsTop5, Tally.Sums start = default) : IDisposable
{
    private const int Top = 5;

    private Sums sums = start;
    private Tensor? onDevice;           // float64: the loss, then how many images are right at 1 and, where counted, at 5; not yet in the sums

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
        if (scores.device_type == TorchSharp.DeviceType.CPU && scores.dtype == ScalarType.Float32)
        {
            var (right, rightAt5) = Count(scores.contiguous(), labels.contiguous());
            sums = new(sums.Images + count, sums.TotalLoss + ((double)loss.item<float>() * count), sums.Right + right, sums.RightAt5 + rightAt5);
            return;
        }
        AddOnDevice(loss, scores, labels, count);
        sums = sums with { Images = sums.Images + count };
    }

    /// <summary>Adds what has been summed elsewhere.</summary>
    internal void Add(Sums other) => sums = new(sums.Images + other.Images, sums.TotalLoss + other.TotalLoss, sums.Right + other.Right, sums.RightAt5 + other.RightAt5);

    /// <summary>The sums so far.</summary>
    internal Sums Read()
    {
        if (onDevice is not { } there)
            return sums;
        using var here = there.cpu();
        var values = here.data<double>();
        return new(sums.Images, sums.TotalLoss + values[0], sums.Right + values[1], sums.RightAt5 + values[2]);
    }

    public void Dispose() => onDevice?.Dispose();

    /// <summary>How many images have their class in the first place, and in the first five. Of equal scores the earlier class comes first, and NaN before all.</summary>
    private static unsafe (long Right, long RightAt5) Count(Tensor scores, Tensor labels)
    {
        var (images, classes) = (scores.shape[0], (int)scores.shape[1]);
        float* row = TensorMemory.Of<float>(scores);
        long* label = TensorMemory.Of<long>(labels);
        var (right, rightAt5) = (0L, 0L);
        for (var image = 0; image < images; image++, row += classes)
        {
            var (own, score) = ((int)label[image], row[label[image]]);
            var before = 0;
            for (var i = 0; i < classes; i++)
            {
                if (i != own && !(row[i] < score) && (row[i] != score || i < own))
                    before++;
            }
            right += before == 0 ? 1 : 0;
            rightAt5 += before < Top ? 1 : 0;
        }
        GC.KeepAlive(scores);
        GC.KeepAlive(labels);
        return (right, rightAt5);
    }

    private void AddOnDevice(Tensor loss, Tensor scores, Tensor labels, long count)
    {
        var right = scores.argmax(1).eq(labels).sum();
        var rightAt5 = !countsTop5 ? right
            : scores.shape[1] <= Top ? full([], count, device: scores.device)           // filled there; a tensor made here would have to be copied
            : scores.topk(Top, 1).indexes.eq(labels.unsqueeze(1)).sum();
        onDevice ??= zeros(3, ScalarType.Float64, scores.device).DetachFromDisposeScope();
        onDevice.add_(stack([loss.detach().to(ScalarType.Float64) * count, right.to(ScalarType.Float64), rightAt5.to(ScalarType.Float64)]));
    }
}
