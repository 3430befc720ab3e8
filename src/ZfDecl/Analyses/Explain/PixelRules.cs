using ZfDecl.Analyses.Attribution;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Analyses.Trust;
using ZfDecl.Data.Batching;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Explain;

/// <summary>Asks several rules which pixels of an image speak for a class, and the network whether it needs them.</summary>
/// <param name="net">In evaluation mode; neither owned nor changed.</param>
/// <param name="preprocessor">Makes its inputs.</param>
/// <param name="layer">The layer whose maps Grad-CAM weighs; where its units have no positions, Grad-CAM is left out.</param>
public sealed class PixelRules(ConvNet net, Preprocessor preprocessor, LayerInfo layer)
{
    private const int Orders = 10;

    /// <summary>Asks occlusion, Grad-CAM and integrated gradients.</summary>
    /// <param name="image">[1, C, H, W], preprocessed, on the network's device.</param>
    /// <param name="maps">The occlusion of the image.</param>
    /// <returns>A row for each rule, occlusion first; and the mean area under the deletion curves of ten random orders, which they are held against.</returns>
    public (IReadOnlyList<PixelEvidence> Rules, double Random) Of(Tensor image, OcclusionMaps maps)
    {
        var (curves, occluded) = (new DeletionCurves(net, preprocessor), Needed(maps));
        (AttributionRule Rule, double[] Importance)[] rules =
        [
            (AttributionRule.Occlusion, occluded),
            .. layer.IsFlat || layer.Output.Height * layer.Output.Width == 1 ? ((AttributionRule, double[])[])[] : [(AttributionRule.GradCam, new GradCam(net, layer).Of(image, maps.Class))],
            (AttributionRule.IntegratedGradients, new IntegratedGradients(net).Of(image, maps.Class)),
        ];
        return ([.. rules.Select(rule => new PixelEvidence(rule.Rule, rule.Importance, Deleted(rule.Importance), rule.Rule == AttributionRule.Occlusion ? 1 : RankCorrelation.Of(rule.Importance, occluded)))],
            Enumerable.Range(0, Orders).Average(seed => Deleted(Drawn(new(seed), occluded.Length))));

        double Deleted(double[] importance) => DeletionCurves.Area(curves.Of(image, maps.Class, importance, DeletionBaseline.Grey).Deletion);
    }

    /// <summary>The less probable the class is behind the squares that cover a pixel, the more it is needed; what no square covers comes last.</summary>
    private static double[] Needed(OcclusionMaps maps) => [.. maps.ProbabilityByPixel().Select(probability => double.IsFinite(probability) ? -probability : double.NegativeInfinity)];

    private static double[] Drawn(Random random, int pixels) => [.. Enumerable.Range(0, pixels).Select(_ => random.NextDouble())];
}
