using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

public class ImageListTests
{
    [Fact]
    public void PathsAreRelativeToTheListAndTheSplitIsKept()
    {
        using var folder = Images("a.png", "in/b.png", "c.png", "d.png");
        using var data = Open(folder, "path,class,split\na.png,cat,train\nin/b.png,dog,train\nc.png,cat,val\nd.png,dog,VALIDATION\n");
        Assert.Equal(["cat", "dog"], data.Train.Classes);
        Assert.Equal(("in/b.png", 1), (data.Train.NameOf(1), data.Train.Label(1)));
        Assert.Equal(["c.png", "d.png"], Enumerable.Range(0, 2).Select(data.Validation.NameOf));
        Assert.Equal("list list.csv: 2 training images, 2 validation images (from its split), 2 classes", data.Description);
        data.Train.Read(1, new byte[48]);
    }

    [Fact]
    public void WithoutASplitATenthOfEachClassIsSetAside()
    {
        var names = Enumerable.Range(0, 20).Select(i => $"{i}.png").ToArray();
        using var folder = Images(names);
        using var data = Open(folder, "class,path\n" + string.Concat(names.Select((name, i) => $"{(i % 2 == 0 ? "even" : "odd")},{name}\n")));
        Assert.Equal((18, 2), (data.Train.Count, data.Validation.Count));
    }

    [Fact]
    public void TestImagesAreHeldOutAndMayLackAClass()
    {
        using var folder = Images("a.png", "b.png", "c.png", "d.png", "e.png");
        var log = new CapturedLog();
        using var data = Open(folder, "path,class,split\na.png,cat,Training\nb.png,dog,train\nc.png,dog,dev\nd.png,cat,Testing\ne.png,,test\n", log);
        Assert.Equal(["a.png", "b.png"], PictureFolder.Names(data.Train));
        Assert.Equal(["c.png"], PictureFolder.Names(data.Validation));
        Assert.Equal(["d.png"], PictureFolder.Names(data.HeldOut));
        Assert.Equal("list list.csv: 2 training images, 1 validation images (from its split), 1 test images held out (from its split), 2 classes", data.Description);
        Assert.Contains(log.Warnings, warning => warning is { Code: "ZF1164", Message: "1 test image has no class and is left out" });
    }

    [Fact]
    public void AListWithoutValidationImagesTakesThemFromTheTrainingImages()
    {
        var names = Enumerable.Range(0, 20).Select(i => $"{i}.png").ToArray();
        using var folder = Images([.. names, "t.png"]);
        var log = new CapturedLog();
        using var data = Open(folder, "path,class,split\n" + string.Concat(names.Select((name, i) => $"{name},{i % 2},train\n")) + "t.png,1,test\n", log);
        Assert.Equal((18, 2, 1), (data.Train.Count, data.Validation.Count, data.HeldOut.Count));
        Assert.Equal(["there is a part to train on and one to test, so a tenth of each class, seed 0, of the training images validates, and the 1 test image stays apart: `evaluate split=test` measures them"], log.Said);
    }

    [Fact]
    public void QuotedValuesMayHoldCommasQuotesAndLineBreaks()
    {
        using var folder = Images("a, b.png", "c\"d.png", "e.png", "f.png");
        using var data = Open(folder, "path,class,split\r\n\"a, b.png\",\"big, red\",train\r\n\"c\"\"d.png\",\"two\nlines\",train\r\n\r\ne.png,\"big, red\",val\r\n\"f.png\",\"two\nlines\",val");
        Assert.Equal(["big, red", "two\nlines"], data.Train.Classes);
        Assert.Equal("c\"d.png", data.Train.NameOf(1));
    }

    [Theory]
    [InlineData("", "ZF1144", "is empty, or no regular file")]
    [InlineData("\n", "ZF1150", "the list begins with ''")]
    [InlineData("a.png,cat\n", "ZF1150", "the list begins with 'a.png,cat'")]
    [InlineData("path,class\na.png,cat,dog\n", "ZF1151", "line 2 has 3 values and the header 2")]
    [InlineData("path,class\n\na.png,\n", "ZF1151", "line 3 names no class")]
    [InlineData("path,class\n\"a.png,cat\n", "ZF1151", "the quote that opens in line 2 is not closed")]
    [InlineData("path,class\na\".png,cat\n", "ZF1151", "line 2: a value with a quote")]
    [InlineData("path,class,split\na.png,cat,often\n", "ZF1151", "line 2: split 'often' is none of train, training, val, valid, validation, dev, eval, evaluation, test, testing")]
    [InlineData("path,class\na.png,cat\n", "ZF1120", "the images to train on are of 1 class")]
    [InlineData("path,class,split\na.png,cat,test\nb.png,dog,test_set\n", "ZF1120", "the images to train on are of 0 classes; at least 2 are needed. By the column split 0 lines are of train and 2 of validation and test")]
    [InlineData("path,class\na.png,cat\nnone.png,dog\n", "ZF1132", "1 of 2 images cannot be read")]
    [InlineData("path,class\na.png,cat\nin\\b.png,dog\n", "ZF1132", "1 of 2 images cannot be read, more than 5 %: in\\b.png (there is no such file; use / between folders, not \\)")]
    [InlineData("path,class,split\na.png,cat,train\nb.png,dog,train\n./a.png,cat,val\n", "ZF1195", "lines 2 and 4 name the same image, <folder>/a.png, in train and in validation;")]
    [InlineData("path,class,split\na.png,cat,train\nb.png,dog,train\nin/../b.png,,test\n", "ZF1195", "lines 3 and 4 name the same image, <folder>/b.png, in train and in test;")]
    [InlineData("path,class\na.png,cat\nb.png,dog\na.png,dog\n", "ZF1195", "lines 2 and 4 name the same image, <folder>/a.png, as 'cat' and as 'dog';")]
    public void ADamagedListIsNamedWithItsLine(string list, string code, string finding)
    {
        using var folder = Images("a.png");
        var failure = Assert.Throws<ZfDeclException>(() => Open(folder, list));
        Assert.Equal(code, failure.Code);
        Assert.StartsWith(finding, failure.Message.Replace(folder.Path, "<folder>", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void AClassWhoseOnlyImageStandsTwiceKeepsItToTrainOnAndIsReported()
    {
        var names = Enumerable.Range(0, 5).Select(i => $"{i}.png").ToArray();
        using var folder = Images([.. names, "only.png"]);
        var log = new CapturedLog();
        using var data = Open(folder, "path,class\n" + string.Concat(names.Select(name => $"{name},a\n")) + "only.png,b\nonly.png,b\n", log);
        Assert.Equal([4, 1], PictureFolder.Counts(data.Train));
        Assert.Equal([1, 0], PictureFolder.Counts(data.Validation));
        Assert.Equal([("ZF1196", "1 line of the list repeats an earlier one and counts once: line 8 is line 7"), ("ZF1121", "1 class has just one image, which is trained on, so that none validates: b; add images")],
            log.Warnings.Select(warning => (warning.Code, warning.Message)));
    }

    [Fact]
    public void TheColumnKnowsThePartsByTheirDecoratedNames()
    {
        using var folder = Images("a.png", "b.png", "c.png", "d.png");
        using var data = Open(folder, "path,class,split\na.png,cat,TRAINING_SET\nb.png,dog,train data\nc.png,cat,evaluation\nd.png,dog,Test Set\n");
        Assert.Equal((2, 1, 1), (data.Train.Count, data.Validation.Count, data.HeldOut.Count));
    }

    [Fact]
    public void AFewMissingFilesAreReportedAndLeftOut()
    {
        var names = Enumerable.Range(0, 40).Select(i => $"{i}.png").ToArray();
        using var folder = Images(names);
        File.Delete(folder["7.png"]);
        var log = new CapturedLog();
        File.WriteAllText(folder["list.csv"], "path,class\n" + string.Concat(names.Select((name, i) => $"{name},{i % 2}\n")));
        using var data = ImageFolder.Open(folder["list.csv"], new(new(3, 4, 4), Recipes.Plain, 0, log));
        Assert.Equal(39, data.Train.Count + data.Validation.Count);
        Assert.Equal(("ZF1135", folder["7.png"]), (Assert.Single(log.Warnings).Code, log.Warnings[0].File));
    }

    [Theory]
    [InlineData("../outside.png")]
    [InlineData("in/../../outside.png")]
    [InlineData("<folder>/outside.png")]
    [InlineData("<folder>/list-of-another/a.png")]
    [InlineData("a\0b.png")]
    public void APathOutsideOfTheListsFolderIsRefusedOnItsLine(string path)
    {
        using var folder = Images("list/a.png", "list/b.png", "outside.png");
        File.WriteAllText(folder["list/list.csv"], $"path,class\na.png,cat\n{path.Replace("<folder>", folder.Path, StringComparison.Ordinal)},dog\n");
        var error = Assert.Throws<ZfDeclException>(() => ImageFolder.Open(folder["list/list.csv"], new(new(3, 4, 4), Recipes.Plain, 0, new SilentLog())));
        Assert.Equal(("ZF1491", folder["list/list.csv"]), (error.Code, error.File));
        Assert.StartsWith("line 3: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BelowTheRootThatTheUserNamesEveryPathIsRead()
    {
        using var folder = Images("list/a.png", "pictures/b.png", "pictures/c.png", "pictures/d.png");
        File.WriteAllText(folder["list/list.csv"], $"path,class,split\na.png,cat,train\n../pictures/b.png,dog,train\n{folder["pictures/c.png"]},cat,val\npictures/d.png,dog,val\n");
        using var data = ImageFolder.Open(folder["list/list.csv"], new(new(3, 4, 4), Recipes.Plain, 0, new SilentLog()) { ListRoot = folder.Path });
        Assert.Equal((2, 2), (data.Train.Count, data.Validation.Count));
        var error = Assert.Throws<ZfDeclException>(() => ImageFolder.Open(folder["list/list.csv"], new(new(3, 4, 4), Recipes.Plain, 0, new SilentLog()) { ListRoot = folder["pict"] }));
        Assert.Equal("ZF1491", error.Code);
    }

    [UnixFact]
    public void ALinkBelowTheListsFolderIsTheUsersAndIsFollowed()
    {
        using var folder = Images("list/a.png", "outside/b.png", "list/c.png", "list/d.png");
        Directory.CreateSymbolicLink(folder["list/linked"], folder["outside"]);
        File.WriteAllText(folder["list/list.csv"], "path,class,split\na.png,cat,train\nlinked/b.png,dog,train\nc.png,cat,val\nd.png,dog,val\n");
        using var data = ImageFolder.Open(folder["list/list.csv"], new(new(3, 4, 4), Recipes.Plain, 0, new SilentLog()));
        Assert.Equal(2, data.Train.Count);
    }

    private static TemporaryFolder Images(params string[] names) => PictureFolder.Of(names);

    private static ImageData Open(TemporaryFolder folder, string list, CapturedLog? log = null)
    {
        File.WriteAllText(folder["list.csv"], list);
        return ImageFolder.Open(folder["list.csv"], new(new(3, 4, 4), Recipes.Plain, 0, log ?? new()));
    }
}
