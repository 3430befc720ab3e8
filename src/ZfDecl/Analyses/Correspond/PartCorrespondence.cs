using ZfDecl.Data;
using ZfDecl.Data.Batching;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Correspond;

/// <summary>
/// Whether a network relates the same part of different objects, though nobody told it of parts (Zeiler &amp; Fergus, arXiv 1311.2901v3, §4.3 and Table 1). A part is
/// occluded in each image i, which changes its features by ε_i = x_i − x̃_i; Δ is the mean over pairs i ≠ j of H(sign ε_i, sign ε_j), where H is the Hamming distance
/// over the number of features and a sign is −1, 0 or 1. An occluded part is filled with the mean colour of what the network sees of
/// its image, before that is preprocessed.
/// </summary>
/// <remarks>The paper writes Δ as a sum; its published values are means. It neither changes nor owns the network. It is not thread-safe.</remarks>
public sealed class PartCorrespondence
{
    /// <summary>A change of less than this part of the layer's largest feature is none: images are rounded otherwise in batches of other sizes.</summary>
    public const double Rounding = 1e-5;

    private const int Together = 32;

    private readonly ConvNet net;
    private readonly Preprocessor preprocessor;
    private readonly Device device;

    /// <param name="net">The network, with the weights it is to be seen with.</param>
    /// <param name="preprocessor">Makes the network's inputs.</param>
    /// <param name="low">"Layer 5"; see <see cref="FeatureLayers.LastConvolution"/>.</param>
    /// <param name="high">"Layer 7"; see <see cref="FeatureLayers.LastHidden"/>.</param>
    public PartCorrespondence(ConvNet net, Preprocessor preprocessor, LayerInfo low, LayerInfo high)
    {
        (this.net, this.preprocessor, Low, High) = (net, preprocessor, low, high);
        device = net.parameters().FirstOrDefault()?.device ?? CPU;
    }

    /// <summary>The low layer.</summary>
    public LayerInfo Low { get; }

    /// <summary>The high layer.</summary>
    public LayerInfo High { get; }

    /// <summary>Occludes every part, and random regions, in every image.</summary>
    /// <param name="images">The images; each part is in at least two of them.</param>
    /// <param name="draws">How often random regions are drawn: each time one in each image, of the size of one of its parts, these in turn.</param>
    /// <param name="seed">The same seed draws the same regions.</param>
    /// <param name="log">Is told of the progress.</param>
    /// <returns>A row a part, in the order of the images', and at the end one of the random regions, whose pairs are those of all draws.</returns>
    public IReadOnlyList<PartConsistency> Measure(IReadOnlyList<ImageWithParts> images, int draws, int seed, IRunLog log)
    {
        string[] parts = [.. images.SelectMany(image => image.Parts.Keys).Distinct()];
        using var bar = log.Start("occluding parts", images.Count, "images");
        var found = new List<(Dictionary<string, Signs> Parts, Signs[] Random)>();
        foreach (var image in images)
        {
            var own = parts.Where(image.Parts.ContainsKey).ToArray();
            var regions = RandomRegions(image, own, draws, seed, found.Count);
            var signs = Occlude(image, [.. own.Select(part => image.Parts[part]), .. regions]);
            found.Add((own.Select((part, i) => (part, signs[i])).ToDictionary(), signs[own.Length..]));
            bar.Advance(1);
        }
        var rows = parts.Select(part => Row(part, [Pairs([.. found.Where(image => image.Parts.ContainsKey(part)).Select(image => image.Parts[part])])]));
        return draws == 0 ? [.. rows] : [.. rows, Row(null, Enumerable.Range(0, draws).Select(draw => Pairs([.. found.Where(image => image.Random.Length > 0).Select(image => image.Random[draw])])))];
    }

    private PixelRegion[] RandomRegions(ImageWithParts image, string[] parts, int draws, int seed, int index)
    {
        if (parts.Length == 0)
            return [];
        var random = new AugmentationRandom(seed, 0, index);
        var regions = new PixelRegion[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            var size = image.Parts[parts[draw % parts.Length]];
            regions[draw] = size with { Top = random.Next(preprocessor.Input.Height - size.Height + 1), Left = random.Next(preprocessor.Input.Width - size.Width + 1) };
        }
        return regions;
    }

    private Signs[] Occlude(ImageWithParts image, PixelRegion[] regions)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var whole = net.Record(preprocessor.InputOf([image.Decoded], device));
        var signs = new List<Signs>();
        foreach (var chunk in regions.Chunk(Together))
        {
            using var batch = NewDisposeScope();
            using var changed = net.Record(preprocessor.InputOf([.. chunk.Select(region => image.Occluded(region, preprocessor))], device));
            var (low, high) = (Changes(whole, changed, Low), Changes(whole, changed, High));
            for (var i = 0; i < chunk.Length; i++)
                signs.Add(new(low[i].data<sbyte>().ToArray(), high[i].data<sbyte>().ToArray()));
        }
        return [.. signs];
    }

    /// <returns>[N, features]: sign(x − x̃).</returns>
    private static Tensor Changes(Recording whole, Recording occluded, LayerInfo layer)
    {
        var features = whole.FeatureMaps(layer.Index);
        var change = (features - occluded.FeatureMaps(layer.Index)).flatten(1);
        return (change.sign() * change.abs().gt(features.abs().max() * Rounding)).to_type(ScalarType.Int8).cpu();
    }

    private static (List<double> Low, List<double> High) Pairs(Signs[] images)
    {
        var (low, high) = (new List<double>(), new List<double>());
        for (var i = 0; i < images.Length; i++)
        {
            for (var j = i + 1; j < images.Length; j++)      // H is symmetric: i < j stands for both orders
            {
                low.Add(Hamming(images[i].Low, images[j].Low));
                high.Add(Hamming(images[i].High, images[j].High));
            }
        }
        return (low, high);
    }

    private static double Hamming(sbyte[] one, sbyte[] other)
    {
        var differing = 0;
        for (var i = 0; i < one.Length; i++)
            differing += one[i] != other[i] ? 1 : 0;
        return (double)differing / one.Length;
    }

    private static PartConsistency Row(string? part, IEnumerable<(List<double> Low, List<double> High)> groups)
    {
        var all = groups.ToArray();
        double[] low = [.. all.SelectMany(group => group.Low)], high = [.. all.SelectMany(group => group.High)];
        return new(part, SignChange.Of(low), SignChange.Of(high), low.Length);
    }

    /// <summary>What occluding one region does to the features of one image.</summary>
    private sealed record Signs(sbyte[] Low, sbyte[] High);
}
