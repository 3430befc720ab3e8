using ZfDecl.Analyses.Project;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Explain;

/// <summary>The feature maps of a layer that an image excites most, projected to its pixels.</summary>
/// <param name="net">In evaluation mode; neither owned nor changed.</param>
/// <param name="layer">The layer; where a relu follows, its maps are those behind it.</param>
public sealed class StrongestMaps(ConvNet net, LayerInfo layer)
{
    /// <summary>Finds them.</summary>
    /// <param name="image">[1, C, H, W], preprocessed, on the network's device.</param>
    /// <param name="most">How many there are at most: only those with an activation above 0.</param>
    /// <param name="class">The class that is explained; null for none.</param>
    /// <param name="first">A map that comes first, however strong it is; null for none.</param>
    /// <returns>By the strongest activation, the strongest first.</returns>
    /// <exception cref="ZfDeclException">ZF1403: an activation is not finite.</exception>
    public IReadOnlyList<MapEvidence> Of(Tensor image, int most, int? @class, int? first = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var recording = net.Record(image);
        var maps = recording.FeatureMaps(layer.Index)[0];                               // [maps, h, w], or [units]
        float[] strongest = [.. maps.reshape(maps.shape[0], -1).amax(1).cpu().data<float>()];
        int[] chosen = [.. strongest.Index().Where(map => map.Item > 0 || map.Index == first).OrderByDescending(map => map.Index == first).ThenByDescending(map => map.Item).Take(most).Select(map => map.Index)];
        if (chosen.Length == 0)
            return [];
        float[]? without = @class is { } explained ? [.. new MapAblation(net).Without(recording, layer, chosen).select(1, explained).cpu().contiguous().data<float>()] : null;
        return [.. chosen.Select((map, number) => Of(image, map, without?[number]))];
    }

    private MapEvidence Of(Tensor image, int map, double? without)
    {
        var (input, window) = (net.Info.Input, new UnitWindow(layer.ReceptiveField, net.Info.Input));
        try
        {
            var deconv = ImageProjection.OfUnit(net, image, layer, map, at: null, new());
            var (_, at) = deconv.Unit!.Value;
            return new(map, deconv.Value, at, window.At(at.Y, at.X), deconv.Shown(input), ImageProjection.OfUnit(net, image, layer, map, at, new() { Relu = ReluRule.Mask }).Shown(input), without);
        }
        catch (ZfDeclException unknown) when (unknown.Code == "ZF1464")
        {
            using var recording = net.Record(image);
            var values = recording.FeatureMaps(layer.Index)[0][map].reshape(-1);
            var strongest = (int)values.argmax().item<long>();
            var at = new UnitPosition(strongest / layer.Output.Width, strongest % layer.Output.Width);
            return new(map, values[strongest].item<float>(), at, window.At(at.Y, at.X), [], [], without);
        }
    }
}
