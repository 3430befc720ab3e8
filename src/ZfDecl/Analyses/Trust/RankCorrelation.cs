namespace ZfDecl.Analyses.Trust;

/// <summary>Spearman's rank correlation (1904): whether two pictures put their pixels into the same order.</summary>
internal static class RankCorrelation
{
    /// <summary>The correlation of two lists, equal values having the mean of their ranks.</summary>
    /// <param name="one">Values.</param>
    /// <param name="other">As many.</param>
    /// <returns>−1 … 1; 0 where one of them is even.</returns>
    public static double Of(IReadOnlyList<double> one, IReadOnlyList<double> other) => Correlation.Of(Ranks(one), Ranks(other));

    /// <returns>The rank of each value from 1, the mean of them among equals.</returns>
    private static double[] Ranks(IReadOnlyList<double> values)
    {
        var (order, ranks) = (Enumerable.Range(0, values.Count).OrderBy(index => values[index]).ToArray(), new double[values.Count]);
        for (var first = 0; first < order.Length;)
        {
            var end = first + 1;
            while (end < order.Length && values[order[end]] == values[order[first]])
                end++;
            foreach (var index in order[first..end])
                ranks[index] = (first + 1 + end) / 2.0;
            first = end;
        }
        return ranks;
    }
}
