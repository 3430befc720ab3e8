using ZfDecl.Data.Sets;
using ZfDecl.Studies.Objects;

namespace ZfDecl.Tests.Studies;

public class AveragePrecisionTests
{
    [Fact]
    public void AHandCalculation()
    {
        // Sorted: hit, miss, hit, hit, miss. Precisions at the hits 1/1, 2/3, 3/4; the second is raised to the 3/4 beyond it. (1 + 3/4 + 3/4) / 3.
        Presence[] labels = [Presence.Present, Presence.Absent, Presence.Present, Presence.Present, Presence.Absent];
        Assert.Equal((1 + 0.75 + 0.75) / 3, AveragePrecision.Of([9, 7, 5, 3, 1], labels), 12);
        Assert.Equal((1 + 0.75 + 0.75) / 3, AveragePrecision.Of([0.9, 0.7, 0.5, 0.3, 0.1], labels), 12);
    }

    [Fact]
    public void SortedRightItIsOneAndSortedWrongItIsTheShareOfHits()
    {
        Assert.Equal(1, AveragePrecision.Of([4, 3, 2, 1], [Presence.Present, Presence.Present, Presence.Absent, Presence.Absent]), 12);
        Assert.Equal(0.5, AveragePrecision.Of([1, 2, 3, 4], [Presence.Present, Presence.Present, Presence.Absent, Presence.Absent]), 12);
        Assert.Equal(0.5, AveragePrecision.Of([1, 1, 1, 1], [Presence.Present, Presence.Present, Presence.Absent, Presence.Absent]), 12);
        Assert.Equal(double.NaN, AveragePrecision.Of([1, 2], [Presence.Absent, Presence.Difficult]));
    }

    [Fact]
    public void DifficultImagesDoNotCount()
    {
        var clear = AveragePrecision.Of([9, 7, 3], [Presence.Present, Presence.Absent, Presence.Present]);
        Assert.Equal(clear, AveragePrecision.Of([10, 9, 8, 7, 3], [Presence.Difficult, Presence.Present, Presence.Difficult, Presence.Absent, Presence.Present]), 12);
    }

    [Fact]
    public void ItIsTheAreaThatTheDevelopmentKitAddsUp()
    {
        var random = new Random(1);
        for (var trial = 0; trial < 200; trial++)
        {
            var count = random.Next(2, 40);
            double[] scores = [.. Enumerable.Range(0, count).Select(i => i + random.NextDouble() / 2).OrderBy(_ => random.Next())];
            Presence[] labels = [.. Enumerable.Range(0, count).Select(i => i == 0 ? Presence.Present : (Presence)random.Next(-1, 2))];
            Assert.Equal(Naive(scores, labels), AveragePrecision.Of(scores, labels), 12);
        }
    }

    [Fact]
    public void ImagesOfOneScoreHaveNoOrder()
    {
        var random = new Random(2);
        var pairs = Enumerable.Range(0, 60).Select(_ => (Score: (double)random.Next(8), Label: (Presence)random.Next(-1, 2))).ToArray();
        var first = AveragePrecision.Of([.. pairs.Select(pair => pair.Score)], [.. pairs.Select(pair => pair.Label)]);
        random.Shuffle(pairs);
        Assert.Equal(first, AveragePrecision.Of([.. pairs.Select(pair => pair.Score)], [.. pairs.Select(pair => pair.Label)]), 12);
    }

    /// <summary>Another formulation: for each image that holds the object, the best precision of any list that begins with all up to it; the mean of these.</summary>
    private static double Naive(double[] scores, Presence[] labels)
    {
        var sorted = scores.Zip(labels).Where(pair => pair.Second != Presence.Difficult).OrderByDescending(pair => pair.First).Select(pair => pair.Second == Presence.Present).ToArray();
        double[] best = [.. from place in Enumerable.Range(0, sorted.Length)
                            where sorted[place]
                            select Enumerable.Range(place + 1, sorted.Length - place).Max(length => (double)sorted.Take(length).Count(hit => hit) / length)];
        return best.Average();
    }
}
