using ZfDecl.Networks;

namespace ZfDecl.Analyses.Trust;

/// <summary>The projections of some units after the layers from the top down to one were drawn anew.</summary>
/// <param name="Lowest">The lowest layer that was drawn anew; null where none was.</param>
/// <param name="Layers">How many were.</param>
/// <param name="Rule">The rule of the projections.</param>
/// <param name="ToTrained">How alike they are to those of the trained network; the mean over the units that project anything.</param>
/// <param name="ToImage">How alike they are to what the units saw; the mean over the units that project anything.</param>
/// <param name="Projections">[C, H, W] of each unit.</param>
public sealed record RandomisedStep(LayerInfo? Lowest, int Layers, ReluRule Rule, Similarity ToTrained, Similarity ToImage, IReadOnlyList<float[]> Projections)
{
    /// <summary>How many of the units project nothing at all, and are left out of the means.</summary>
    public int Silent => Projections.Count(projection => projection.All(value => value == 0));
}
