using ZfDecl.Analyses.Predict;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Explain;

/// <summary>The images of a set that resemble one most in the features of a network.</summary>
/// <param name="Most">The most alike, the most alike first.</param>
/// <param name="Compared">How many images were compared.</param>
/// <param name="Of">How many the set has.</param>
/// <param name="Median">The median of all cosines: what any image of the set has.</param>
/// <param name="Layer">The layer whose output was compared.</param>
public sealed record SimilarImages(IReadOnlyList<SimilarImage> Most, int Compared, int Of, double Median, string Layer)
{
    /// <summary>How many are kept.</summary>
    public const int Shown = 9;

    /// <summary>
    /// The layer whose output stands for an image: what the classifier is given; where the scores come of something else than a dense layer, the last hidden layer, behind its rectifier; without classes, what the
    /// network yields. Of maps with positions it is their means.
    /// </summary>
    /// <param name="info">The network.</param>
    /// <returns>The index of the layer; <see cref="LayerInfo.Image"/> where a single dense layer reads the pixels.</returns>
    public static int FeaturesOf(NetworkInfo info)
    {
        if (info.Classes == 0)
            return info.Layers[^1].Index;
        if (info.Scores.Role != LayerRole.Dense)
            return FeatureLayers.LastHidden(info).Readout;
        var features = info.Scores.Inputs[0];
        while (features != LayerInfo.Image && info.Layers[features].Role == LayerRole.Dropout)         // which passes its input on
            features = info.Layers[features].Inputs[0];
        return features;
    }

    /// <summary>Compares an image with those of a set.</summary>
    /// <param name="net">In evaluation mode; neither owned nor changed.</param>
    /// <param name="decoded">The image, [C, h, w] as the preprocessor takes it.</param>
    /// <param name="images">The set.</param>
    /// <param name="preprocessor">Makes inputs of both.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="most">How many images are compared at most: where the set has more, as many evenly over it.</param>
    /// <param name="log">Shows the progress.</param>
    /// <param name="stop">Asks to leave, by an <see cref="OperationCanceledException"/>.</param>
    public static SimilarImages Find(ConvNet net, byte[] decoded, ImageSet images, Preprocessor preprocessor, Device device, int most, IRunLog log, CancellationToken stop = default)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var layer = FeaturesOf(net.Info);
        var own = Features(net, preprocessor.InputOf([decoded], device), layer);                 // [1, features]
        int[] compared = images.Count <= most ? [.. Enumerable.Range(0, images.Count)] : [.. Enumerable.Range(0, most).Select(number => (int)((long)number * images.Count / most))];
        var set = new GatheredImageSet(images.Shape, images.Classes, [.. compared.Select(index => (images, index))]);
        var cosines = new List<double>(compared.Length);
        using (var bar = log.Start("comparing with training images", compared.Length, "images"))
        {
            foreach (var batch in Batches.InOrder(set, preprocessor, ImagePredictor.BatchFor(net.Info), device))
            {
                using (batch)
                {
                    stop.ThrowIfCancellationRequested();
                    using var inner = NewDisposeScope();
                    cosines.AddRange(Features(net, batch.Images, layer).matmul(own[0]).cpu().data<float>().Select(cosine => Math.Min(1, (double)cosine)));
                    bar.Advance(batch.Indices.Count);
                }
            }
        }
        return new(
            [.. cosines.Index().OrderByDescending(one => one.Item).ThenBy(one => one.Index).Take(Shown).Select(one => Shows(one.Index, one.Item))],
            compared.Length,
            images.Count,
            cosines.Order().ElementAt(cosines.Count / 2),
            layer == LayerInfo.Image ? "the image" : net.Info.Layers[layer].Name);

        SimilarImage Shows(int number, double cosine)
        {
            var pixels = set.Read(number);
            return new(set.NameOf(number), set.ClassOf(number), cosine, pixels.AsSpan().SequenceEqual(decoded), preprocessor.CentreCrop(pixels));
        }
    }

    /// <returns>[N, features], each of length 1, or 0 where nothing is active; the caller's dispose scope frees them.</returns>
    private static Tensor Features(ConvNet net, Tensor images, int layer)
    {
        Tensor? hooked = null;
        if (layer != LayerInfo.Image)
            net.ForwardWithHooks(images, new HashSet<int> { layer }, (_, maps, _) => hooked = (maps.dim() == 4 ? maps.mean([2L, 3L]) : maps.clone()).DetachFromDisposeScope());
        using (hooked)
            return nn.functional.normalize((hooked ?? images).flatten(1), p: 2, dim: 1);
    }
}
