using ZfDecl.Data;

namespace ZfDecl.Analyses.Correspond;

/// <summary>
/// The permutation test of a part against random regions of its size (Fisher 1935; Phipson &amp; Smyth 2010). Were the position of the part of no account, each image's box could
/// change roles with any of the regions drawn in the same image. So in each image, on its own, one of box and regions is taken for the part, and Δ is measured again: p is
/// the share of these choices whose Δ is as low as that of the boxes, which are one of them.
/// </summary>
/// <param name="Expected">The mean of Δ over the choices: what regions of this size have.</param>
/// <param name="P">The probability of a Δ as low, were the part's position of no account; not corrected for other parts.</param>
/// <param name="Least">The least p that so many images and regions allow.</param>
public sealed record RegionPermutationTest(double Expected, double P, double Least)
{
    /// <summary>All choices are tried up to this number; of more, one less than so many are drawn, besides the boxes themselves.</summary>
    public const int Choices = 10_000;

    /// <summary>Tests a part.</summary>
    /// <param name="distances">H of image i with region a and image j with region b; region 0 is the part's box. Asked for i &lt; j alone.</param>
    /// <param name="images">The images that have the part; at least two.</param>
    /// <param name="regions">The regions of each image, with the box; at least two.</param>
    /// <param name="random">Draws the choices.</param>
    public static RegionPermutationTest Of(Func<int, int, int, int, double> distances, int images, int regions, AugmentationRandom random)
    {
        var all = Math.Pow(regions, images);
        var (tried, drawn) = all <= Choices ? ((int)all, false) : (Choices, true);
        var (choice, sum, asLow) = (new int[images], 0.0, 0);
        var ofBoxes = Sum();
        for (var i = 0; i < tried; i++)
        {
            for (var (image, rest) = (0, i); image < images; image++, rest /= regions)
                choice[image] = !drawn ? rest % regions : i == 0 ? 0 : random.Next(regions);
            var value = Sum();
            sum += value;
            asLow += value <= ofBoxes * (1 + 1e-9) ? 1 : 0;       // sums in one order are equal, but for nothing
        }
        return new(sum / tried / (images * (images - 1) / 2), (double)asLow / tried, 1.0 / tried);

        double Sum()
        {
            var total = 0.0;
            for (var i = 0; i < images; i++)
            {
                for (var j = i + 1; j < images; j++)
                    total += distances(i, choice[i], j, choice[j]);
            }
            return total;
        }
    }

    /// <summary>
    /// Probabilities corrected for how many they are (Holm 1979): the k-th smallest of n, from 0, times n − k; none below a smaller one's, none above 1. Whoever calls those up
    /// to 0.05 found calls anything found by mistake in at most 5 % of the cases.
    /// </summary>
    /// <param name="probabilities">The probabilities.</param>
    /// <returns>Those corrected, in the same order.</returns>
    public static double[] Corrected(IReadOnlyList<double> probabilities)
    {
        var (corrected, least) = (new double[probabilities.Count], 0.0);
        foreach (var (rank, (index, p)) in probabilities.Index().OrderBy(pair => pair.Item).Index())
            corrected[index] = least = Math.Max(least, Math.Min(1, p * (probabilities.Count - rank)));
        return corrected;
    }
}
