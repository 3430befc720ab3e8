namespace ZfDecl.Analyses.Trust;

/// <summary>The share of a unit's projections' energy that lies on the object of its image, each 0 … 1.</summary>
/// <param name="Chance">The object's share of the pixels that the unit sees: what an even spread would put on it.</param>
/// <param name="Deconv">By the paper's rule.</param>
/// <param name="Masked">By the gradient.</param>
/// <param name="Guided">By both together.</param>
public sealed record EnergyPointingGame(double Chance, double Deconv, double Masked, double Guided);
