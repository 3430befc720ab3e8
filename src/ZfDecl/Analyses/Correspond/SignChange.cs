namespace ZfDecl.Analyses.Correspond;

/// <summary>Δ: the share of features whose change has another sign in one image than in the other, 0 … 1; low where occluding does the same to both.</summary>
/// <param name="Mean">Its mean over all pairs of images.</param>
/// <param name="Deviation">Its standard deviation over these pairs, with divisor n − 1; 0 for a single pair.</param>
public readonly record struct SignChange(double Mean, double Deviation)
{
    /// <summary>The mean and deviation of some values; at least one.</summary>
    public static SignChange Of(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return new(mean, values.Count > 1 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1)) : 0);
    }
}
