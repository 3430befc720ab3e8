using ZfDecl.Data.Layouts;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

/// <summary>Data sets in the folders that archives and libraries put around them, and folders that are of no layout.</summary>
public class WrappedFolderTests
{
    [Theory]
    [InlineData("raw")]
    [InlineData("FashionMNIST/raw")]
    [InlineData("data/FashionMNIST/raw")]
    public void IdxFilesAreFoundInTheFoldersAroundThem(string inner)
    {
        using var files = IdxFixture.Create();
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(files.Path))
            File.Copy(file, folder[$"{inner}/{Path.GetFileName(file)}"]);
        using var data = Open(folder.Path);
        Assert.Equal(30, data.Train.Count);
        Assert.EndsWith($"(in {inner})", data.Description, StringComparison.Ordinal);
        Assert.True(ImageFolder.IsIdx(folder.Path));
    }

    [Fact]
    public void OfTwoDataSetsInAFolderOneIsToBeNamed()
    {
        using var folder = PictureFolder.Of("a/train-images-idx3-ubyte", "b/data_batch_1.bin");
        var failure = Assert.Throws<ZfDeclException>(() => Open(folder.Path));
        Assert.Equal(("ZF1185", "several data sets lie in here: a, b; name one of them with `data`"), (failure.Code, failure.Message));
    }

    [Fact]
    public void BesideFoldersOfPicturesItIsNotTaken()
    {
        using var folder = PictureFolder.Of([.. PictureFolder.Many("cat", 3), .. PictureFolder.Many("dog", 3)]);
        File.WriteAllText(folder["old/data_batch_1.bin"], "");
        using var data = Open(folder.Path);
        Assert.Equal(["cat", "dog"], data.Train.Classes);
    }

    [Theory]
    [InlineData("train.parquet", "found are 1 .parquet file; images within such files are not read")]
    [InlineData("train-images.idx3-ubyte-old", "these look like IDX files under other names")]
    [InlineData("images.zip", "unpack the archives")]
    [InlineData("instances_train2017.json", "these look like COCO's annotations")]
    [InlineData("labels.csv", "if labels.csv names the images and their classes, name it with `data=")]
    public void AnUnknownFolderIsToldWhatWasFoundAndWhatIsNearest(string file, string said)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[file], "x");
        var failure = Assert.Throws<ZfDeclException>(() => Open(folder.Path));
        Assert.Equal("ZF1102", failure.Code);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Contains("expected is a folder for each class", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flowers/", "flowers")]
    [InlineData("download/flowers/", "download/flowers")]
    [InlineData("flowers/train/", "flowers")]
    public void TheFolderAboveClassFoldersIsReadAsTheyAre(string inside, string found)
    {
        using var folder = PictureFolder.Of([.. PictureFolder.Many($"{inside}daisy", 4), .. PictureFolder.Many($"{inside}tulip", 4), "__MACOSX/flowers/._1.png"]);
        File.WriteAllText(folder["readme.txt"], "Flowers.");
        using var data = ImageFolder.Open(folder.Path, new(new(1, 4, 4), Recipes.Plain, 0, new SilentLog()));
        using var named = ImageFolder.Open(folder[found], new(new(1, 4, 4), Recipes.Plain, 0, new SilentLog()));
        Assert.Equal(["daisy", "tulip"], data.Train.Classes);
        Assert.Equal((named.Hash, $"{named.Description} (in {found})"), (data.Hash, data.Description));
    }

    [Fact]
    public void AFolderWithOneClassAmongOthersIsNotOpenedForWhatLiesInIt()
    {
        using var folder = PictureFolder.Of("a/x/1.png", "a/y/1.png", "b/");
        Assert.Equal("ZF1120", Assert.Throws<ZfDecl.Messages.ZfDeclException>(() => ImageFolder.Open(folder.Path, new(new(1, 4, 4), Recipes.Plain, 0, new SilentLog()))).Code);
    }

    [UnixTheory]
    [InlineData("ZF1120", "their names begin with 'cat' (2), 'dog' (2): if these are the classes", "train/cat.0.png", "train/cat.1.png", "train/dog.0.png", "train/dog.1.png")]
    [InlineData("ZF1120", "their names begin with 'big cat' (2), 'dog' (2): if these are the classes", "big cat_0.png", "big cat_1.png", "dog (0).png", "dog (1).png")]
    [InlineData("ZF1120", "the 4 images of the folder lie in no class; expected is", "cat_0.png", "cat_1.png", "dog_0.png", "holidays.png")]
    [InlineData("ZF1120", "if labels.csv names the images and their classes, name it with", "train/1.png", "train/2.png", "test/3.png", "labels.csv")]
    [InlineData("ZF1102", "what is in it is hidden and does not count (.cat, .dog)", ".cat/1.png", ".dog/1.png")]
    public void WhatLiesOtherwiseIsToldHowItShould(string code, string said, params string[] files)
    {
        using var folder = PictureFolder.Of(files);
        var failure = Assert.Throws<ZfDeclException>(() => Open(folder.Path));
        Assert.Equal(code, failure.Code);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("https://example.org/cats.zip", "there is no such folder; download the data")]
    [InlineData("cats.zip", "there is no such folder; name the folder")]
    [InlineData("""/home/ada/C:\data\cats""", """there is no such folder; a path with a drive letter is one of Windows: give the folder's path on this system (below WSL C:\data is /mnt/c/data)""")]
    [InlineData("cats/*", "there is no such folder; name the folder itself: patterns are not read")]
    [InlineData("k\uFFFDfer", "there is no such folder; its name is not UTF-8")]
    public void WhatIsNowhereIsToldWhatToName(string path, string said) =>
        Assert.StartsWith(said, Assert.Throws<ZfDeclException>(() => Open(Path.GetFullPath(path, "/nowhere"))).Message, StringComparison.Ordinal);

    [Fact]
    public void AnArchiveThatIsCompressedUnderAPlainNameIsSaidToBe()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["x.tar"], IdxFixture.Zip(new byte[2048]));
        var failure = Assert.Throws<ZfDeclException>(() => Open(folder["x.tar"]));
        Assert.Equal("ZF1137", failure.Code);
        Assert.Contains("is compressed although its name does not say so", failure.Message, StringComparison.Ordinal);
    }

    [UnixTheory]
    [InlineData("Cat", "cat", true)]
    [InlineData("cat ", "cat", true)]
    [InlineData("caf\u00e9", "cafe\u0301", true)]
    [InlineData("cat", "cats", false)]
    public void ClassesThatAreCalledAllButTheSameAreWarnedOf(string one, string other, bool warned)
    {
        using var folder = PictureFolder.Of([.. PictureFolder.Many(one, 3), .. PictureFolder.Many(other, 3)]);
        var log = new CapturedLog();
        using var data = ImageFolder.Open(folder.Path, new(new(1, 4, 4), Recipes.Plain, 0, log));
        Assert.Equal(2, data.Train.Classes.Count);
        Assert.Equal(warned ? 1 : 0, log.Warnings.Count(warning => warning.Code == "ZF1145"));
    }

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n", "it is a pointer of Git LFS and not the picture")]
    [InlineData("\n<!DOCTYPE html><html><body>404</body></html>", "it is a web page and no picture")]
    [InlineData("<?xml version='1.0'?><Error/>", "it is XML and no picture")]
    [InlineData("no picture", "no image header can be read")]
    public void WhatWasNotDownloadedIsSaidToBeNoPicture(string content, string finding)
    {
        using var folder = PictureFolder.Of([.. PictureFolder.Many("a", 30), .. PictureFolder.Many("b", 30)]);
        File.WriteAllText(folder["a/x.jpg"], content);
        var log = new CapturedLog();
        using var data = ImageFolder.Open(folder.Path, new(new(1, 4, 4), Recipes.Plain, 0, log));
        Assert.StartsWith($"image left out: {finding}", Assert.Single(log.Warnings).Message, StringComparison.Ordinal);
    }

    private static ZfDecl.Data.Sets.ImageData Open(string path) => ImageFolder.Open(path, new(new(1, 4, 5), Recipes.Plain, 0, new SilentLog()));
}
