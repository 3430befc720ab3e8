using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using static ZfDecl.Tests.Data.PictureFolder;

namespace ZfDecl.Tests.Data;

public class ClassFolderTests
{
    private static readonly FeatureShape Input = new(1, 4, 4);
    private static readonly byte[] Image = Pictures.Png(4, 4, Pictures.Noise);

    [Fact]
    public void AGivenSplitIsTakenAndImagesAreInOrdinalOrder()
    {
        using var folder = PictureFolder.Of("train/b/x.png", "train/b/deep/er/y.jpg", "train/a/2.png", "train/a/10.PNG", "train/B/z.bmp",
            "validation/a/v.png", "validation/b/w.png", "validation/B/u.png");
        using var data = Open(folder);
        Assert.Equal(["B", "a", "b"], data.Train.Classes);
        Assert.Equal(["train/B/z.bmp", "train/a/10.PNG", "train/a/2.png", "train/b/deep/er/y.jpg", "train/b/x.png"], Names(data.Train));
        Assert.Equal([0, 1, 1, 2, 2], Enumerable.Range(0, 5).Select(data.Train.Label));
        Assert.Equal(["validation/B/u.png", "validation/a/v.png", "validation/b/w.png"], Names(data.Validation));
        Assert.Equal("class folders: 5 training images, 3 validation images (from validation/), 3 classes", data.Description);
    }

    [Fact]
    public void HiddenFilesAndOtherFilesDoNotCount()
    {
        using var folder = PictureFolder.Of("a/1.png", "a/2.png", "b/1.png", "b/.thumbs/1.png", "b/._1.png", ".git/x.png", "a/readme.txt");
        using var data = Open(folder);
        Assert.Equal(["a", "b"], data.Train.Classes);
        Assert.Equal(3, data.Train.Count + data.Validation.Count);
    }

    [Fact]
    public void WithoutASplitATenthOfEachClassValidates()
    {
        using var folder = PictureFolder.Of([.. Many("a", 40), .. Many("b", 3), "c/only.png"]);
        using var data = Open(folder);
        Assert.Equal(4 + 1, data.Validation.Count);
        Assert.Equal([4, 1, 0], Enumerable.Range(0, 3).Select(label => Enumerable.Range(0, 5).Count(i => data.Validation.Label(i) == label)));
        Assert.Equal(44, Names(data.Train).Concat(Names(data.Validation)).Distinct().Count());
    }

    [Fact]
    public void TheSplitDependsOnNamesAndSeedAlone()
    {
        using var folder = PictureFolder.Of([.. Many("a", 40), .. Many("b", 40)]);
        using var elsewhere = PictureFolder.Of([.. Many("b", 40).Reverse(), .. Many("a", 40).Reverse()]);
        using var data = Open(folder);
        using var again = Open(elsewhere);
        using var other = Open(folder, seed: 2);
        Assert.Equal(Names(data.Validation), Names(again.Validation));
        Assert.NotEqual(Names(data.Validation), Names(other.Validation));
        Assert.Equal(data.Hash, again.Hash);
        Assert.NotEqual(data.Hash, other.Hash);
    }

    [Fact]
    public void TrainAloneWithFoldersIsSplit()
    {
        using var folder = PictureFolder.Of([.. Many("train/a", 10), .. Many("train/b", 10)]);
        using var data = Open(folder);
        Assert.Equal(["a", "b"], data.Train.Classes);
        Assert.Equal(2, data.Validation.Count);
    }

    [Fact]
    public void AClassMayBeCalledTrain()
    {
        using var folder = PictureFolder.Of([.. Many("train", 2), .. Many("tram", 2)]);
        using var data = Open(folder);
        Assert.Equal(["train", "tram"], data.Train.Classes);
    }

    [UnixFact]
    public void LinksAreFollowedButNotInCircles()
    {
        using var folder = PictureFolder.Of([.. Many("a", 5), .. Many("b", 5)]);
        Directory.CreateSymbolicLink(folder["a/up"], "..");
        Directory.CreateSymbolicLink(folder["a/self"], ".");
        Directory.CreateSymbolicLink(folder["b/more"], folder["a"]);
        Directory.CreateSymbolicLink(folder["c"], "a");
        File.CreateSymbolicLink(folder["a/link.png"], "0.png");
        using var data = ImageFolder.Open(folder.Path, new(Input, Recipes.Plain, 0, new SilentLog()));
        // a: 5 and a link to one of them; b: 5 and those 6; c: those 6.
        Assert.Equal(["a", "b", "c"], data.Train.Classes);
        Assert.Equal(6 + 11 + 6, data.Train.Count + data.Validation.Count);
    }

    [UnixFact]
    public void WhatHasNoEndOrIsNowhereIsLeftOut()
    {
        using var folder = PictureFolder.Of([.. Many("a", 40), .. Many("b", 40)]);
        File.CreateSymbolicLink(folder["a/endless.png"], "/dev/zero");
        File.CreateSymbolicLink(folder["a/nowhere.png"], "/nowhere");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [folder["b/pipe.png"]]))
            made.WaitForExit();
        var log = new CapturedLog();
        using var data = ImageFolder.Open(folder.Path, new(new(1, 4, 4), Recipes.Plain, 0, log));
        Assert.Equal(80, data.Train.Count + data.Validation.Count);
        Assert.Equal(["ZF1130", "ZF1130", "ZF1130"], log.Warnings.Select(warning => warning.Code));
        Assert.Contains(log.Warnings, warning => warning.Message.Contains("a link that leads nowhere: there is no '/nowhere'", StringComparison.Ordinal));
    }

    [Fact]
    public void AClassWithoutImagesIsWarnedOf()
    {
        using var folder = PictureFolder.Of([.. Many("a", 2), .. Many("b", 2), "empty/notes.txt"]);
        var log = new CapturedLog();
        using var data = Open(folder, log: log);
        Assert.Equal(["a", "b"], data.Train.Classes);
        Assert.Contains("'empty'", Assert.Single(log.Warnings).Message);
    }

    [Fact]
    public void ImagesOutsideTheClassesAreWarnedOf()
    {
        using var folder = PictureFolder.Of([.. Many("a", 2), .. Many("b", 2), "stray.png"]);
        var log = new CapturedLog();
        using var data = Open(folder, log: log);
        Assert.Equal("ZF1123", Assert.Single(log.Warnings).Code);
    }

    [Fact]
    public void AFewDamagedImagesAreNamedAndLeftOut()
    {
        using var folder = PictureFolder.Of([.. Many("a", 20), .. Many("b", 20)]);
        File.WriteAllText(folder["a/7.png"], "version https://git-lfs.github.com/spec/v1");
        File.WriteAllBytes(folder["b/3.png"], []);
        var log = new CapturedLog();
        using var data = Open(folder, log: log);
        Assert.Equal(38, data.Train.Count + data.Validation.Count);
        Assert.Equal([("ZF1130", folder["a/7.png"]), ("ZF1130", folder["b/3.png"])], log.Warnings.Select(warning => (warning.Code, warning.File!)));
    }

    [Fact]
    public void AnOversizedImageIsRefusedByItsHeader()
    {
        using var folder = PictureFolder.Of([.. Many("a", 20), .. Many("b", 20)]);
        File.WriteAllBytes(folder["a/7.png"], PngHeader(20_000, 10_000));
        var log = new CapturedLog();
        using var data = Open(folder, log: log);
        var warning = Assert.Single(log.Warnings);
        Assert.Equal("ZF1131", warning.Code);
        Assert.Contains("20000×10000", warning.Message);
    }

    [Fact]
    public void MoreThanOneDamagedImageInTwentyIsAnError()
    {
        var folder = PictureFolder.Of([.. Many("a", 20), .. Many("b", 20)]);
        foreach (var name in (string[])["a/1.png", "a/2.png", "b/1.png"])
            File.WriteAllBytes(folder[name], [1, 2, 3]);
        AssertRefused(folder, "ZF1132", "3 of 40 images", "a/1.png");
    }

    [Fact]
    public void AClassOfWhichNothingCanBeReadIsAnError()
    {
        var folder = PictureFolder.Of([.. Many("a", 40), .. Many("b", 40), "c/1.png"]);
        File.WriteAllBytes(folder["c/1.png"], Image[..10]);
        AssertRefused(folder, "ZF1132", "class 'c'", "c/1.png");
    }

    [Fact]
    public void AMissingFolderIsAnError()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        Assert.Equal(("ZF1101", "there is no such folder; name the folder that holds the data, or a .csv file that lists it"), Refusal(folder["none"], Input, Recipes.Plain));
        Assert.Equal(("ZF1101", "is a file; name the folder that holds the data, or a .csv file that lists it"), Refusal(folder["file"], Input, Recipes.Plain));
    }

    [Fact]
    public void AnEmptyFolderIsToldWhatIsExpected() => AssertRefused(PictureFolder.Of(), "ZF1102", "<folder>/<class>/", "train-images-idx3-ubyte");

    [Fact]
    public void ImagesInNoClassAreToldWhatIsExpected() => AssertRefused(PictureFolder.Of("1.png", "2.png"), "ZF1120", "2 images", "<folder>/train/<class>/");

    [Fact]
    public void OneClassIsTooFew() => AssertRefused(PictureFolder.Of([.. Many("a", 5), "b/none.txt"]), "ZF1120", "1 of the 2 folders", "at least 2 classes");

    [Fact]
    public void AFlatValidationFolderIsAnError() =>
        AssertRefused(PictureFolder.Of([.. Many("train/a", 2), .. Many("train/b", 2), "val/1.png"]), "ZF1120", "in no class");

    [Fact]
    public void AValidationClassThatIsNotTrainedIsAnError() =>
        AssertRefused(PictureFolder.Of([.. Many("train/a", 2), .. Many("train/b", 2), "val/a/1.png", "val/B/1.png"]), "ZF1122", "class 'B'");

    [Fact]
    public void OneImageAClassLeavesNothingToValidateWith() => AssertRefused(PictureFolder.Of("a/1.png", "b/1.png"), "ZF1124", "validate");

    [Fact]
    public void AResizeSmallerThanTheCropIsAnError()
    {
        using var folder = PictureFolder.Of("a/1.png");
        Assert.Equal("ZF1105", Refusal(folder.Path, Input, Recipes.Plain with { Resize = 3 }).Code);
    }

    [Fact]
    public void FourChannelsAreAnError()
    {
        using var folder = PictureFolder.Of("a/1.png");
        Assert.Equal("ZF1104", Refusal(folder.Path, new(4, 4, 4), Recipes.Plain).Code);
    }

    private static ImageData Open(TemporaryFolder folder, int seed = 1, IRunLog? log = null) =>
        ImageFolder.Open(folder.Path, new(Input, Recipes.Plain, seed, log ?? new SilentLog()));

    private static (string Code, string Message) Refusal(string folder, FeatureShape input, PreprocessRecipe recipe)
    {
        var failure = Assert.Throws<ZfDeclException>(() => ImageFolder.Open(folder, new(input, recipe, 0, new SilentLog())));
        return (failure.Code, failure.Message);
    }

    private static void AssertRefused(TemporaryFolder folder, string code, params string[] said)
    {
        using (folder)
        {
            var failure = Assert.Throws<ZfDeclException>(() => Open(folder));
            Assert.Equal(code, failure.Code);
            Assert.All(said, words => Assert.Contains(words, failure.Message));
        }
    }

    /// <summary>A PNG that is all header: its signature and an IHDR of that size.</summary>
    private static byte[] PngHeader(int width, int height)
    {
        var png = (byte[])[.. Image];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), PngChecksum.Of(png.AsSpan(12, 17)));
        return png;
    }
}
