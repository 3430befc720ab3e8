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

    private static ZfDecl.Data.Sets.ImageData Open(string path) => ImageFolder.Open(path, new(new(1, 4, 5), Recipes.Plain, 0, new SilentLog()));
}
