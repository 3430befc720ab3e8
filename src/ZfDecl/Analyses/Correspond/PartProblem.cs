namespace ZfDecl.Analyses.Correspond;

/// <summary>What is wrong with a line of a file of parts.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Code">ZF1440: it does not read; ZF1441: its image is not there; ZF1442: its box is not in the image; ZF1443: its part cannot be compared.</param>
/// <param name="Finding">What was found, what is allowed and the remedy.</param>
public sealed record PartProblem(int Line, string Code, string Finding);
