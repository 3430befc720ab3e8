using ZfDecl.Networks;

namespace ZfDecl.Analyses.Predict;

/// <summary>One of the strongest outputs of a network for an image: a class, or, of a network without classes, a channel of its last layer.</summary>
/// <param name="Index">The class, an index of the network's classes; or the channel, from 0.</param>
/// <param name="Value">The probability of the class, 0 … 1; or the channel's largest value.</param>
/// <param name="Score">The score of the class, before the softmax; null of a channel.</param>
/// <param name="At">Where in its map the channel has that value; null of a class, and of a last layer without positions.</param>
public readonly record struct StrongestOutput(int Index, double Value, double? Score = null, UnitPosition? At = null);
