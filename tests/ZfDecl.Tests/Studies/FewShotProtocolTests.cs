using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Studies.Transfer;
using ZfDecl.Tests.Runs;

namespace ZfDecl.Tests.Studies;

public sealed class FewShotProtocolTests
{
    [Fact]
    public void NoImageIsTrainedAndTestedOn()
    {
        var protocol = Protocol([20, 70, 120], 5, 15);
        foreach (var perClass in protocol.PerClass)
        {
            var task = protocol.Task(perClass, 2);
            Assert.Empty(task.Train.Intersect(task.Test));
            Assert.Equal(3 * perClass, task.Train.Distinct().Count());
            Assert.All(task.TrainLabels.CountBy(label => label), count => Assert.Equal(perClass, count.Value));
            // Class 0 has 20 images, of which the longest row trains on 15; the others have more than 50 left.
            Assert.Equal([5, 50, 50], Enumerable.Range(0, 3).Select(label => task.TestLabels.Count(other => other == label)));
        }
    }

    [Fact]
    public void RowsOfAFoldAreTestedOnTheSameImagesAndLongerOnesTrainOnMore()
    {
        var protocol = Protocol([100, 100], 5, 15);
        var (shorter, longer, other) = (protocol.Task(5, 1), protocol.Task(15, 1), protocol.Task(5, 2));
        Assert.Equal(shorter.Test, longer.Test);
        Assert.Empty(shorter.Train.Except(longer.Train));
        Assert.NotEqual(shorter.Test, other.Test);
        Assert.Equal(shorter.Train, protocol.Task(5, 1).Train);
        Assert.NotEqual(shorter.Seed, other.Seed);
    }

    [Fact]
    public void AClassWithTooFewImagesIsNamedAndLeftOut()
    {
        var log = new ListeningLog();
        var protocol = Protocol([16, 15, 40], log, [5, 15]);
        Assert.Equal(["class 0", "class 2"], protocol.Classes);
        Assert.Contains(log.Lines, line => line.StartsWith("ZF1422: 1 of the 3 classes are left out", StringComparison.Ordinal) && line.Contains("class 1 (15)", StringComparison.Ordinal));
        Assert.DoesNotContain(protocol.Task(15, 1).Train, image => image is >= 16 and < 31);
    }

    [Fact]
    public void ARowThatMostClassesCannotFillIsLeftOut()
    {
        var log = new ListeningLog();
        var protocol = Protocol([10, 10, 100], log, [5, 60]);
        Assert.Equal([5], protocol.PerClass);
        Assert.Equal(3, protocol.Classes.Count);
        Assert.Contains(log.Lines, line => line.StartsWith("ZF1422: the row of 60 images per class is left out: only 1 of the 3 classes", StringComparison.Ordinal));
    }

    [Fact]
    public void WhereNoRowCanBeFilledTheErrorSaysWhichCould()
    {
        var error = Assert.Throws<ZfDeclException>(() => Protocol([8, 9, 3], 15));
        Assert.Equal("ZF1421", error.Code);
        Assert.Contains("`per-class=7` is possible", error.Message, StringComparison.Ordinal);
        _ = Protocol([8, 9, 3], 7);
    }

    [Fact]
    public void ImagesThatAreLeftOutAreNeverDrawn()
    {
        var set = new CountedSet([20, 20]);
        var protocol = new FewShotProtocol(set, new HashSet<int> { 0, 1, 25 }, new() { PerClass = [5] }, new SilentLog());
        var task = protocol.Task(5, 1);
        Assert.Empty(task.Train.Concat(task.Test).Intersect([0, 1, 25]));
        Assert.Equal(13 + 14, task.Test.Length);
    }

    [Fact]
    public void TheAccuracyIsTheMeanOfTheClassesNotOfTheImages()
    {
        // 1 of 1 and 1 of 3 right: (1 + 1/3) / 2.
        var task = new FewShotTask(1, 1, ["a", "b"], [], [], [0, 1, 2, 3], [0, 1, 1, 1], 1);
        Assert.Equal(2.0 / 3, task.MeanPerClassAccuracy([0, 1, 0, 0]), 12);
    }

    [Fact]
    public void ACellHasTheMeanAndTheDeviationOfItsFolds()
    {
        // 0.8 ± 0.1 by hand: deviations −0.1, 0, 0.1; 0.02 / 2.
        FewShotRow[] rows = [new("m", 5, 1, 0.7, "", 1), new("m", 5, 2, 0.8, "", 1), new("m", 5, 3, 0.9, "", 1)];
        Assert.Equal("80.0 ± 10.0", Assert.Single(FewShotCell.Of(rows)).ToString());
    }

    private static FewShotProtocol Protocol(int[] counts, params int[] perClass) => Protocol(counts, new ListeningLog(), perClass);

    private static FewShotProtocol Protocol(int[] counts, IRunLog log, int[] perClass) => new(new CountedSet(counts), new HashSet<int>(), new() { PerClass = perClass }, log);

    /// <summary>As many images of each class as it is told, class by class.</summary>
    private sealed class CountedSet(int[] counts) : ImageSet(new(1, 1, 1), [.. counts.Select((_, label) => $"class {label}")])
    {
        private readonly int[] labels = [.. counts.SelectMany((count, label) => Enumerable.Repeat(label, count))];

        public override int Count => labels.Length;

        public override int Label(int index) => labels[index];

        public override string NameOf(int index) => $"{index}";

        public override void Read(int index, Span<byte> output) => output[0] = (byte)index;
    }
}
