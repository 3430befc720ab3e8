using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Occlude;

/// <summary>
/// The sensitivity of a network to what is covered (Zeiler &amp; Fergus 2014, §4.2): a grey square moves over an image, and at each position the network is
/// asked again.
/// </summary>
/// <param name="net">The network, in evaluation mode; neither owned nor changed.</param>
/// <param name="layer">The layer whose strongest map is watched; where a relu follows, behind it.</param>
/// <param name="grid">The positions of the square.</param>
/// <param name="watchedMap">The map that is watched; the strongest where null.</param>
public sealed class Occlusion(ConvNet net, LayerInfo layer, OccluderGrid grid, int? watchedMap = null)
{
    /// <summary>What the square is filled with, in each channel, as the network sees it: 0, the mean of what is subtracted from each pixel.</summary>
    public const float Grey = 0;

    /// <summary>Covers an image.</summary>
    /// <param name="image">[1, channels, height, width], preprocessed, on the network's device. Not kept.</param>
    /// <param name="class">Its class; where null, the one that the network takes it for. Nothing is known of classes where the network has none.</param>
    /// <param name="stop">Asks to leave, by an <see cref="OperationCanceledException"/>.</param>
    public OcclusionMaps Of(Tensor image, int? @class = null, CancellationToken stop = default)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var forward = new OccludedForward(net, image);
        var summed = forward.Clean.FeatureMaps(layer.Index)[0].reshape(-1, layer.Output.Height * layer.Output.Width).sum(1);    // [maps]
        var map = watchedMap ?? (int)summed.argmax().item<long>();
        if (net.Classes == 0)
            return OfMap(forward, map, summed[map].item<float>(), stop);
        var clean = forward.Clean.Activation(net.Info.Layers.Count - 1)[0];                                                    // [classes], behind the softmax
        var predicted = (int)clean.argmax().item<long>();
        var watched = @class ?? predicted;
        using var responses = forward.Run([.. Enumerable.Range(0, grid.Count).Select(grid.At)], Grey, layer.Index, map, stop);
        return new()
        {
            Grid = grid,
            Layer = layer,
            Map = map,
            Class = watched,
            Activity = responses.Activity.data<float>().ToArray(),
            Probability = Of(watched),
            PredictedProbability = predicted == watched ? null : Of(predicted),
            CleanPredictedProbability = predicted == watched ? null : clean[predicted].item<float>(),
            Predicted = [.. responses.Probabilities.argmax(1).data<long>().ToArray().Select(index => (int)index)],
            CleanActivity = summed[map].item<float>(),
            CleanProbability = clean[watched].item<float>(),
            CleanPredicted = predicted,
        };

        float[] Of(int column) => responses.Probabilities.select(1, column).contiguous().data<float>().ToArray();
    }

    private OcclusionMaps OfMap(OccludedForward forward, int map, float clean, CancellationToken stop)
    {
        using var responses = forward.Run([.. Enumerable.Range(0, grid.Count).Select(grid.At)], Grey, layer.Index, map, stop);
        return new()
        {
            Grid = grid,
            Layer = layer,
            Map = map,
            Class = OcclusionMaps.NoClass,
            Activity = responses.Activity.data<float>().ToArray(),
            Probability = [],
            Predicted = [],
            CleanActivity = clean,
            CleanProbability = 0,
            CleanPredicted = OcclusionMaps.NoClass,
        };
    }
}
