namespace ZfDecl.Analyses.Diagnose;

/// <summary>What a measure is of filters that were drawn as before a training.</summary>
/// <param name="Least">The least of the draws.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Most">The largest.</param>
public readonly record struct InitialRange(double Least, double Mean, double Most)
{
    /// <summary>The range of some draws; at least one.</summary>
    public static InitialRange Of(IReadOnlyList<double> draws) => new(draws.Min(), draws.Average(), draws.Max());

    /// <summary>Whether a value lies within the range, or at most so far from the mean.</summary>
    public bool IsNear(double value, double bound) => (value >= Least && value <= Most) || Math.Abs(value - Mean) <= bound;
}
