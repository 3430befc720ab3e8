using static TorchSharp.torch;

namespace ZfDecl.Analyses.Trust;

/// <summary>
/// The signed-rank test of paired differences (Wilcoxon 1945), two-sided, by its normal approximation with the correction for ties; differences of 0 are left out.
/// </summary>
/// <param name="Count">Differences other than 0.</param>
/// <param name="Mean">The mean of all differences.</param>
/// <param name="Positive">The share of the differences other than 0 that are positive.</param>
/// <param name="Z">The test's statistic, standard normal where there is no difference.</param>
public sealed record SignedRankTest(int Count, double Mean, double Positive, double Z)
{
    /// <summary>The probability of a |z| at least as large where there is no difference.</summary>
    public double P
    {
        get
        {
            using var scope = NewDisposeScope();
            return special.erfc(tensor(Math.Abs(Z) / Math.Sqrt(2), ScalarType.Float64)).item<double>();
        }
    }

    /// <summary>Tests differences.</summary>
    /// <param name="differences">One for each pair; at least one.</param>
    public static SignedRankTest Of(IReadOnlyCollection<double> differences)
    {
        var ordered = differences.Where(difference => difference != 0).OrderBy(Math.Abs).ToArray();
        var n = (double)ordered.Length;
        var (positive, ties) = (0.0, 0.0);
        for (var i = 0; i < ordered.Length;)
        {
            var end = i + 1;
            while (end < ordered.Length && Math.Abs(ordered[end]) == Math.Abs(ordered[i]))
                end++;
            var (rank, tied) = ((i + 1 + end) / 2.0, (double)(end - i));      // ranks from 1, their mean among equals
            positive += ordered[i..end].Count(difference => difference > 0) * rank;
            ties += (tied * tied * tied) - tied;
            i = end;
        }
        var variance = (n * (n + 1) * ((2 * n) + 1) / 24) - (ties / 48);
        var z = variance > 0 ? (positive - (n * (n + 1) / 4)) / Math.Sqrt(variance) : 0;
        return new(ordered.Length, differences.Average(), n == 0 ? 0.5 : ordered.Count(difference => difference > 0) / n, z);
    }
}
