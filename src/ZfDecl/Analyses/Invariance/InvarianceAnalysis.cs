using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Invariance;

/// <summary>
/// What stays the same for a network when an image is moved, enlarged or turned (Zeiler &amp; Fergus, arXiv 1311.2901v3, Fig. 5): the Euclidean distance between the
/// features of the original and of the transformed image at a low and a high layer, and the probability of the image's class. The paper does not say that it divides
/// the distances by anything, so they are given as they are, and beside them relative to the length of the original's features, by which layers can be compared.
/// </summary>
/// <remarks>It neither changes nor owns the network, the images or the preprocessor. It is not thread-safe.</remarks>
public sealed class InvarianceAnalysis
{
    private const int Together = 16;

    private readonly ConvNet net;
    private readonly ImageSet images;
    private readonly Preprocessor preprocessor;
    private readonly Device device;

    /// <param name="net">The network, with the weights it is to be seen with.</param>
    /// <param name="images">The images; their labels are the network's outputs.</param>
    /// <param name="preprocessor">Makes the network's inputs of them.</param>
    /// <param name="first">The layer whose features are "layer 1"; see <see cref="FeatureLayers.First"/>.</param>
    /// <param name="last">The layer whose features are "layer 7"; see <see cref="FeatureLayers.LastHidden"/>.</param>
    public InvarianceAnalysis(ConvNet net, ImageSet images, Preprocessor preprocessor, LayerInfo first, LayerInfo last)
    {
        (this.net, this.images, this.preprocessor, First, Last) = (net, images, preprocessor, first, last);
        device = net.parameters().FirstOrDefault()?.device ?? CPU;
    }

    /// <summary>The shape of the network's input.</summary>
    public FeatureShape Input => preprocessor.Input;

    /// <summary>The low layer.</summary>
    public LayerInfo First { get; }

    /// <summary>The high layer.</summary>
    public LayerInfo Last { get; }

    /// <summary>
    /// The amounts that a transformation is measured at: the paper's, −60 … 60 pixels of 224 by 5, 1 … 1.8 by 0.05, 0° … 350° by 10°. For another input the pixels
    /// are the same shares of its height, in whole pixels.
    /// </summary>
    public static IReadOnlyList<double> Amounts(ImageTransformation transformation, FeatureShape input)
    {
        var step = Math.Max(1, (int)Math.Round(input.Height * 5 / 224.0));
        var reach = Math.Max(1, (int)Math.Round(input.Height * 60 / 224.0 / step));
        return transformation switch
        {
            ImageTransformation.Translation => [.. Enumerable.Range(-reach, 2 * reach + 1).Select(i => (double)i * step)],
            ImageTransformation.Scale => [.. Enumerable.Range(0, 17).Select(i => (100 + 5 * i) / 100.0)],
            ImageTransformation.Rotation => [.. Enumerable.Range(0, 36).Select(i => 10.0 * i)],
            _ => throw new ArgumentOutOfRangeException(nameof(transformation)),
        };
    }

    /// <summary>Transforms images in every way, and looks at each with the network.</summary>
    /// <param name="chosen">The indices of the images.</param>
    /// <param name="log">Is told of the progress.</param>
    /// <returns>A curve an image and transformation, in that order.</returns>
    /// <exception cref="ZfDeclException">ZF1432: an image is of a class that the network does not tell apart.</exception>
    public IReadOnlyList<InvarianceCurve> Measure(IReadOnlyList<int> chosen, IRunLog log)
    {
        if (chosen.FirstOrDefault(image => images.Label(image) is var label && (label == ImageSet.Unknown || label >= net.Classes), -1) is >= 0 and var stranger)
        {
            throw new ZfDeclException("ZF1432",
                $"image '{images.NameOf(stranger)}' is of class '{images.ClassOf(stranger)}', which is none of the {net.Classes} that the network tells apart; look at images of the classes that it was trained on");
        }
        var transformations = Enum.GetValues<ImageTransformation>();
        using var bar = log.Start("transforming images", chosen.Count * transformations.Sum(one => Amounts(one, net.Info.Input).Count), "images");
        return [.. chosen.SelectMany(image => transformations.Select(transformation => Measure(image, transformation, bar)))];
    }

    /// <summary>The transformed image as the network sees it, before its mean is subtracted.</summary>
    /// <param name="image">The index of the image.</param>
    /// <param name="transformation">What is done to it.</param>
    /// <param name="amount">By how much.</param>
    /// <returns>[C, H, W] of the network's input, 0 … 255.</returns>
    public byte[] CropOf(int image, ImageTransformation transformation, double amount) => preprocessor.CentreCrop(Transformed(image, transformation, amount));

    private InvarianceCurve Measure(int image, ImageTransformation transformation, IProgressBar bar)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (first, last, _) = Look([images.Read(image)], image);
        var points = new List<InvariancePoint>();
        foreach (var amounts in Amounts(transformation, net.Info.Input).Chunk(Together))
        {
            using var batch = NewDisposeScope();
            var (firsts, lasts, probabilities) = Look([.. amounts.Select(amount => Transformed(image, transformation, amount))], image);
            var (low, high) = (Distances(firsts, first), Distances(lasts, last));
            points.AddRange(amounts.Select((amount, i) => new InvariancePoint(amount, low[i], high[i], probabilities[i])));
            bar.Advance(amounts.Length);
        }
        return new(image, transformation, points);
    }

    private byte[] Transformed(int image, ImageTransformation transformation, double amount)
    {
        var output = new byte[images.Shape.Count];
        TransformedImage.Write(images.Read(image), images.Shape, transformation, amount, output);
        return output;
    }

    /// <returns>[N, features] of either layer, and the probability of the image's class for each of the N.</returns>
    private (Tensor First, Tensor Last, float[] Probabilities) Look(byte[][] versions, int image)
    {
        var input = preprocessor.InputOf(versions, device);
        using var recording = net.Record(input);
        var probabilities = net.Probabilities(input).select(1, images.Label(image)).cpu();
        return (recording.FeatureMaps(First.Index).flatten(1).clone(), recording.FeatureMaps(Last.Index).flatten(1).clone(), probabilities.data<float>().ToArray());
    }

    private static FeatureDistance[] Distances(Tensor transformed, Tensor original)
    {
        var norm = original.to_type(ScalarType.Float64).norm().item<double>();
        var distances = (transformed - original).to_type(ScalarType.Float64).square().sum(1).sqrt().cpu().data<double>();
        return [.. distances.Select(distance => new FeatureDistance(distance, norm > 0 ? distance / norm : double.NaN))];
    }
}
