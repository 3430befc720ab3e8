using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

public sealed class PascalVocFolderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("VOCdevkit")]
    [InlineData("VOCdevkit/VOC2012")]
    public void ItIsReadWhicheverFolderIsNamed(string named)
    {
        using var voc = new PascalVocFixture();
        using var data = Open(voc, named: named);
        Assert.Equal(KnownDataSet.PascalVoc, ImageFolder.Recognize(Path.Combine(voc.Path, named)));
        Assert.Equal("PASCAL VOC2012: 8 training images (train), 8 validation images (val), 3 classes, of which an image may hold several", data.Description);
        Assert.Equal(PascalVocFixture.Classes, data.Objects!.Classes);
        Assert.Equal([Presence.Present, Presence.Difficult, Presence.Present], data.Objects.Train[0]);
        Assert.Equal([Presence.Absent, Presence.Present, Presence.Absent], data.Objects.Validation[4]);
        Assert.Equal(["cat+person", "dog+person", "person", "cat+person", "dog", "nothing", "cat", "dog"], Enumerable.Range(0, 8).Select(image => data.Train.Classes[data.Train.Label(image)]));
        Assert.Equal("JPEGImages/2008_000008.jpg", data.Validation.NameOf(0));
        data.Validation.Read(0, new byte[48]);
    }

    [Fact]
    public void OfSeveralYearsTheNewestIsTaken()
    {
        using var voc = new PascalVocFixture();
        Directory.CreateDirectory(Path.Combine(voc.Path, "VOCdevkit", "VOC2007", "JPEGImages"));
        Directory.CreateDirectory(Path.Combine(voc.Path, "VOCdevkit", "VOC2007", "ImageSets", "Main"));
        using var data = Open(voc);
        Assert.StartsWith("PASCAL VOC2012", data.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereTheTestImagesHaveListsAllOthersTrain()
    {
        using var voc = new PascalVocFixture("VOCdevkit/VOC2007", "trainval", "test");
        using var data = Open(voc);
        Assert.StartsWith("PASCAL VOC2007: 8 training images (trainval), 8 validation images (test)", data.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void OneClassAnImageIsNotToBeHad()
    {
        using var voc = new PascalVocFixture();
        var failure = Assert.Throws<ZfDeclException>(() => Open(voc).Only(null));
        Assert.Equal("ZF1193", failure.Code);
        Assert.Contains("`transfer`", failure.Message, StringComparison.Ordinal);
        using var data = Open(voc);
        Assert.Same(data, data.Only(null, several: true));
    }

    [Fact]
    public void SomeClassesCanBeChosen()
    {
        using var voc = new PascalVocFixture();
        using var all = Open(voc);
        using var some = Open(voc).Only("person+cat", several: true);
        Assert.Equal(["cat", "person"], some.Objects!.Classes);
        Assert.Equal([Presence.Present, Presence.Present], some.Objects.Train[0]);
        Assert.Equal((8, 8), (some.Train.Count, some.Objects.Train.Count));
        Assert.NotEqual(all.Hash, some.Hash);
        Assert.Equal("ZF1170", Assert.Throws<ZfDeclException>(() => Open(voc).Only("cow", several: true)).Code);
    }

    [Fact]
    public void AListedPictureThatIsMissingIsNamedAndItsLabelsGoWithIt()
    {
        using var voc = new PascalVocFixture();
        var main = voc["ImageSets/Main/x"][..^1];
        foreach (var name in PascalVocFixture.Classes)
        {
            for (var i = 100; i < 120; i++)
            {
                File.Copy(voc["JPEGImages/2008_000000.jpg"], voc[$"JPEGImages/2008_{i:000000}.jpg"], overwrite: true);
                File.AppendAllText(Path.Combine(main, $"{name}_train.txt"), $"2008_{i:000000} -1\n");
            }
        }
        File.Delete(voc["JPEGImages/2008_000000.jpg"]);
        var log = new CapturedLog();
        using var data = Open(voc, log: log);
        Assert.Equal(("ZF1135", voc["JPEGImages/2008_000000.jpg"]), (Assert.Single(log.Warnings).Code, log.Warnings[0].File));
        Assert.Equal((27, 27), (data.Train.Count, data.Objects!.Train.Count));
        Assert.Equal([Presence.Absent, Presence.Present, Presence.Present], data.Objects.Train[0]);
    }

    [Fact]
    public void ManyMissingPicturesAreAnError()
    {
        using var voc = new PascalVocFixture();
        File.Delete(voc["JPEGImages/2008_000000.jpg"]);
        Assert.Equal("ZF1132", Assert.Throws<ZfDeclException>(() => Open(voc)).Code);
    }

    [Theory]
    [InlineData("dog_val.txt", null, "ZF1190", "there is no such list, though the class has others")]
    [InlineData("dog_val.txt", "2008_000008 1\n", "ZF1191", "the list names 1 images and cat_val.txt 8; only one of them names '2008_000009'")]
    [InlineData("cat_train.txt", "\n", "ZF1192", "the list names no image")]
    [InlineData("cat_train.txt", "2008_000000  1\n2008_000001 yes\n", "ZF1151", "line 2 is '2008_000001 yes'")]
    [InlineData("cat_train.txt", "2008_000000  1\n2008_000000 -1\n", "ZF1151", "line 2 names '2008_000000' again")]
    [InlineData("cat_train.txt", "2008_000000  1\n../../../secret -1\n", "ZF1151", "line 2 names the image '../../../secret', and it is a path")]
    public void ADamagedListIsNamed(string file, string? content, string code, string finding)
    {
        using var voc = new PascalVocFixture();
        var path = voc[$"ImageSets/Main/{file}"];
        if (content is null)
            File.Delete(path);
        else
            File.WriteAllText(path, content);
        var failure = Assert.Throws<ZfDeclException>(() => Open(voc));
        Assert.Equal((code, path), (failure.Code, failure.File));
        Assert.StartsWith(finding, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnImageInBothPartsIsAnError()
    {
        using var voc = new PascalVocFixture();
        foreach (var name in PascalVocFixture.Classes)
            File.AppendAllText(voc[$"ImageSets/Main/{name}_val.txt"], "2008_000000 -1\n");
        var failure = Assert.Throws<ZfDeclException>(() => Open(voc));
        Assert.Equal("ZF1191", failure.Code);
        Assert.StartsWith("image '2008_000000' is listed in train and in val", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutListsOfClassesItSaysWhichAreNeeded()
    {
        using var voc = new PascalVocFixture();
        foreach (var list in Directory.GetFiles(Path.GetDirectoryName(voc["ImageSets/Main/x"])!, "*_*.txt"))
            File.Delete(list);
        var failure = Assert.Throws<ZfDeclException>(() => Open(voc));
        Assert.Equal("ZF1190", failure.Code);
        Assert.StartsWith("holds no list of a class, such as cat_train.txt", failure.Message, StringComparison.Ordinal);
    }

    private static ImageData Open(PascalVocFixture voc, IRunLog? log = null, string named = "") =>
        ImageFolder.Open(Path.Combine(voc.Path, named), new(new(3, 4, 4), Recipes.Plain, 1, log ?? new SilentLog()));
}
