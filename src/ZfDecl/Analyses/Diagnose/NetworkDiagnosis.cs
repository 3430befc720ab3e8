using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Diagnose;

/// <summary>
/// Looks for what made Zeiler &amp; Fergus change Krizhevsky's architecture (2014, §4.1): dead maps, filters that dominate, first filters of extreme frequencies, and
/// aliasing by large strides.
/// </summary>
public static class NetworkDiagnosis
{
    /// <summary>Rings of frequency that a profile has.</summary>
    public const int Rings = 20;

    private const int AliasingImages = 64, DrawsSeed = 1;
    private const long Budget = 256L << 20;     // bytes of a batch's activations, or of one layer's spectra

    /// <summary>Looks at every convolution, and every dense layer that a relu follows.</summary>
    /// <param name="net">The network, with the weights it is to be seen with.</param>
    /// <param name="images">The images: all of them for dead maps, 64 evenly spaced ones for aliasing.</param>
    /// <param name="preprocessor">Makes the network's inputs of them.</param>
    /// <param name="log">Is told of the progress.</param>
    /// <returns>The layers, in order.</returns>
    /// <exception cref="ZfDeclException">ZF1402: there are no images; ZF1403: an activation is infinite or NaN; ZF1430: the network has neither a convolution nor a rectified dense layer.</exception>
    public static IReadOnlyList<LayerDiagnosis> Of(ConvNet net, ImageSet images, Preprocessor preprocessor, IRunLog log)
    {
        var first = FeatureLayers.FirstConvolution(net.Info);
        LayerInfo[] layers = [.. net.Info.Layers.Where(layer => layer.Role == LayerRole.Convolution || (layer.Role == LayerRole.Dense && layer.Readout != layer.Index))];
        if (layers.Length == 0)
            throw new ZfDeclException("ZF1430", $"network '{net.Info.Name}' has neither a convolution nor a dense layer that a relu follows, so it has no filters and no maps that could be dead; choose another network with `spec`", net.Info.SpecFile);
        LayerInfo[] strided = [.. layers.Where(layer => layer.Window is { StrideY: > 1 } or { StrideX: > 1 })];
        var strongest = new FeatureVisualization(net, images, preprocessor, new() { Layers = [.. layers.Select(layer => layer.Name)], Top = 1 }, log).FindStrongest();
        using var scope = NewDisposeScope();
        var aliasing = MeasureAliasing(net, strided, images, preprocessor, log);
        return [.. layers.Select((layer, i) => new LayerDiagnosis
        {
            Layer = layer,
            Images = images.Count,
            Dead = [.. Enumerable.Range(0, layer.Output.Maps).Where(map => strongest[i].Of(map).IsEmpty)],
            Rms = Rms(net.WeightOf(layer)),
            Frequencies = layer == first ? FrequencyShares.Of(net.WeightOf(layer)) : null,
            Profile = layer == first ? FrequencyShares.Profile(net.WeightOf(layer), Rings) : null,
            Structure = layer.Role == LayerRole.Convolution ? FilterStructure.Of(net.WeightOf(layer), DrawsSeed) : null,
            Aliasing = aliasing.GetValueOrDefault(layer),
        })];
    }

    private static Dictionary<LayerInfo, Aliasing> MeasureAliasing(
        ConvNet net, LayerInfo[] layers, ImageSet images, Preprocessor preprocessor, IRunLog log)
    {
        var measured = layers.ToDictionary(layer => layer, layer => new Aliasing(layer, layer.Output.Maps));
        if (layers.Length == 0)
            return measured;
        var device = net.parameters().First().device;
        var chosen = Enumerable.Range(0, Math.Min(AliasingImages, images.Count)).Select(i => (int)((long)i * images.Count / Math.Min(AliasingImages, images.Count))).ToArray();
        // The spectra have a complex number where the layer, at stride 1, would have a value.
        var spectra = layers.Max(layer => layer.Output.Count * layer.Window!.Value.StrideY * layer.Window.Value.StrideX) * 4 * sizeof(float);
        var together = (int)Math.Clamp(Budget / Math.Max(spectra, net.Info.Layers.Sum(layer => layer.Output.Count) * sizeof(float)), 1, 16);
        using var bar = log.Start("measuring aliasing", chosen.Length, "images");
        foreach (var batch in Batches.Of(images, chosen, preprocessor, together, device))
        {
            using var owned = batch;
            using var scope = NewDisposeScope();
            using var recording = net.Record(batch.Images);
            foreach (var layer in layers)
                measured[layer].Add(recording.InputOf(layer.Index), net.WeightOf(layer));
            bar.Advance(batch.Indices.Count);
        }
        return measured;
    }

    private static double[] Rms(Tensor weight)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return weight.flatten(1).to_type(ScalarType.Float64).square().mean([1]).sqrt().cpu().data<double>().ToArray();
    }
}
