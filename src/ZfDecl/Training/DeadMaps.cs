using ZfDecl.Data;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// The feature maps of the conv layers that are never positive behind their relu: filters that have died, or that nothing in the images asks for.
/// </summary>
/// <remarks>
/// Recording a pass costs more than the pass. So not all images are looked at but up to 256 of them, evenly spread over the set, 32 at a time, and no
/// more once every map has been positive: in a network that is well, that is the first time.
/// </remarks>
internal static class DeadMaps
{
    /// <summary>The most images that are looked at.</summary>
    internal const int MostImages = 256;

    private const int AtOnce = 32;

    /// <summary>Counts them.</summary>
    /// <param name="network">On <paramref name="device"/>; its mode and its weights stay as they are.</param>
    /// <param name="images">At least one.</param>
    /// <param name="preprocessor">Made for these images.</param>
    /// <param name="device">Where the network is.</param>
    /// <returns>The number of dead maps of each conv layer, by its name.</returns>
    internal static IReadOnlyDictionary<string, int> Count(ConvNet network, ImageSet images, Preprocessor preprocessor, Device device)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        LayerInfo[] layers = [.. network.Info.Layers.Where(layer => layer.Kind == "conv")];
        var alive = Array.ConvertAll(layers, layer => zeros(layer.Output.Maps, ScalarType.Bool, device));
        foreach (var batch in Batches.Of(images, Sample(images.Count), preprocessor, AtOnce, device))
        {
            using (batch)
            using (NewDisposeScope())
            {
                using var seen = network.Record(batch.Images);
                for (var i = 0; i < layers.Length; i++)
                    alive[i].logical_or_(seen.FeatureMaps(layers[i].Index).amax([0, 2, 3]) > 0);            // [maps]
            }
            if (Array.TrueForAll(alive, maps => maps.all().item<bool>()))
                break;
        }
        return layers.Zip(alive).ToDictionary(pair => pair.First.Name, pair => pair.First.Output.Maps - (int)pair.Second.sum().item<long>());
    }

    /// <summary>Images evenly spread over a set, in such an order that the first few are evenly spread too.</summary>
    internal static int[] Sample(int images)
    {
        var count = Math.Min(images, MostImages);
        var rounds = (count + AtOnce - 1) / AtOnce;
        return [.. Enumerable.Range(0, rounds).SelectMany(round => Enumerable.Range(0, count).Where(i => i % rounds == round)).Select(i => (int)((long)i * images / count))];
    }
}
