namespace ZfDecl.Studies.Comparison;

/// <summary>
/// How much one row of a comparison differs from another, seed by seed: the seed decides what both have in common, the order of the images and, where the data
/// is not divided, which of them validate.
/// </summary>
/// <param name="Mean">The mean of the differences.</param>
/// <param name="StandardError">Its standard error over the seeds, deviation / √N; null for a single seed. It says nothing of the choice of validation images.</param>
/// <param name="Seeds">How many seeds both rows have.</param>
internal readonly record struct PairedDifference(double Mean, double? StandardError, int Seeds)
{
    /// <summary>Of a row's validation top-1 error from another's; null where they have no seed in common.</summary>
    public static PairedDifference? OfVal(ComparedRow row, ComparedRow other)
    {
        double[] differences = [.. row.Seeds.Join(other.Seeds, one => one.Seed, one => one.Seed, (one, two) => one.ValTop1Error - two.ValTop1Error)];
        if (differences.Length == 0)
            return null;
        var (mean, deviation) = MeanDeviation.Of(differences);
        return new(mean, deviation / Math.Sqrt(differences.Length), differences.Length);
    }

    /// <summary>In points of a hundred, with its sign: <c>+0.8±0.3</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{100 * Mean:+0.0;−0.0;0.0}") + (StandardError is { } error ? FormattableString.Invariant($"±{100 * error:0.0}") : "");
}
