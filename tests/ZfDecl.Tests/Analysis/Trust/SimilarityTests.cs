using ZfDecl.Analyses.Trust;

namespace ZfDecl.Tests.Analysis.Trust;

public class SimilarityTests
{
    [Fact]
    public void EqualPicturesAreAlikeByEveryMeasure()
    {
        var similarity = Similarity.Of(Noise(1, 12, 15), Noise(1, 12, 15));
        Assert.Equal((1, 1, 1), (Math.Round(similarity.Rank, 9), Math.Round(similarity.Structure, 9), Math.Round(similarity.Edges, 9)));
    }

    [Fact]
    public void UnrelatedNoiseIsNotAlike()
    {
        var similarity = Similarity.Of(Noise(1, 32, 32), Noise(2, 32, 32));
        Assert.InRange(similarity.Rank, -0.1, 0.1);
        Assert.InRange(similarity.Structure, -0.1, 0.1);
        Assert.InRange(similarity.Edges, -0.3, 0.3);
    }

    [Fact]
    public void RanksAreCountedWithHalvesForEqualValues()
    {
        double[] one = [3, 1, 1, 5, 2, 2, 2], other = [1, 1, 4, 9, 9, 0, 3];
        Assert.Equal(Correlation.Of(Ranks(one), Ranks(other)), RankCorrelation.Of(one, other), 1e-12);

        // A rank is one more than how many are smaller, and half of how many others are equal.
        static double[] Ranks(double[] values) => [.. values.Select(value => 0.5 + values.Count(other => other < value) + (0.5 * values.Count(other => other == value)))];
    }

    [Fact]
    public void ARisingFunctionChangesNoRank() => Assert.Equal(1, RankCorrelation.Of([0.1, 0.5, -2, 7], [Math.Exp(0.1), Math.Exp(0.5), Math.Exp(-2), Math.Exp(7)]), 1e-12);

    [Fact]
    public void StructuralSimilarityIsThatOfAWindowAfterTheOther()
    {
        var (one, other) = (Noise(3, 9, 11).Scaled(), Noise(4, 9, 11).Scaled());
        var values = new List<double>();
        for (var top = 0; top + 7 <= 9; top++)
        {
            for (var left = 0; left + 7 <= 11; left++)
            {
                double[] a = Window(one, top, left), b = Window(other, top, left);
                var (meanA, meanB) = (a.Average(), b.Average());
                var varianceA = a.Sum(value => Math.Pow(value - meanA, 2)) / 48;
                var varianceB = b.Sum(value => Math.Pow(value - meanB, 2)) / 48;
                var covariance = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum() / 48;
                values.Add(((2 * meanA * meanB) + 0.0004) * ((2 * covariance) + 0.0036) / (((meanA * meanA) + (meanB * meanB) + 0.0004) * (varianceA + varianceB + 0.0036)));
            }
        }
        Assert.Equal(values.Average(), StructuralSimilarity.Of(one, other), 1e-9);

        static double[] Window(Plane plane, int top, int left) => [.. from y in Enumerable.Range(top, 7) from x in Enumerable.Range(left, 7) select plane[y, x]];
    }

    [Fact]
    public void ARampToTheRightHasItsGradientsInTheFirstDirectionAndOneDownInTheMiddleOne()
    {
        // Direction 0 is 0 … 20°, direction 4 is 80 … 100°.
        Assert.All(OrientedGradients.Descriptor(Ramp((_, x) => x)).Index().Where(value => value.Item > 0), value => Assert.Equal(0, value.Index % 9));
        Assert.All(OrientedGradients.Descriptor(Ramp((y, _) => y)).Index().Where(value => value.Item > 0), value => Assert.Equal(4, value.Index % 9));
    }

    [Fact]
    public void EdgesAreAlikeWhateverTheirSignAndStrength()
    {
        var one = Noise(5, 16, 16);
        Assert.Equal(1, OrientedGradients.Similarity(one, one with { Values = [.. one.Values.Select(value => -3 * value)] }), 1e-9);
    }

    [Fact]
    public void PicturesTooSmallForAMeasureHaveNone()
    {
        var small = Similarity.Of(Noise(1, 3, 3), Noise(2, 3, 3));
        Assert.True(double.IsNaN(small.Structure) && double.IsNaN(small.Edges) && double.IsFinite(small.Rank));
        Assert.Equal(1, Similarity.Mean([small with { Structure = double.NaN }, new(0, 1, double.NaN)]).Structure);
    }

    [Fact]
    public void APartOfAPictureAddsItsChannelsUp() =>
        // Two channels of 2×3; the right two columns.
        Assert.Equal([2 + 8, 3 + 9, 5 + 11, 6 + 12], Plane.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], new(2, 2, 3), new(0, 1, 2, 2)).Values);

    private static Plane Ramp(Func<int, int, double> value) => new([.. from y in Enumerable.Range(0, 12) from x in Enumerable.Range(0, 12) select value(y, x)], 12, 12);

    private static Plane Noise(int seed, int height, int width)
    {
        var random = new Random(seed);
        return new([.. Enumerable.Range(0, height * width).Select(_ => random.NextDouble() - 0.5)], height, width);
    }
}
