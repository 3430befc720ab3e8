namespace ZfDecl.Analyses.Occlude;

/// <summary>What a network makes of an image that nothing covers.</summary>
/// <param name="Activity">The summed activity of the map that is watched.</param>
/// <param name="Probability">The probability of the true class, 0 … 1.</param>
/// <param name="Predicted">The most probable class, an index of the classes.</param>
public sealed record OcclusionBaseline(float Activity, float Probability, int Predicted);
