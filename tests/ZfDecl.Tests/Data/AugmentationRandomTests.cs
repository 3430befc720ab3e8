using ZfDecl.Data;

namespace ZfDecl.Tests.Data;

public class AugmentationRandomTests
{
    [Fact]
    public void TheSameSeedEpochAndImageDrawTheSame() => Assert.Equal(Draws(1, 2, 3), Draws(1, 2, 3));

    [Theory]
    [InlineData(2, 2, 3)]
    [InlineData(1, 3, 3)]
    [InlineData(1, 2, 4)]
    [InlineData(-1, 2, 3)]
    public void AnotherSeedEpochOrImageDrawsAnotherWay(int seed, int epoch, int index) => Assert.NotEqual(Draws(1, 2, 3), Draws(seed, epoch, index));

    [Fact]
    public void FirstDrawsOfNeighbouringImagesAreEvenlySpread()
    {
        var counts = new int[7];
        for (var index = 0; index < 70_000; index++)
            counts[new AugmentationRandom(5, 0, index).Next(7)]++;
        // 10,000 expected each; the binomial deviation is 93, so 500 is more than five of them.
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void AShuffleKeepsEveryItemAndFavoursNoPlace()
    {
        var places = new int[4];
        for (var epoch = 0; epoch < 4_000; epoch++)
        {
            var random = new AugmentationRandom(1, epoch, -1);
            int[] items = [0, 1, 2, 3];
            random.Shuffle(items);
            Assert.Equal([0, 1, 2, 3], items.Order());
            places[Array.IndexOf(items, 0)]++;
        }
        Assert.All(places, count => Assert.InRange(count, 850, 1_150));
    }

    private static int[] Draws(int seed, int epoch, int index)
    {
        var random = new AugmentationRandom(seed, epoch, index);
        return [random.Next(1000), random.Next(1000), random.Next(1000), random.Next(1000)];
    }
}
