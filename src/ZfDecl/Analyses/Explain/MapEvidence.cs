using ZfDecl.Networks;

namespace ZfDecl.Analyses.Explain;

/// <summary>A feature map that an image excites, and what it does for the class that is explained.</summary>
/// <param name="Map">The map.</param>
/// <param name="Value">Its strongest activation.</param>
/// <param name="At">Where that is in the map.</param>
/// <param name="Window">What of the image the unit there sees.</param>
/// <param name="Projection">[C, H, W] of the input: that unit alone, projected to pixels by the paper's rule, in red, green and blue; empty where the layer cannot be projected.</param>
/// <param name="Gradient">The same by the gradient's rule (footnote 1 of the paper).</param>
/// <param name="Without">The probability of the class where the whole map is 0; null where no class is explained.</param>
public sealed record MapEvidence(int Map, float Value, UnitPosition At, PixelRegion Window, float[] Projection, float[] Gradient, double? Without);
