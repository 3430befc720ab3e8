using ZfDecl.Data.Layouts;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

public sealed class FoldTests
{
    private const int Folds = 5;

    [Fact]
    public void EveryImageValidatesInOneFoldAndEveryFoldHasAsManyOfEachClass()
    {
        // 12, 7 and 3 images, and one class with a single one, which is always trained on.
        using var folder = PictureFolder.Of([.. PictureFolder.Many("a", 12), .. PictureFolder.Many("b", 7), .. PictureFolder.Many("c", 3), .. PictureFolder.Many("single", 1)]);
        var validated = new List<string>();
        for (var number = 1; number <= Folds; number++)
        {
            using var data = ImageFolder.Open(folder.Path, Request(number));
            Assert.Empty(PictureFolder.Names(data.Train).Intersect(PictureFolder.Names(data.Validation)));
            Assert.Equal(23, data.Train.Count + data.Validation.Count);
            var counts = PictureFolder.Counts(data.Validation);
            Assert.InRange(counts[0], 2, 3);        // 12 / 5
            Assert.InRange(counts[1], 1, 2);        // 7 / 5
            Assert.InRange(counts[2], 0, 1);        // 3 / 5
            Assert.Equal(0, counts[3]);
            Assert.InRange(data.Validation.Count, 4, 5);        // 22 / 5
            Assert.Contains($"(fold {number} of 5 of each class, seed 1)", data.Description, StringComparison.Ordinal);
            validated.AddRange(PictureFolder.Names(data.Validation));
        }
        Assert.Equal(22, validated.Count);
        Assert.Equal(22, validated.Distinct().Count());
    }

    [Fact]
    public void ImagesThatTheDataValidatesWithAreHeldOutOfTheFolds()
    {
        using var folder = PictureFolder.Of([.. PictureFolder.Many("train/a", 6), .. PictureFolder.Many("train/b", 6), .. PictureFolder.Many("val/a", 2), .. PictureFolder.Many("val/b", 2)]);
        using var data = ImageFolder.Open(folder.Path, Request(2));
        using var other = ImageFolder.Open(folder.Path, Request(3));
        Assert.All(PictureFolder.Names(data.Validation), name => Assert.StartsWith("train/", name, StringComparison.Ordinal));
        Assert.Equal(4, data.HeldOut.Count);
        Assert.NotEqual(data.Hash, other.Hash);
    }

    private static DataRequest Request(int number) => new(new(1, 4, 4), Recipes.Plain, seed: 1, new SilentLog()) { Fold = new(number, Folds) };
}
