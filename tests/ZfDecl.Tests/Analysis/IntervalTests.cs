using ZfDecl.Analyses.Occlude;

namespace ZfDecl.Tests.Analysis;

public class IntervalTests
{
    /// <summary>Brute force: every place whose window holds a changed row is among those that are reached.</summary>
    [Theory]
    [InlineData(7, 2, 1, 1)]
    [InlineData(3, 2, 0, 1)]
    [InlineData(3, 1, 1, 2)]
    [InlineData(1, 3, 0, 1)]
    [InlineData(5, 1, 2, 1)]
    public void EveryPlaceThatSeesAChangeIsReached(int kernel, int stride, int padding, int dilation)
    {
        const int Extent = 20;
        var places = ((Extent + (2 * padding) - ((dilation * (kernel - 1)) + 1)) / stride) + 1;
        for (var start = 0; start < Extent; start++)
        {
            for (var length = 1; start + length <= Extent; length++)
            {
                var reached = new Interval(start, length).Through(kernel, stride, padding, dilation, places);
                Assert.True(reached.Start >= 0 && reached.End <= places && reached.Length >= 1);
                foreach (var place in Enumerable.Range(0, places))
                {
                    var sees = Enumerable.Range(0, kernel).Any(tap => (place * stride) - padding + (tap * dilation) is var row && row >= start && row < start + length);
                    Assert.False(sees && (place < reached.Start || place >= reached.End), $"place {place} sees rows {start} … {start + length - 1} and is not in {reached}");
                }
            }
        }
    }

    [Fact]
    public void AWidenedIntervalStaysWithinItsMap() => Assert.Equal(new Interval(8, 5), new Interval(11, 2).Widened(5, 13));
}
