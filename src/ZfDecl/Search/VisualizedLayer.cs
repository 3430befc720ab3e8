namespace ZfDecl.Search;

/// <summary>A layer, seen through the strongest units of its feature maps.</summary>
/// <param name="Found">What the search has found in it.</param>
/// <param name="Maps">The maps that are shown, in order, made while they are taken: enumerate them once, before the next layer.</param>
public sealed record VisualizedLayer(TopUnits Found, IEnumerable<VisualizedMap> Maps);
