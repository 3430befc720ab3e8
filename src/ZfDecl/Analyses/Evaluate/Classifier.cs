using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Analyses.Evaluate;

/// <summary>A trained network and the images that it is to classify.</summary>
/// <param name="Network">In evaluation mode, on <see cref="Device"/>; stays the caller's.</param>
/// <param name="Images">The images, as this network wants them decoded and labelled by its outputs; stay the caller's.</param>
/// <param name="Preprocessor">Made for these images and this network.</param>
public sealed record Classifier(ConvNet Network, ImageSet Images, Preprocessor Preprocessor)
{
    /// <summary>What it sees of an image.</summary>
    public EvaluationCrops Crops { get; init; } = EvaluationCrops.Centre;

    /// <summary>Crops that are seen at once; at least 1.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Where the network is.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>The probability of each class for each image, in order: the softmax of the scores, averaged over the crops.</summary>
    /// <param name="batch">Images in each tensor but the last; at least 1.</param>
    /// <returns>[N, classes] each, float64, on the CPU; the caller disposes it.</returns>
    public IEnumerable<Tensor> Probabilities(int batch) => Probabilities(batch, Images, columns: null);

    /// <summary>The same for some images, the classes in the order of another network.</summary>
    /// <param name="batch">Images in each tensor but the last; at least 1.</param>
    /// <param name="images">The indices of the images.</param>
    /// <param name="order">The other network's classes; this one knows them all.</param>
    internal IEnumerable<Tensor> Probabilities(int batch, int[] images, IReadOnlyList<string> order)
    {
        var mapping = ClassMapping.Of(order, Images.Classes);
        return Probabilities(
            batch,
            images.Length == Images.Count ? Images : new SubsetImageSet(Images, images, label => label, Images.Classes),
            mapping.IsIdentity ? null : [.. Enumerable.Range(0, order.Count).Select(label => (long)mapping[label])]);
    }

    private IEnumerable<Tensor> Probabilities(int batch, ImageSet images, long[]? columns)
    {
        foreach (var loaded in Batches.InOrder(images, Preprocessor, batch, Device, Crops))
        {
            using (loaded)
                yield return Mean(loaded.Images, columns);
        }
    }

    /// <summary>How many images make up a batch.</summary>
    internal int ImagesAtOnce => Math.Max(1, Batch / Preprocessor.CropCount(Crops));

    private Tensor Mean(Tensor crops, long[]? columns)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var scores = Network.call(crops);                                        // [N · crops, classes]
        var probabilities = softmax(scores.to(ScalarType.Float64), 1).reshape(-1, Preprocessor.CropCount(Crops), scores.shape[1]);
        var mean = probabilities.mean([1]).cpu();
        return (columns is null ? mean : mean.index_select(1, tensor(columns))).MoveToOuterDisposeScope();
    }
}
