namespace ZfDecl.Analyses.Explain;

/// <summary>An image that resembles another in the features of a network.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Class">The name of its class; empty where nobody knows it.</param>
/// <param name="Cosine">The cosine of the angle between the features of both: 1 for the same direction.</param>
/// <param name="IsSame">Whether its pixels are the very same.</param>
/// <param name="Pixels">[C, H, W] of the input, 0 … 255: what the network sees of it.</param>
public sealed record SimilarImage(string Name, string Class, double Cosine, bool IsSame, byte[] Pixels);
