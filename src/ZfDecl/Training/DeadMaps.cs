using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Training;

/// <summary>
/// The feature maps of the conv layers that are never positive behind their relu: filters that have died, or that nothing in the images asks for.
/// </summary>
/// <remarks>
/// Recording a pass costs as much as the pass. So only as many images are looked at as make a hundredth of the training images, but 64 at least and 256 at
/// most, evenly spread over their set; 32 at a time, and no more once every map has been positive.
/// </remarks>
internal static class DeadMaps
{
    private const int AtOnce = 32, FewestImages = 64, MostImages = 256;

    /// <summary>How many images are looked at.</summary>
    /// <param name="data">What is trained on, and what is looked at.</param>
    internal static int SampleSize(ImageData data) => Math.Min(data.Validation.Count, Math.Clamp(data.Train.Count / 100, FewestImages, MostImages));

    /// <summary>Counts them.</summary>
    /// <param name="network">On <paramref name="device"/>; its mode and its weights stay as they are.</param>
    /// <param name="data">Its validation images are looked at.</param>
    /// <param name="preprocessor">Made for these images.</param>
    /// <param name="device">Where the network is.</param>
    /// <returns>The number of dead maps of each conv layer, by its name.</returns>
    internal static IReadOnlyDictionary<string, int> Count(ConvNet network, ImageData data, Preprocessor preprocessor, Device device)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        LayerInfo[] layers = [.. network.Info.Layers.Where(layer => layer.Role == LayerRole.Convolution)];
        var alive = Array.ConvertAll(layers, layer => zeros(layer.Output.Maps, ScalarType.Bool, device));
        foreach (var batch in Batches.Of(data.Validation, Sample(data.Validation.Count, SampleSize(data)), preprocessor, AtOnce, device))
        {
            using (batch)
            using (NewDisposeScope())
            {
                using var recording = network.RecordTogether(batch.Images);
                for (var i = 0; i < layers.Length; i++)
                    alive[i].logical_or_(recording.FeatureMaps(layers[i].Index).amax([0, 2, 3]) > 0);            // [maps]
            }
            if (Array.TrueForAll(alive, maps => maps.all().item<bool>()))
                break;
        }
        return layers.Zip(alive).ToDictionary(pair => pair.First.Name, pair => pair.First.Output.Maps - (int)pair.Second.sum().item<long>());
    }

    /// <summary>Images evenly spread over a set, in such an order that the first few are evenly spread too.</summary>
    internal static int[] Sample(int images, int count)
    {
        var rounds = (count + AtOnce - 1) / AtOnce;
        return [.. Enumerable.Range(0, rounds).SelectMany(round => Enumerable.Range(0, count).Where(i => i % rounds == round)).Select(i => (int)((long)i * images / count))];
    }
}
