using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Distributed;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Training;

/// <summary>How well a network does on a set of images.</summary>
/// <param name="Images">How many were seen.</param>
/// <param name="Loss">Mean cross-entropy, in nats.</param>
/// <param name="Top1Error">The share of images whose class is not the strongest; 0 … 1.</param>
/// <param name="Top5Error">The share of images whose class is not among the five strongest; 0 … 1, and 0 with five classes or fewer.</param>
public sealed record Evaluation(int Images, double Loss, double Top1Error, double Top5Error)
{
    /// <summary>Shows a network every image once, its centre crop, in evaluation mode and without gradients.</summary>
    /// <param name="network">On <paramref name="device"/>; afterwards in the mode it was in before.</param>
    /// <param name="images">At least one, with labels below the network's number of classes.</param>
    /// <param name="preprocessor">Made for these images.</param>
    /// <param name="batch">Images seen at once; at least 1.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="log">Shows the progress.</param>
    /// <param name="group">The ranks that share the images; this process alone sees all of them where null. Collective.</param>
    /// <param name="stop">Stops it after the batch it is at.</param>
    /// <exception cref="ArgumentException">There are no images.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static Evaluation Measure(
        ConvNet network, ImageSet images, Preprocessor preprocessor, int batch, Device device, IRunLog log, IProcessGroup? group = null, CancellationToken stop = default)
    {
        group ??= AloneGroup.Instance;
        if (images.Count == 0)
            throw new ArgumentException("there are no images to evaluate on", nameof(images));
        using var noGrad = no_grad();
        using var tally = new Tally(countsTop5: true);
        using var bar = log.Start("evaluating", images.Count, "images");
        var wasTraining = network.training;
        network.eval();
        try
        {
            var (first, count) = new Shard(group.Rank + 1, group.Size).Of(images.Count, batch);
            foreach (var loaded in Batches.InOrder(images, preprocessor, batch, device, first: first, count: count))
            {
                using (loaded)
                using (NewDisposeScope())
                {
                    if (group.IsAlone)
                        stop.ThrowIfCancellationRequested();
                    else if (stop.IsCancellationRequested)
                        break;
                    var scores = network.call(loaded.Images);
                    tally.Add(cross_entropy(scores, loaded.Labels), scores, loaded.Labels);
                    bar.Advance(loaded.Indices.Count * group.Size);
                }
            }
        }
        finally
        {
            network.train(wasTraining);
        }
        var means = Summed(tally.Read(), group, stop);
        return new(images.Count, means.Loss, means.Top1Error, means.Top5Error);
    }

    private static Tally.Sums Summed(Tally.Sums own, IProcessGroup group, CancellationToken stop)
    {
        if (group.IsAlone)
            return own;
        double[] sums = [own.Images, own.TotalLoss, own.Right, own.RightAt5, stop.IsCancellationRequested ? 1 : 0];
        group.Sum(sums);
        return sums[4] == 0 ? new((long)sums[0], sums[1], sums[2], sums[3]) : throw new OperationCanceledException(stop);
    }
}
