using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using static ZfDecl.Tests.Data.PictureFolder;

namespace ZfDecl.Tests.Data;

public sealed class HoldoutTests
{
    [Fact]
    public void ValidationImagesAreTakenFromTheTrainingImagesClassByClassAndTheTestImagesHeldOut()
    {
        using var folder = IdxFixture.Create();
        using var plain = Open(folder.Path);
        using var data = Open(folder.Path, holdout: 0.4);
        // 30 training images, 3 of each digit: 0.4 · 3 is 1.2, so one of each.
        Assert.Equal(Enumerable.Repeat(2, 10), Counts(data.Train));
        Assert.Equal(Enumerable.Repeat(1, 10), Counts(data.Validation));
        Assert.Equal(Names(plain.Train).Order(), Names(data.Train).Concat(Names(data.Validation)).Order());
        Assert.Equal(Names(plain.Validation), Names(data.HeldOut));
        Assert.Equal((true, false), (plain.TestValidates, data.TestValidates));
        Assert.Equal($"{plain.Description}; of the training images 10 validate (0.4 of each class, seed 1), and the 20 others are held out as test images", data.Description);
        var pixels = (new byte[20], new byte[20]);
        data.Validation.Read(3, pixels.Item1);
        plain.Train.Read(Names(plain.Train).IndexOf(data.Validation.NameOf(3)), pixels.Item2);
        Assert.Equal(pixels.Item2, pixels.Item1);
    }

    [Fact]
    public void TheSameSeedTakesTheSameImagesAndAnotherOrAnotherShareAreOtherData()
    {
        using var folder = IdxFixture.Create();
        using var data = Open(folder.Path, holdout: 0.1);
        using var again = Open(folder.Path, holdout: 0.1);
        using var other = Open(folder.Path, holdout: 0.1, seed: 2);
        using var more = Open(folder.Path, holdout: 0.6);
        using var plain = Open(folder.Path);
        Assert.Equal((data.Hash, string.Join(' ', Names(data.Validation))), (again.Hash, string.Join(' ', Names(again.Validation))));
        Assert.NotEqual(Names(data.Validation), Names(other.Validation));
        Assert.Equal(4, new[] { data.Hash, other.Hash, more.Hash, plain.Hash }.Distinct().Count());
        Assert.Equal(Enumerable.Repeat(2, 10), Counts(more.Validation));            // 0.6 · 3 is 1.8
    }

    [Fact]
    public void WithoutHoldoutTheTestImagesValidateAndNoneAreHeldOut()
    {
        using var folder = IdxFixture.Create();
        using var data = Open(folder.Path);
        var error = Assert.Throws<ZfDeclException>(() => data.HeldOut);
        Assert.Equal("ZF1165", error.Code);
        Assert.Contains("train with `holdout=0.1`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OfAFolderWithoutAnyPartsTheShareValidatesInsteadOfATenth()
    {
        using var folder = Of([.. Many("a", 20), .. Many("b", 10)]);
        using var plain = Open(folder.Path);
        using var tenth = Open(folder.Path, holdout: 0.1);
        using var half = Open(folder.Path, holdout: 0.5);
        Assert.Equal((plain.Hash, plain.Description), (tenth.Hash, tenth.Description));
        Assert.Equal([10, 5], Counts(half.Validation));
        Assert.Equal("class folders: 15 training images, 15 validation images (0.5 of each class, seed 1), 2 classes", half.Description);
    }

    [Fact]
    public void ValidationImagesOfTheDataAreThenTheTestImages()
    {
        using var folder = Of([.. Many("train/a", 10), .. Many("train/b", 10), .. Many("val/a", 3), .. Many("val/b", 3)]);
        using var data = Open(folder.Path, holdout: 0.2);
        AssertCounts("8 8 | 2 2 | 3 3", data);
        Assert.All(Names(data.HeldOut), name => Assert.StartsWith("val/", name, StringComparison.Ordinal));
    }

    [Fact]
    public void OfTrainAndTestTheShareIsOfTheTrainingImages()
    {
        using var folder = Of([.. Many("train/a", 10), .. Many("train/b", 10), .. Many("test/a", 3), .. Many("test/b", 3)]);
        using var data = Open(folder.Path, holdout: 0.3);
        AssertCounts("7 7 | 3 3 | 3 3", data);
    }

    [Fact]
    public void DataWithPartsForBothNeedsNoneAndSaysSo()
    {
        using var folder = Of([.. Many("train/a", 4), .. Many("train/b", 4), "val/a/1.png", "val/b/1.png", "test/a/1.png"]);
        var error = Assert.Throws<ZfDeclException>(() => Open(folder.Path, holdout: 0.1));
        Assert.Equal("ZF1166", error.Code);
        Assert.StartsWith("`holdout=0.1` takes the validation images from the training images, but this data has some of its own", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PascalVocHasNoClassesToTakeAShareOf()
    {
        using var voc = new PascalVocFixture();
        Assert.Equal("ZF1166", Assert.Throws<ZfDeclException>(() => Open(voc.Path, holdout: 0.1)).Code);
    }

    [Fact]
    public void ClassesAreChosenInAllThreeParts()
    {
        using var folder = IdxFixture.Create();
        using var data = Open(folder.Path, holdout: 0.4).Only("3-4");
        AssertCounts("2 2 | 1 1 | 2 2", data);
        Assert.EndsWith("; of these 4, 2 and 4 of the 2 classes 3, 4", data.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void DrawnObjectsAreStillWhereTheyAre()
    {
        using var plain = ImageFolder.Open(ShapesImageSet.Name, new(new(3, 16, 16), Recipes.Plain, 1, new SilentLog()));
        using var data = ImageFolder.Open(ShapesImageSet.Name, new(new(3, 16, 16), Recipes.Plain, 1, new SilentLog()) { Holdout = 0.1 });
        Assert.Equal((7200, 800, 2000), (data.Train.Count, data.Validation.Count, data.HeldOut.Count));
        Assert.Equal(plain.Train.Mask(Names(plain.Train).IndexOf(data.Validation.NameOf(5))), data.Validation.Mask(5));
    }

    /// <summary>How many images of each class train, validate and are held out.</summary>
    private static void AssertCounts(string expected, ImageData data) =>
        Assert.Equal(expected, string.Join(" | ", new[] { data.Train, data.Validation, data.HeldOut }.Select(set => string.Join(' ', Counts(set)))));

    private static ImageData Open(string folder, double? holdout = null, int seed = 1) =>
        ImageFolder.Open(folder, new(new(1, 4, 5), Recipes.Plain, seed, new SilentLog()) { Holdout = holdout });
}
