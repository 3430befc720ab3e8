using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Studies.Classifiers;
using ZfDecl.Studies.Objects;
using ZfDecl.Tests.Data;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Studies;

/// <summary>Features of images that hold objects of two classes, independently: class 0 shows in column 0, class 1 in column 1, all else is noise.</summary>
[Collection(Alone.Name)]
public sealed class ObjectClassifierTests
{
    [Theory]
    [InlineData(LinearClassifierKind.Softmax, 40)]
    [InlineData(LinearClassifierKind.Svm, 40)]
    [InlineData(LinearClassifierKind.Softmax, 400)]             // more features than images: learned in a basis of these
    [InlineData(LinearClassifierKind.Svm, 400)]
    public void EachClassIsFoundWhateverElseIsInTheImage(LinearClassifierKind kind, int width)
    {
        var (train, trainLabels) = Draw(1, width);
        var (test, testLabels) = Draw(2, width);
        using (train)
        using (test)
        using (var classifier = new ObjectClassifier(kind, train, trainLabels))
        {
            for (var label = 0; label < 2; label++)
            {
                using var weights = classifier.Learn(label, 10);
                Assert.Equal([width + 1, 1], weights.shape);
                var precision = AveragePrecision.Of([.. classifier.Scores(test, weights).Select(score => (double)score)], [.. testLabels.Select(image => image[label])]);
                Assert.InRange(precision, 0.9, 1);
            }
            Assert.InRange(classifier.CrossValidate(10), 0.8, 1);
        }
    }

    [Fact]
    public void DifficultImagesTeachNothing()
    {
        var (train, labels) = Draw(1, 40);
        var (test, testLabels) = Draw(2, 40);
        using (train)
        using (test)
        {
            // Two thirds of the images say the opposite of the class, or are difficult instead.
            Assert.InRange(Learned(image => (Presence)(-(int)image)), 0, 0.6);
            Assert.InRange(Learned(_ => Presence.Difficult), 0.9, 1);
            using var nothing = new ObjectClassifier(LinearClassifierKind.Svm, train, [.. labels.Select(_ => (Presence[])[Presence.Difficult, Presence.Absent])]);
            Assert.Throws<ArgumentException>(() => nothing.Learn(0, 10));
        }

        double Learned(Func<Presence, Presence> change)
        {
            Presence[][] changed = [.. labels.Select((image, place) => place % 3 == 0 ? image : [change(image[0]), image[1]])];
            using var classifier = new ObjectClassifier(LinearClassifierKind.Softmax, train, changed);
            using var weights = classifier.Learn(0, 10);
            return AveragePrecision.Of([.. classifier.Scores(test, weights).Select(score => (double)score)], [.. testLabels.Select(image => image[0])]);
        }
    }

    [Fact]
    public void ClassesThatCannotBeMeasuredAreLeftOutAndNamed()
    {
        var log = new CapturedLog();
        Presence[] cat = [Presence.Present, Presence.Absent, Presence.Absent], dog = [Presence.Absent, Presence.Absent, Presence.Present], nothing = [Presence.Absent, Presence.Absent, Presence.Absent];
        var task = ObjectTask.Of(new(["cat", "cow", "dog"], [cat, dog, cat], [nothing, cat, [Presence.Difficult, Presence.Absent, Presence.Absent]]), new HashSet<int> { 2 }, log);
        Assert.Equal(["cat"], task.Classes);
        Assert.Equal([0, 1], task.Train);
        Assert.Equal([3, 4, 5], task.Test);
        Assert.Equal([Presence.Absent, Presence.Present, Presence.Difficult], task.TestLabels.Select(image => image[0]));
        var warning = Assert.Single(log.Warnings);
        Assert.Equal("ZF1428", warning.Code);
        Assert.EndsWith("cow, dog", warning.Message, StringComparison.Ordinal);
        Assert.Equal("ZF1427", Assert.Throws<ZfDeclException>(() => ObjectTask.Of(new(["cow"], [[Presence.Absent]], [[Presence.Absent]]), new HashSet<int>(), log)).Code);
    }

    private static (Tensor Features, Presence[][] Labels) Draw(int seed, int width)
    {
        var random = new Random(seed);
        Presence[][] labels = [.. Enumerable.Range(0, 120).Select(_ => new Presence[] { Bit(), Bit() })];
        var values = labels.SelectMany(image => Enumerable.Range(0, width).Select(column => (float)(random.NextDouble() * 0.3 + (column < 2 && image[column] == Presence.Present ? 2 : 0))));
        return (tensor(values.ToArray(), [120, width]), labels);

        Presence Bit() => random.Next(2) == 0 ? Presence.Absent : Presence.Present;
    }
}
