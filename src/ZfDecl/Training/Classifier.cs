using ZfDecl.Data;
using ZfDecl.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Training;

/// <summary>A trained network and the images that it is to classify.</summary>
/// <param name="Network">In evaluation mode, on <see cref="Device"/>; stays the caller's.</param>
/// <param name="Images">The images, as this network wants them stored; stay the caller's.</param>
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
    public IEnumerable<Tensor> Probabilities(int batch)
    {
        foreach (var seen in Batches.InOrder(Images, Preprocessor, batch, Device, Crops))
        {
            using (seen)
                yield return Mean(seen.Images);
        }
    }

    /// <summary>How many images make up a batch.</summary>
    internal int ImagesAtOnce => Math.Max(1, Batch / Preprocessor.CropCount(Crops));

    private Tensor Mean(Tensor crops)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var scores = Network.call(crops);                                        // [N · crops, classes]
        var probabilities = softmax(scores.to(ScalarType.Float64), 1).reshape(-1, Preprocessor.CropCount(Crops), scores.shape[1]);
        return probabilities.mean([1]).cpu().MoveToOuterDisposeScope();
    }
}
