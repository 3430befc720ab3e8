using ZfDecl.Data.Batching;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Data;

public class ImageStatisticsTests
{
    [Fact]
    public void MeansAndDeviationsAreThoseOfTheCentreCrops()
    {
        var input = new FeatureShape(3, 4, 5);
        using var set = new SyntheticSet(new(3, 8, 7), 700);
        var statistics = ImageStatistics.Measure(set, input, new SilentLog());

        // The crop begins at row (8 − 4) / 2 = 2 and column (7 − 5) / 2 = 1; two passes in double.
        var images = Enumerable.Range(0, set.Count).Select(set.Pixels).ToArray();
        double Pixel(byte[] image, int c, int y, int x) => image[(c * 8 + y + 2) * 7 + x + 1];
        for (var c = 0; c < 3; c++)
        {
            var values = (from image in images
                          from y in Enumerable.Range(0, 4)
                          from x in Enumerable.Range(0, 5)
                          select Pixel(image, c, y, x)).ToArray();
            var mean = values.Average();
            Assert.Equal(mean, statistics.ChannelMean[c], 1e-4);
            Assert.Equal(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), statistics.ChannelDeviation[c], 1e-4);
            for (var y = 0; y < 4; y++)
                for (var x = 0; x < 5; x++)
                    Assert.Equal(images.Average(image => Pixel(image, c, y, x)), statistics.Mean[(c * 4 + y) * 5 + x], 1e-4);
        }
    }

    [Fact]
    public void TheyAreTheSameToTheLastBitEachTime()
    {
        var input = new FeatureShape(1, 6, 6);
        using var set = new SyntheticSet(input, 1000);
        var (first, second) = (ImageStatistics.Measure(set, input, new SilentLog()), ImageStatistics.Measure(set, input, new SilentLog()));
        Assert.Equal(first.Mean, second.Mean);
        Assert.Equal(first.ChannelDeviation, second.ChannelDeviation);
    }

    [Fact]
    public void AnImageThatCannotBeReadIsReportedAsItIs()
    {
        using var set = new SyntheticSet(new(1, 2, 2), 10, failsAt: 5);
        Assert.Equal("ZF1133", Assert.Throws<ZfDeclException>(() => ImageStatistics.Measure(set, set.Shape, new SilentLog())).Code);
    }
}
