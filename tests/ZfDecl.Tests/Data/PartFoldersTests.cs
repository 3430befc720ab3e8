using System.Security.Cryptography;
using System.Text;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using static ZfDecl.Tests.Data.PictureFolder;

namespace ZfDecl.Tests.Data;

public sealed class PartFoldersTests
{
    private readonly CapturedLog log = new();

    [Theory]
    [InlineData("train", "val", "test")]
    [InlineData("Training", "VALID", "Testing")]
    [InlineData("TRAIN", "dev", "TEST")]
    [InlineData("training", "Validation", "test")]
    [InlineData("training_set", "validation-set", "test_set")]
    [InlineData("TRAINING_SET", "VAL", "Test Set")]
    [InlineData("trainset", "devset", "testset")]
    [InlineData("train_data", "val_images", "test_images")]
    [InlineData("TrainImages", "EvaluationImgs", "testFolder")]
    [InlineData("seg_train", "eval", "seg_test")]
    [InlineData("train2017", "val2017", "test2017")]
    [InlineData("train-pictures", "evaluation", "data.test")]
    public void PartsAreFoundUnderAnyOfTheirNames(string train, string validation, string test)
    {
        using var folder = Of([.. Classes(train, 6), .. Classes(validation, 3), .. Classes(test, 2)]);
        using var data = Open(folder);
        Assert.Equal(["cat", "dog"], data.Train.Classes);
        Assert.Equal((12, 6, 4), (data.Train.Count, data.Validation.Count, data.HeldOut.Count));
        Assert.All(Names(data.HeldOut), name => Assert.StartsWith($"{test}/", name, StringComparison.Ordinal));
        Assert.Equal($"class folders: 12 training images, 6 validation images (from {validation}/), 4 test images held out (from {test}/), 2 classes", data.Description);
        Assert.Empty(log.Warnings);
        Assert.Empty(log.Said);
    }

    [Fact]
    public void TheHashIsOfWhatIsTrainedAndValidatedWithWhateverIsHeldOut()
    {
        using var folder = Of([.. Classes("train", 1), .. Classes("val", 1)]);
        using var data = Open(folder);
        var length = new FileInfo(folder["train/cat/0.png"]).Length;
        // As it has been since there are class folders.
        (string Part, string Class)[] files = [("train", "train/cat"), ("train", "train/dog"), ("validation", "val/cat"), ("validation", "val/dog")];
        var expected = string.Concat(files.Select(file => $"{file.Part}\0{file.Class}/0.png\0{length}\n"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(expected))), data.Hash);

        using var more = Of([.. Classes("train", 1), .. Classes("val", 1), .. Classes("test", 2)]);
        using var same = Open(more);
        Assert.Equal(data.Hash, same.Hash);
        Assert.Null(data.Test);
        Assert.Equal("ZF1165", Assert.Throws<ZfDeclException>(() => data.HeldOut).Code);
    }

    [Fact]
    public void WithoutAValidationPartItIsTakenFromTheTrainingImagesAndTheTestImagesStayApart()
    {
        using var folder = Of([.. Classes("Train", 20), .. Classes("Test", 5)]);
        using var data = Open(folder);
        Assert.Equal([18, 18], Counts(data.Train));
        Assert.Equal([2, 2], Counts(data.Validation));
        Assert.Equal([5, 5], Counts(data.HeldOut));
        Assert.All(Names(data.Validation), name => Assert.StartsWith("Train/", name, StringComparison.Ordinal));
        Assert.Equal("there is a part to train on and one to test, so a tenth of each class, seed 1, of the training images validates, and the 10 test images stay apart: `evaluate split=test` measures them", Assert.Single(log.Said));

        using var without = Of(Classes("Train", 20));
        using var same = Open(without);
        Assert.Equal(data.Hash, same.Hash);
    }

    [Theory]
    [InlineData("test/1.png", "test/2.png")]
    [InlineData("test/images/1.png", "test/images/2.png")]
    [InlineData("test/unknown/1.png", "test/unknown/2.png")]
    public void TestImagesWithoutClassesAreNamedAndLeftAlone(string one, string other)
    {
        using var folder = Of([.. Classes("train", 2), .. Classes("val", 2), one, other]);
        using var data = Open(folder);
        Assert.Equal(["cat", "dog"], data.Train.Classes);
        Assert.Equal((4, 4, null), (data.Train.Count, data.Validation.Count, data.Test));
        Assert.Equal("the test part (test/) holds 2 images, none of a class that is trained, so it is left alone", Assert.Single(log.Said));
        Assert.Empty(log.Warnings);
    }

    [Fact]
    public void AnEmptyTestPartIsNamedAndLeftAlone()
    {
        using var folder = Of([.. Classes("train", 2), .. Classes("val", 2), "test/"]);
        using var data = Open(folder);
        Assert.Null(data.Test);
        Assert.Equal("the test part (test/) is empty, so it is left alone", Assert.Single(log.Said));
    }

    [Fact]
    public void TestImagesOfOtherClassesAreLeftOutAndNamed()
    {
        using var folder = Of([.. Classes("train", 2), .. Classes("val", 2), "test/dog/1.png", "test/bird/1.png", "test/eel/1.png", "test/2.png"]);
        using var data = Open(folder);
        Assert.Equal(["test/dog/1.png"], Names(data.HeldOut));
        Assert.Equal(1, data.HeldOut.Label(0));
        Assert.Equal([("ZF1164", "1 test image has no class and is left out"), ("ZF1164", "2 test images are left out, because there are no training images of 2 classes: bird, eel")],
            log.Warnings.Select(warning => (warning.Code, warning.Message)));
    }

    [Theory]
    [InlineData("ZF1162", "'val', 'valid' are the same part", "train/a/1.png", "train/b/1.png", "val/a/1.png", "valid/b/1.png")]
    [InlineData("ZF1162", "'Train', 'training' are the same part", "Train/a/1.png", "training/b/1.png", "test/a/1.png")]
    [InlineData("ZF1163", "the folder holds test/ and val/, but nothing to train on", "val/a/1.png", "val/b/1.png", "test/a/1.png")]
    [InlineData("ZF1163", "the folder holds valid/, but nothing to train on", "valid/a/1.png", "valid/b/1.png", "labels/")]
    [InlineData("ZF1102", "the folder holds no data", "train/a/1.png", "train/b/1.png", "val/")]
    [InlineData("ZF1120", "in no class", "train/1.png", "test/1.png")]
    [InlineData("ZF1120", "by its name train/ is a part of a data set, and no class", "train/1.png", "test/1.png")]
    [InlineData("ZF1120", "'images' holds parts of a data set: name it with `data=<folder>/images`", "images/train/a/1.png", "images/val/a/1.png", "labels/")]
    [InlineData("ZF1120", "'a/b/images' holds parts of a data set: name it with `data=<folder>/a/b/images`", "a/b/images/train_set/a/1.png", "a/b/images/val_set/a/1.png", "labels/")]
    [InlineData("ZF1120", "'a/b' holds 2 folders with images: if these are the classes, name it with `data=<folder>/a/b`", "a/b/cat/1.png", "a/b/dog/1.png", "docs/")]
    [InlineData("ZF1120", "'a/train' holds 2 folders with images", "a/train/cat/1.png", "a/train/dog/1.png", "docs/")]
    public void PartsThatAreNotClearAreAnError(string code, string finding, params string[] files)
    {
        using var folder = Of(files);
        var failure = Assert.Throws<ZfDeclException>(() => Open(folder));
        Assert.Equal(code, failure.Code);
        Assert.Contains(finding, failure.Message.Replace(folder.Path, "<folder>", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void APartThatOnlyWrapsItselfIsUnwrapped()
    {
        using var folder = Of([.. Classes("seg_train/seg_train", 20), .. Classes("seg_test/seg_test", 5), "seg_pred/seg_pred/1.png"]);
        using var data = Open(folder);
        Assert.Equal(["cat", "dog"], data.Train.Classes);
        Assert.Equal((36, 4, 10), (data.Train.Count, data.Validation.Count, data.HeldOut.Count));
        Assert.Equal(("ZF1167", true), (Assert.Single(log.Warnings).Code, log.Warnings[0].Message.Contains("'seg_pred'", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("'train', 'valid' are taken for classes and look", "train/1.png", "valid/1.png", "cat/1.png", "cat/2.png")]
    [InlineData("'test' is taken for a class and looks", "test/1.png", "cat/1.png", "cat/2.png", "dog/1.png")]
    [InlineData("'flowers_train', 'flowers_val' are taken for classes and look", "flowers_train/a/1.png", "flowers_train/b/2.png", "flowers_val/a/1.png")]
    [InlineData("'train1', 'val1' are taken for classes and look", "train1/1.png", "train1/2.png", "val1/1.png")]
    [InlineData("'train' is taken for a class and looks like a part", "train/red/1.png", "train/green/1.png", "train/blue/1.png", "red/1.png")]
    [InlineData("'train' is taken for a class and looks like a part", "train/green/1.png", "train/blue/1.png", "red/1.png")]
    [InlineData("'more' is taken for a class and looks like a part", "more/red/1.png", "more/more/1.png", "red/1.png", "red/2.png")]
    [InlineData("'fold1', 'fold2' are taken for classes and look like parts", "fold1/a/1.png", "fold1/b/1.png", "fold2/a/1.png", "fold2/b/1.png")]
    [InlineData("'fold1', 'fold2' are taken for classes and look like parts", "fold1/in/a/1.png", "fold1/in/b/1.png", "fold2/a/1.png", "fold2/b/1.png", "notes/1.png")]
    [InlineData("'data' is taken for a class and holds parts of a data set, whose images are taken together; to take the parts, name the folder that holds them: `data=<folder>/data/images`",
        "data/images/train/a/1.png", "data/images/val/a/1.png", "docs/1.png")]
    [InlineData("'images', 'masks' are taken for classes and hold", "images/train/1.png", "images/val/1.png", "masks/train/1.png", "masks/val/1.png")]
    [InlineData("'cat', 'dog' are taken for classes and hold", "cat/train/1.png", "cat/test/1.png", "dog/train/1.png", "dog/test/1.png")]
    public void ClassesThatLookLikePartsOrHoldThemAreWarnedOf(string finding, params string[] files)
    {
        using var folder = Of(files);
        using var data = Open(folder);
        Assert.StartsWith(finding, Assert.Single(log.Warnings, warning => warning.Code == "ZF1161").Message.Replace(folder.Path, "<folder>", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train/1.png", "train/2.png", "tram/1.png", "tram/2.png")]                           // pictures of trains
    [InlineData("bullet train/1.png", "bullet train/2.png", "crate/1.png")]
    [InlineData("devices/1.png", "devices/2.png", "contest/1.png", "constraint/1.png")]
    [InlineData("dataset/1.png", "dataset/2.png", "images/1.png", "set/1.png")]
    [InlineData("a/images/1.png", "a/images/2.png", "b/images/1.png")]                               // as Tiny ImageNet has them
    [InlineData("cat/cat/1.png", "cat/cat/2.png", "dog/dog/1.png", "dog/old/1.png")]
    public void ClassesThatOnlySoundLikePartsAreClasses(params string[] files)
    {
        using var folder = Of(files);
        using var data = Open(folder);
        Assert.Equal(files.Select(file => file[..file.IndexOf('/')]).Distinct().Order(), data.Train.Classes.Order());
        Assert.DoesNotContain(log.Warnings, warning => warning.Code == "ZF1161");
    }

    [Fact]
    public void WhatLiesBesideThePartsIsLeftOutAndNamedWhereItHoldsImages()
    {
        using var folder = Of([.. Classes("train", 2), .. Classes("val", 2), "annotations/", "extra/cat/1.png"]);
        using var data = Open(folder);
        Assert.Equal((4, 4), (data.Train.Count, data.Validation.Count));
        Assert.StartsWith("the images of 'extra' are left out, because 'train', 'val' are the parts", Assert.Single(log.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TrainBesideFoldersWithoutImagesIsAPart()
    {
        using var folder = Of([.. Classes("train", 10), "labels/"]);
        using var data = Open(folder);
        Assert.Equal(["cat", "dog"], data.Train.Classes);
        Assert.Equal((18, 2), (data.Train.Count, data.Validation.Count));
    }

    [Fact]
    public void ClassesThatAreNumbersAreInTheOrderOfTheNumbers()
    {
        using var folder = Of(Enumerable.Range(0, 13).SelectMany(name => Many($"{name}", 2)));
        using var data = Open(folder);
        Assert.Equal(Enumerable.Range(0, 13).Select(name => $"{name}"), data.Train.Classes);
        Assert.All(Enumerable.Range(0, 13), image => Assert.StartsWith($"{data.Train.Classes[data.Train.Label(image)]}/", data.Train.NameOf(image), StringComparison.Ordinal));
        using var some = data.Only("0-4");
        Assert.Equal(["0", "1", "2", "3", "4"], some.Train.Classes);
    }

    private static IEnumerable<string> Classes(string part, int count) => [.. Many($"{part}/cat", count), .. Many($"{part}/dog", count)];

    private ImageData Open(TemporaryFolder folder) => ImageFolder.Open(folder.Path, new(new(1, 4, 4), Recipes.Plain, 1, log));
}
