using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Predict;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Explain;

/// <summary>Explains what a network makes of single images.</summary>
/// <param name="net">In evaluation mode; neither owned nor changed.</param>
/// <param name="classes">The names of its classes; none where it tells none apart.</param>
/// <param name="preprocessor">Makes its inputs.</param>
/// <param name="device">Where it is.</param>
/// <param name="layer">The layer whose maps are looked at.</param>
/// <param name="grid">The positions of the occluder.</param>
public sealed class Explainer(ConvNet net, IReadOnlyList<string> classes, Preprocessor preprocessor, Device device, LayerInfo layer, OccluderGrid grid)
{
    /// <summary>How many maps are shown.</summary>
    public const int MapsShown = 6;

    /// <summary>Explains one image, by itself: what resembles it, is for others to find (<see cref="SimilarImages"/>).</summary>
    /// <param name="images">A set that holds it alone.</param>
    /// <param name="class">The class; the most probable one where null.</param>
    /// <param name="map">The map that is watched; the one that is strongest in the image where null.</param>
    /// <param name="log">Shows the progress.</param>
    /// <param name="stop">Asks to leave, by an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ZfDeclException">ZF1306, ZF1403: what the network yields is not finite.</exception>
    public Explanation Explain(ImageSet images, int? @class, int? map, IRunLog log, CancellationToken stop = default)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var prediction = new ImagePredictor(net, preprocessor, device).Of(images, new SilentLog(), stop)[0];
        var decoded = images.Read(0);
        var image = preprocessor.InputOf([decoded], device);
        using var bar = log.Start("explaining", 3, "steps");
        var occlusion = new Occlusion(net, layer, grid, map).Of(image, @class ?? (net.Classes > 0 ? prediction.Strongest[0].Index : null), stop);
        bar.Advance(1);
        var maps = new StrongestMaps(net, layer).Of(image, MapsShown, occlusion.HasClasses ? occlusion.Class : null, occlusion.HasClasses ? map : occlusion.Map);
        bar.Advance(1);
        stop.ThrowIfCancellationRequested();
        var (rules, random) = occlusion.HasClasses ? new PixelRules(net, preprocessor, layer).Of(image, occlusion) : ([], 0);
        bar.Advance(1);
        return new()
        {
            Network = net.Info,
            Classes = classes,
            Prediction = prediction,
            Probabilities = net.Classes > 0 ? [.. nn.functional.softmax(net.call(image).to(ScalarType.Float64), 1).cpu().data<double>()] : [],
            Pixels = preprocessor.CentreCrop(decoded),
            Occlusion = occlusion,
            Maps = maps,
            Rules = rules,
            RandomDeletion = random,
            Similar = null,
            SimilarAreTraining = false,
        };
    }
}
