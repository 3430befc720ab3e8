using ZfDecl.Analyses.Correspond;
using ZfDecl.Data;

namespace ZfDecl.Tests.Analysis;

public class RegionPermutationTestTests
{
    [Fact]
    public void PIsTheShareOfAllChoicesThatAreAsLowAsTheBoxes()
    {
        var distances = Random(seed: 3, images: 3, regions: 4);
        var test = RegionPermutationTest.Of(distances, 3, 4, new(1, 0, 0));
        var choices = (from a in Enumerable.Range(0, 4) from b in Enumerable.Range(0, 4) from c in Enumerable.Range(0, 4) select Delta(a, b, c)).ToArray();
        Assert.Equal(choices.Count(delta => delta <= Delta(0, 0, 0)) / 64.0, test.P, 1e-12);
        Assert.Equal(choices.Average(), test.Expected, 1e-12);
        Assert.Equal(1 / 64.0, test.Least);

        double Delta(int a, int b, int c) => (distances(0, a, 1, b) + distances(0, a, 2, c) + distances(1, b, 2, c)) / 3;
    }

    [Fact]
    public void TwoImagesAndOneRegionEachCannotShowAnything() =>
        // The best that two boxes can be is the lowest of four choices.
        Assert.Equal(0.25, RegionPermutationTest.Of((_, a, _, b) => a == 0 && b == 0 ? 0 : 1, 2, 2, new(1, 0, 0)).P);

    [Fact]
    public void WhereThereAreTooManyChoicesToTryTheyAreDrawn()
    {
        var test = RegionPermutationTest.Of((_, a, _, b) => a == 0 && b == 0 ? 0.1 : 0.5, 6, 21, new(1, 0, 0));
        Assert.Equal((1e-4, 1e-4), (test.P, test.Least));
        Assert.Equal(0.5, test.Expected, 0.01);
    }

    [Fact]
    public void BoxesAtUnrelatedPlacesAreCalledAlikeAsSeldomAsTheLevelSays()
    {
        var called = Enumerable.Range(0, 400).Count(seed => RegionPermutationTest.Of(Random(seed, images: 4, regions: 6), 4, 6, new(seed, 1, 0)).P <= 0.05);
        Assert.InRange(called, 6, 36);      // 20 expected, ± 3.7 standard deviations
    }

    [Fact]
    public void HolmsCorrectionIsThatOfAHandCalculation() =>
        // Sorted 0.01, 0.02, 0.03, 0.6, times 4, 3, 2, 1; none below the one before it.
        Assert.Equal([0.06, 0.04, 0.6, 0.06], RegionPermutationTest.Corrected([0.03, 0.01, 0.6, 0.02]), (one, other) => Math.Abs(one - other) < 1e-12);

    [Fact]
    public void NoCorrectedProbabilityIsAboveOne() => Assert.Equal([1, 1], RegionPermutationTest.Corrected([0.7, 0.8]));

    /// <summary>Distances that know of no part: each region of each image has a number of its own.</summary>
    private static Func<int, int, int, int, double> Random(int seed, int images, int regions)
    {
        var random = new AugmentationRandom(seed, 0, 0);
        var values = Enumerable.Range(0, images * regions).Select(_ => random.NextDouble()).ToArray();
        return (i, a, j, b) => Math.Abs(values[(i * regions) + a] - values[(j * regions) + b]);
    }
}
