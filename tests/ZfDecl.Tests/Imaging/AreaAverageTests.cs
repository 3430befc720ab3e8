using ZfDecl.Imaging;

namespace ZfDecl.Tests.Imaging;

public class AreaAverageTests
{
    [Fact]
    public void TwoByTwoPixelsBecomeTheirMean() =>
        Assert.Equal([3.5f, 5.5f], AreaAverage.Reduce([1, 2, 3, 4, 5, 6, 7, 8], 2, 4, 1, 2));     // (1+2+5+6)/4, (3+4+7+8)/4

    [Theory]
    [InlineData(7, 5, 3, 2)]
    [InlineData(13, 13, 6, 6)]
    [InlineData(9, 4, 9, 3)]
    public void AReducedPictureIsTheMeanOfAFineGridOfSamples(int height, int width, int newHeight, int newWidth)
    {
        var random = new Random(3);
        var source = Enumerable.Range(0, height * width).Select(_ => (float)random.NextDouble()).ToArray();
        var reduced = AreaAverage.Reduce(source, height, width, newHeight, newWidth);
        for (var y = 0; y < newHeight; y++)
        {
            for (var x = 0; x < newWidth; x++)
            {
                // height · width samples under each new pixel hit every source pixel in proportion.
                var sum = 0.0;
                for (var i = 0; i < height * width; i++)
                    sum += source[(y * height + i / width) / newHeight * width + (x * width + i % width) / newWidth];
                Assert.Equal(sum / (height * width), reduced[y * newWidth + x], 1e-5);
            }
        }
    }

    [Fact]
    public void TheSameSizeIsTheSamePicture() => Assert.Equal([1f, 2f, 3f, 4f], AreaAverage.Reduce([1, 2, 3, 4], 2, 2, 2, 2));
}
