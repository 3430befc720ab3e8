using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

public sealed class CaltechFolderTests : IDisposable
{
    private static readonly byte[] Picture = Pictures.Jpeg(4, 4, Pictures.Noise);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("101_ObjectCategories", "101_ObjectCategories")]
    [InlineData("101_ObjectCategories", "")]
    [InlineData("caltech-101/101_ObjectCategories", "")]
    [InlineData("caltech101", "caltech101")]
    public void TheBackgroundOfCaltech101IsNoCategory(string inside, string named)
    {
        Write(inside, "accordion", "BACKGROUND_Google", "Faces", "Faces_easy");
        using var data = Open(named);
        Assert.Equal((KnownDataSet.Caltech101, KnownDataSet.Caltech101), (data.Known, ImageFolder.Recognize(Path.Combine(folder.Path, named))));
        Assert.Equal(["BACKGROUND_Google", "Faces", "Faces_easy", "accordion"], data.Train.Classes);
        using var usual = data.Only(null);
        Assert.Equal(["Faces", "Faces_easy", "accordion"], usual.Train.Classes);
        Assert.Equal(KnownDataSet.Caltech101, usual.Known);
        Assert.NotEqual(data.Hash, usual.Hash);
        Assert.EndsWith("; without BACKGROUND_Google, which is no category (classes 0-3 take it in), 9 and 3 of 3 classes", usual.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void WhoNamesTheBackgroundGetsIt()
    {
        Write("101_ObjectCategories", "accordion", "BACKGROUND_Google", "Faces");
        using var data = Open("").Only("0-2");
        Assert.Equal(["BACKGROUND_Google", "Faces", "accordion"], data.Train.Classes);
    }

    [Fact]
    public void TheClutterOfCaltech256IsNoCategoryAndNumbersNeedNotBeNamed()
    {
        Write("256_ObjectCategories", "001.ak47", "002.american-flag", "257.clutter");
        using var data = Open("").Only(null);
        Assert.Equal(["001.ak47", "002.american-flag"], data.Train.Classes);
        Assert.Equal(KnownDataSet.Caltech256, data.Known);
        using var named = Open("").Only("ak47+clutter");
        Assert.Equal(["001.ak47", "257.clutter"], named.Train.Classes);
    }

    [Fact]
    public void OfBothOneMustBeNamed()
    {
        Write("101_ObjectCategories", "accordion", "BACKGROUND_Google", "Faces");
        Write("256_ObjectCategories", "001.ak47", "002.american-flag", "257.clutter");
        var failure = Assert.Throws<ZfDeclException>(() => Open(""));
        Assert.Equal("ZF1185", failure.Code);
        Assert.Contains("101_ObjectCategories, 256_ObjectCategories; name one of them", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherClassFoldersAreNoKnownDataSet()
    {
        Write("pictures", "accordion", "Faces", "watch");
        using var data = Open("pictures").Only(null);
        Assert.Null(data.Known);
        Assert.Equal("class folders: 9 training images, 3 validation images (a tenth of each class, seed 1), 3 classes", data.Description);
        Assert.Null(ImageFolder.Recognize(Path.Combine(folder.Path, "pictures")));
        Assert.Null(ImageFolder.Recognize("shapes"));
    }

    private void Write(string inside, params string[] classes)
    {
        foreach (var name in classes)
        {
            for (var i = 1; i <= 4; i++)
                File.WriteAllBytes(folder[$"{inside}/{name}/image_000{i}.jpg"], Picture);
        }
    }

    private ImageData Open(string named) => ImageFolder.Open(Path.Combine(folder.Path, named), new(new(3, 4, 4), Recipes.Plain, 1, new SilentLog()));
}
