namespace ZfDecl.Analyses.Trust;

/// <summary>Pearson's correlation.</summary>
internal static class Correlation
{
    /// <summary>The correlation of two lists.</summary>
    /// <param name="one">Values.</param>
    /// <param name="other">As many.</param>
    /// <returns>−1 … 1; 0 where one of them is even.</returns>
    public static double Of(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        var (meanOne, meanOther) = (one.Average(), other.Average());
        var (product, squareOne, squareOther) = (0.0, 0.0, 0.0);
        for (var i = 0; i < one.Count; i++)
        {
            var (a, b) = (one[i] - meanOne, other[i] - meanOther);
            product += a * b;
            squareOne += a * a;
            squareOther += b * b;
        }
        return squareOne == 0 || squareOther == 0 ? 0 : product / Math.Sqrt(squareOne * squareOther);
    }
}
