using ZfDecl.Analyses.Trust;

namespace ZfDecl.Tests.Analysis.Trust;

public class SignedRankTestTests
{
    [Fact]
    public void RanksAreSummedByHand()
    {
        // |d| ranked: 1 → 1, 2 and 2 → 2.5 each, 4 → 4, 5 → 5; the positive ones sum to 12.5 of 15. Variance 5·6·11/24 − (2³ − 2)/48 = 13.625.
        var test = SignedRankTest.Of([1, -2, 2, 4, 5, 0]);
        Assert.Equal(5, test.Count);
        Assert.Equal(10.0 / 6, test.Mean, 12);
        Assert.Equal(0.8, test.Positive, 12);
        Assert.Equal(5 / Math.Sqrt(13.625), test.Z, 12);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.959963985, 0.05)]     // the normal distribution's 97.5 % quantile
    [InlineData(-2.575829304, 0.01)]
    public void TheProbabilityIsTheNormalDistributions(double z, double p) => Assert.Equal(p, new SignedRankTest(9, 0, 0.5, z).P, 9);

    [Fact]
    public void WithoutADifferenceThereIsNothingToSee() => Assert.Equal((0, 0.0, 1.0), (SignedRankTest.Of([0, 0]).Count, SignedRankTest.Of([0, 0]).Z, SignedRankTest.Of([0, 0]).P));
}
