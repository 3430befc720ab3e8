namespace ZfDecl.Analyses.Attribution;

/// <summary>How it is found which pixels speak for a class.</summary>
public enum AttributionRule
{
    /// <summary>A grey square over each pixel takes probability from the class: the reference, which needs no gradients.</summary>
    Occlusion,

    /// <summary><see cref="Attribution.GradCam"/> of a layer.</summary>
    GradCam,

    /// <summary><see cref="Attribution.IntegratedGradients"/>.</summary>
    IntegratedGradients,

    /// <summary>An order drawn at random, of each image its own: what the others are held against.</summary>
    Random,
}

/// <summary>What became of one image under one rule and one baseline.</summary>
/// <param name="Image">The image's index.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Baseline">What replaced pixels.</param>
/// <param name="Deletion">The class's probability as the most important pixels are replaced: <see cref="DeletionCurves.Steps"/> + 1 values.</param>
/// <param name="Insertion">The same as they are put into the baseline.</param>
public sealed record AttributionCurve(int Image, AttributionRule Rule, DeletionBaseline Baseline, double[] Deletion, double[] Insertion);
