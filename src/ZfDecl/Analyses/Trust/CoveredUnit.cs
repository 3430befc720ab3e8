namespace ZfDecl.Analyses.Trust;

/// <summary>What covering takes from a unit.</summary>
/// <param name="Map">Its feature map.</param>
/// <param name="Image">The index of its image.</param>
/// <param name="Marked">The share of its activation that is gone when what its projection marks is covered; below 0 where it grows.</param>
/// <param name="Elsewhere">The same for an equal area elsewhere, the mean of three.</param>
public sealed record CoveredUnit(int Map, int Image, double Marked, double Elsewhere);
