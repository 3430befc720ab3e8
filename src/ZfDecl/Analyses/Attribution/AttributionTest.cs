using ZfDecl.Analyses.Occlude;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Attribution;

/// <summary>Asks of each rule whether the pixels that it names are those that the network needs for an image's class.</summary>
/// <param name="net">The network; neither owned nor changed.</param>
/// <param name="images">The images.</param>
/// <param name="preprocessor">Makes the network's inputs.</param>
/// <param name="layer">The layer whose maps Grad-CAM weighs; where it has units without positions, Grad-CAM is left out.</param>
/// <param name="grid">The positions of the occluder.</param>
public sealed class AttributionTest(ConvNet net, ImageSet images, Preprocessor preprocessor, LayerInfo layer, OccluderGrid grid)
{
    private static readonly DeletionBaseline[] Baselines = Enum.GetValues<DeletionBaseline>();

    /// <summary>Goes through images of known classes, by the class that each has.</summary>
    /// <param name="indices">The images.</param>
    /// <param name="device">Where the network is.</param>
    /// <param name="log">Is told of the progress.</param>
    /// <param name="covered">Occlusions of some of the images that have been computed already, by image: at this grid, by the class that the image has.</param>
    /// <param name="stop">Asks to leave, by an <see cref="OperationCanceledException"/>.</param>
    public IReadOnlyList<AttributionCurve> Measure(IReadOnlyList<int> indices, Device device, IRunLog log, IReadOnlyDictionary<int, OcclusionMaps>? covered = null, CancellationToken stop = default)
    {
        var (occlusion, cam, integrated, curves) = (new Occlusion(net, layer, grid), new GradCam(net, layer), new IntegratedGradients(net), new DeletionCurves(net, preprocessor));
        var found = new List<AttributionCurve>();
        using var bar = log.Start("deleting and inserting pixels", indices.Count, "images");
        foreach (var batch in Batches.Of(images, [.. indices], preprocessor, batch: 1, device))
        {
            using var owned = batch;
            stop.ThrowIfCancellationRequested();
            var (image, index) = (batch.Images, batch.Indices[0]);
            var label = images.Label(index);
            (AttributionRule Rule, double[] Importance)[] rules =
            [
                (AttributionRule.Occlusion, Needed(covered?.GetValueOrDefault(index) ?? occlusion.Of(image, label, stop))),
                .. layer.IsFlat ? ((AttributionRule, double[])[])[] : [(AttributionRule.GradCam, cam.Of(image, label))],
                (AttributionRule.IntegratedGradients, integrated.Of(image, label)),
                (AttributionRule.Random, Drawn(index)),
            ];
            foreach (var (rule, importance) in rules)
            {
                foreach (var baseline in Baselines)
                {
                    var (deletion, insertion) = curves.Of(image, label, importance, baseline);
                    found.Add(new(index, rule, baseline, deletion, insertion));
                }
            }
            bar.Advance(1);
        }
        return found;
    }

    /// <summary>The less probable the class is behind the squares that cover a pixel, the more it is needed; what no square covers comes last.</summary>
    private static double[] Needed(OcclusionMaps maps) => [.. maps.ProbabilityByPixel().Select(probability => double.IsFinite(probability) ? -probability : double.NegativeInfinity)];

    private double[] Drawn(int image)
    {
        var random = new Random(image);
        return [.. Enumerable.Range(0, net.Info.Input.Height * net.Info.Input.Width).Select(_ => random.NextDouble())];
    }
}
