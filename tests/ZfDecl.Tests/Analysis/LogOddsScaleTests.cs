using ZfDecl.Analyses.Occlude;

namespace ZfDecl.Tests.Analysis;

public class LogOddsScaleTests
{
    [Fact]
    public void TheMiddleIsWhereTheLogOddsAreHalfway() =>
        // ln(0.9/0.1) = −ln(0.1/0.9): 0.5 lies between them; 0.99 and 0.01 are as far out.
        Assert.Equal(0.5, new LogOddsScale([0.01f, 0.5f, 0.99f]).At(0.5f), 1e-6);

    [Fact]
    public void ProbabilitiesCloseToOneAreStillTold()
    {
        var scale = new LogOddsScale([0.99f, 0.9999f]);
        Assert.InRange(scale.At(0.999f), 0.4, 0.6);
        Assert.Equal("0.9999", LogOddsScale.Text(0.9999f));
    }

    [Theory]
    [InlineData(0f, "0")]
    [InlineData(1f, "1")]
    [InlineData(0.5f, "0.5")]
    [InlineData(0.123f, "0.12")]
    [InlineData(0.9973f, "0.9973")]
    [InlineData(0.00042f, "0.00042")]
    public void AProbabilityHasAsManyDigitsAsTellItFromItsEnds(float probability, string text) => Assert.Equal(text, LogOddsScale.Text(probability));

    [Fact]
    public void WhereNothingDiffersAllLieAtTheEnd() => Assert.Equal(1, new LogOddsScale([0.7f, 0.7f]).At(0.7f));
}
