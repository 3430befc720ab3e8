namespace ZfDecl.Analyses.Trust;

/// <summary>
/// The structural similarity index (Wang et al. 2004) of two pictures of values −1 … 1: the mean over all windows of 7×7 pixels, which weigh alike, of
/// <c>(2 μ_a μ_b + c₁)(2 σ_ab + c₂) / ((μ_a² + μ_b² + c₁)(σ_a² + σ_b² + c₂))</c> with c₁ = (0.01 · 2)², c₂ = (0.03 · 2)² and the unbiased (co)variances.
/// </summary>
internal static class StructuralSimilarity
{
    private const int Side = 7;
    private const double C1 = 0.02 * 0.02, C2 = 0.06 * 0.06;

    /// <summary>The similarity of two pictures.</summary>
    /// <param name="one">A picture, −1 … 1.</param>
    /// <param name="other">One of its size.</param>
    /// <returns>At most 1, which equal pictures have; NaN of pictures that are smaller than a window.</returns>
    public static double Of(Plane one, Plane other)
    {
        if (one.Height < Side || one.Width < Side)
            return double.NaN;
        double[] a = Sums(one, (y, x) => one[y, x]), b = Sums(one, (y, x) => other[y, x]);
        double[] aa = Sums(one, (y, x) => one[y, x] * one[y, x]), bb = Sums(one, (y, x) => other[y, x] * other[y, x]), ab = Sums(one, (y, x) => one[y, x] * other[y, x]);
        const double Count = Side * Side;
        return a.Select((sum, i) =>
        {
            var (meanA, meanB) = (sum / Count, b[i] / Count);
            var (varianceA, varianceB, covariance) = ((aa[i] - (sum * meanA)) / (Count - 1), (bb[i] - (b[i] * meanB)) / (Count - 1), (ab[i] - (sum * meanB)) / (Count - 1));
            return ((2 * meanA * meanB) + C1) * ((2 * covariance) + C2) / (((meanA * meanA) + (meanB * meanB) + C1) * (varianceA + varianceB + C2));
        }).Average();
    }

    /// <returns>The sum of each window, from the sums above and to the left of each pixel.</returns>
    private static double[] Sums(Plane shape, Func<int, int, double> value)
    {
        var (height, width) = (shape.Height, shape.Width);
        var above = new double[height + 1, width + 1];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
                above[y + 1, x + 1] = value(y, x) + above[y, x + 1] + above[y + 1, x] - above[y, x];
        }
        return
        [
            .. from y in Enumerable.Range(0, height - Side + 1)
               from x in Enumerable.Range(0, width - Side + 1)
               select above[y + Side, x + Side] - above[y, x + Side] - above[y + Side, x] + above[y, x],
        ];
    }
}
