using System.Security.Cryptography;
using System.Text;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Studies.Transfer;

/// <summary>What features are made of: a network with its weights, and images as it sees them.</summary>
/// <param name="network">In evaluation mode, on the device it is run on; stays the caller's.</param>
/// <param name="images">The images; stay the caller's.</param>
/// <param name="imagesHash">Equal hashes mean equal images in the same order.</param>
/// <param name="preprocessor">Makes inputs of images, with the statistics that belong to the weights.</param>
/// <param name="crops">What it sees of an image; the features of several crops are averaged.</param>
internal sealed class FeatureSource(ConvNet network, ImageSet images, string imagesHash, Preprocessor preprocessor, EvaluationCrops crops = EvaluationCrops.Centre)
{
    private const int MostCropsAtOnce = 128;
    private const long ActivationBudget = 256L << 20;   // bytes of one recording

    /// <summary>The network.</summary>
    public ConvNet Network => network;

    /// <summary>The images.</summary>
    public ImageSet Images => images;

    /// <summary>How many crops of an image are averaged.</summary>
    public int CropCount => preprocessor.CropCount(crops);

    /// <summary>SHA-256 of the network's weights.</summary>
    public string WeightsHash { get; } = NetworkHash.Of(network);

    /// <summary>Says all that decides the features of some images but the layer: SHA-256, lowercase hex.</summary>
    internal string HashOf(int[] some) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"features 3\n{network.Info.SpecHash}\n{WeightsHash}\n{imagesHash}\n{preprocessor.Decoded} {preprocessor.Input} {crops} {network.Info.Recipe.Preprocess}\n{string.Join(' ', some)}")));

    /// <summary>Shows the network some images and gives its recordings away, batch by batch: <see cref="CropCount"/> crops of an image after each other.</summary>
    internal void Record(int[] indices, Action<Recording> take)
    {
        var device = network.parameters().FirstOrDefault()?.device ?? CPU;
        var cropsAtOnce = (int)Math.Clamp(ActivationBudget / (network.Info.Layers.Sum(layer => layer.Output.Count) * sizeof(float)), 1, MostCropsAtOnce);
        var some = new SubsetImageSet(images, indices, label => label, images.Classes);
        foreach (var loaded in Batches.InOrder(some, preprocessor, Math.Max(1, cropsAtOnce / CropCount), device, crops))
        {
            using (loaded)
            {
                using var recording = network.RecordTogether(loaded.Images);
                take(recording);
            }
        }
    }
}
