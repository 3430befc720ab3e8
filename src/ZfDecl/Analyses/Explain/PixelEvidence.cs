using ZfDecl.Analyses.Attribution;

namespace ZfDecl.Analyses.Explain;

/// <summary>Which pixels one rule names for a class in one image, and whether the network needs them there.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Importance">[H, W] of the input: the larger, the more the pixel speaks for the class.</param>
/// <param name="Deletion">The area under the class's probability as pixels become grey, those that the rule names first (<see cref="DeletionCurves"/>): the smaller, the sooner the class is gone.</param>
/// <param name="ToOcclusion">Spearman's rank correlation of the importance with that of occlusion, over all pixels; 1 for occlusion itself.</param>
public sealed record PixelEvidence(AttributionRule Rule, double[] Importance, double Deletion, double ToOcclusion);
