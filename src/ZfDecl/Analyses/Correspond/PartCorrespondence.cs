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

    /// <summary>Occludes every part, and random regions of its size, in every image that has it.</summary>
    /// <param name="images">The images; each part is in at least two of them.</param>
    /// <param name="draws">How many random regions are drawn for each part in each image.</param>
    /// <param name="seed">The same seed draws the same regions.</param>
    /// <param name="log">Is told of the progress.</param>
    /// <returns>
    /// A row a part, in the order of the images', with its test against random regions; and at the end one of the random regions, whose pairs are those of all parts and draws.
    /// </returns>
    public IReadOnlyList<PartConsistency> Measure(IReadOnlyList<ImageWithParts> images, int draws, int seed, IRunLog log)
    {
        using var scope = NewDisposeScope();
        string[] parts = [.. images.SelectMany(image => image.Parts.Keys).Distinct()];
        using var bar = log.Start("occluding parts", images.Count, "images");
        var low = parts.ToDictionary(part => part, _ => new List<Tensor>());
        var high = parts.ToDictionary(part => part, _ => new List<Tensor>());
        foreach (var (index, image) in images.Index())
        {
            using var recording = Record([image.Decoded]);
            foreach (var (number, part) in parts.Index().Where(part => image.Parts.ContainsKey(part.Item)))
            {
                PixelRegion[] regions = [image.Parts[part], .. RandomRegions(image.Parts[part], draws, new(seed, number, index))];
                var signs = Occlude(recording, image, regions);
                low[part].Add(signs.Low);
                high[part].Add(signs.High);
            }
            bar.Advance(1);
        }
        var found = parts.Select(part => (Part: part, Low: new RegionDistances(low[part]), High: new RegionDistances(high[part]))).ToArray();
        var rows = found.Select((row, number) => Row(row.Part, [.. row.Low.Pairs(0)], [.. row.High.Pairs(0)]) with
        {
            LowTest = draws > 0 ? RegionPermutationTest.Of(row.Low.At, row.Low.Images, row.Low.Regions, new(seed, number, -1)) : null,
            HighTest = draws > 0 ? RegionPermutationTest.Of(row.High.At, row.High.Images, row.High.Regions, new(seed, number, -2)) : null,
        });
        return draws == 0 ? [.. rows] : [.. rows, Row(null, [.. found.SelectMany(row => OfDraws(row.Low))], [.. found.SelectMany(row => OfDraws(row.High))])];

        IEnumerable<double> OfDraws(RegionDistances distances) => Enumerable.Range(1, draws).SelectMany(distances.Pairs);
    }

    private PixelRegion[] RandomRegions(PixelRegion size, int draws, AugmentationRandom random)
    {
        var regions = new PixelRegion[draws];
        for (var draw = 0; draw < draws; draw++)
            regions[draw] = size with { Top = random.Next(preprocessor.Input.Height - size.Height + 1), Left = random.Next(preprocessor.Input.Width - size.Width + 1) };
        return regions;
    }

    private Recording Record(IReadOnlyList<byte[]> images)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var recording = net.Record(preprocessor.InputOf(images, device));
        recording.MoveToOuterDisposeScope();
        return recording;
    }

    /// <returns>[regions, features] int8 at either layer: sign(x − x̃); of the surrounding dispose scope.</returns>
    private (Tensor Low, Tensor High) Occlude(Recording whole, ImageWithParts image, PixelRegion[] regions)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var signs = new List<(Tensor Low, Tensor High)>();
        foreach (var chunk in regions.Chunk(Together))
        {
            using var changed = Record([.. chunk.Select(region => image.Occluded(region, preprocessor))]);
            signs.Add((Changes(whole, changed, Low), Changes(whole, changed, High)));
        }
        return (cat([.. signs.Select(pair => pair.Low)]).MoveToOuterDisposeScope(), cat([.. signs.Select(pair => pair.High)]).MoveToOuterDisposeScope());
    }

    /// <returns>[N, features]: sign(x − x̃).</returns>
    private static Tensor Changes(Recording whole, Recording occluded, LayerInfo layer)
    {
        using var scope = NewDisposeScope();
        var features = whole.FeatureMaps(layer.Index);
        var change = (features - occluded.FeatureMaps(layer.Index)).flatten(1);
        return (change.sign() * change.abs().gt(features.abs().max() * Rounding)).to_type(ScalarType.Int8).cpu().MoveToOuterDisposeScope();
    }

    private static PartConsistency Row(string? part, double[] low, double[] high) => new(part, SignChange.Of(low), SignChange.Of(high), low.Length);
}
