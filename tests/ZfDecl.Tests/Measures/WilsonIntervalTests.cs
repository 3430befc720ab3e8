using ZfDecl.Measures;

namespace ZfDecl.Tests.Measures;

public sealed class WilsonIntervalTests
{
    // A bound is a share p of which the observed one is just 1.96 standard errors away: (p̂ − p)² = z² p (1 − p) / n (Wilson 1927).
    [Theory]
    [InlineData(28, 35)]
    [InlineData(1, 3)]
    [InlineData(1809, 2000)]
    public void ABoundIsAsFarFromTheObservedShareAsItsOwnStandardErrorsSay(int successes, int trials)
    {
        var (low, high) = WilsonInterval.Of(successes, trials);
        var share = (double)successes / trials;
        Assert.True(low < share && share < high);
        Assert.All([low, high], bound => Assert.Equal(1.959964, Math.Abs(share - bound) / Math.Sqrt(bound * (1 - bound) / trials), 1e-5));
    }

    [Theory]
    [InlineData(0, 10, 0, 0.27753)]         // z² / (n + z²) where none succeeds
    [InlineData(10, 10, 0.72247, 1)]
    public void WhereAllOrNoneSucceedTheIntervalStaysWithinZeroAndOne(int successes, int trials, double low, double high)
    {
        var interval = WilsonInterval.Of(successes, trials);
        Assert.Equal(low, interval.Low, 1e-5);
        Assert.Equal(high, interval.High, 1e-5);
    }

    [Fact]
    public void ItIsSaidInPercent() => Assert.Equal("64.1 … 90.0 %", WilsonInterval.Of(28, 35).ToString());
}
