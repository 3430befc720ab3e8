using ZfDecl.Imaging;

namespace ZfDecl.Tests.Imaging;

public class ProjectionScaleTests
{
    [Fact]
    public void ZeroIsMidGreyAndTheRangeReachesFromBlackToWhite()
    {
        var scale = new ProjectionScale(0.5, 1, 0);
        Assert.Equal([1, 1, 128, 192, 255, 255], new[] { -9f, -0.5f, 0, 0.25f, 0.5f, 9 }.Select(scale.Shade));     // 128 + 127 / 2 = 191.5, to even
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.995)]
    [InlineData(1)]
    public void TheRangeIsTheQuantileOfWhatIsNotZeroToWithinItsThreeDigits(double quantile)
    {
        var random = new Random(8);
        var pictures = Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 500).Select(i => i % 3 == 0 ? 0 : (float)Math.Pow(random.NextDouble() - 0.5, 3)).ToArray()).ToArray();
        var sorted = pictures.SelectMany(values => values).Where(value => value != 0).Select(Math.Abs).Order().ToArray();
        var expected = sorted[(int)Math.Ceiling(quantile * sorted.Length) - 1];

        var scale = ProjectionScale.Of(pictures, quantile);
        Assert.InRange(scale.Range / expected, 1, 1.01);        // rounded up to three digits
        Assert.Equal(sorted.Count(value => value > scale.Range) / (double)sorted.Length, scale.Clipped);
        Assert.Equal(scale.Range, double.Parse(scale.RangeText, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void NothingButZerosHasARangeAllTheSame() => Assert.Equal(1, ProjectionScale.Of([new float[9]], 0.99).Range);

    [Fact]
    public void NoProjectionsHaveARangeAllTheSame() => Assert.Equal(1, ProjectionScale.Of([], 0.99).Range);

    [Theory]
    [InlineData(0.0000123, "0.0000123")]
    [InlineData(4.1, "4.1")]
    [InlineData(12300, "12300")]
    public void TheRangeIsPrintedAsPlainDigits(double range, string expected) => Assert.Equal(expected, new ProjectionScale(range, 1, 0).RangeText);
}
