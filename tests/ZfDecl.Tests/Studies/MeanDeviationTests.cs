using ZfDecl.Studies;

namespace ZfDecl.Tests.Studies;

public sealed class MeanDeviationTests
{
    [Fact]
    public void TheDeviationIsThatOfASample()
    {
        // By hand: mean 0.3; squares 0.01 + 0 + 0.01, over 2, is 0.01.
        var found = MeanDeviation.Of([0.2, 0.3, 0.4]);
        Assert.Equal(0.3, found.Mean, 1e-12);
        Assert.Equal(0.1, found.Deviation!.Value, 1e-12);
        Assert.Equal("30.0±10.0", found.ToString());
    }

    [Fact]
    public void ASingleValueHasNone() => Assert.Equal("12.5", MeanDeviation.Of([0.125]).ToString());
}
