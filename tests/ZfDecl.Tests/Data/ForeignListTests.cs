using System.Text;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

/// <summary>Lists as other programs write them: each names the same two classes of two images.</summary>
public class ForeignListTests
{
    private static readonly string[] Files = ["cat/1.png", "cat/2.png", "dog/1.png", "dog/2.png"];

    [Theory]
    [InlineData("path,class\ncat\\1.png,cat\ncat\\2.png,cat\ndog\\1.png,dog\ndog\\2.png,dog\n")]                       // Windows
    [InlineData("path;class\r\ncat/1.png;cat\r\ncat/2.png;cat\r\ndog/1.png;dog\r\ndog/2.png;dog\r\n")]                 // Excel in German
    [InlineData("path\tclass\ncat/1.png\tcat\ncat/2.png\tcat\ndog/1.png\tdog\ndog/2.png\tdog\n")]
    [InlineData("\uFEFFpath,class\ncat/1.png,cat\ncat/2.png,cat\ndog/1.png,dog\ndog/2.png,dog\n")]
    [InlineData(",path,class\n0,cat/1.png,cat\n1,cat/2.png,cat\n2,dog/1.png,dog\n3,dog/2.png,dog\n")]                   // pandas, with its index
    [InlineData("id,label\ncat/1,cat\ncat/2,cat\ndog/1,dog\ndog/2,dog\n")]                                              // Kaggle, without endings
    [InlineData("id,filename,width,label\n7,cat/1.png,4,cat\n8,cat/2.png,4,cat\n9,dog/1.png,4,dog\n10,dog/2.png,4,dog\n")]
    [InlineData("Image_Path|Category\ncat/1.png|cat\ncat/2.png|cat\ndog/1.png|dog\ndog/2.png|dog\n")]
    [InlineData("class, path\ncat, cat/1.png\ncat, cat/2.png\ndog, dog/1.png\ndog, dog/2.png\n")]                       // blanks behind commas
    [InlineData("path,class\rcat/1.png,cat\rcat/2.png,cat\rdog/1.png,dog\rdog/2.png,dog\r")]                           // old Macs
    [InlineData("path,class\ncat/1.png,cat,\ncat/2.png,cat,\ndog/1.png,dog,,\ndog/2.png,dog\n")]                        // commas at the ends
    [InlineData("# two classes\n# of mine\npath,class\ncat/1.png,cat\ncat/2.png,cat\ndog/1.png,dog\ndog/2.png,dog\n")]
    [InlineData("sep=;\r\npath;class\r\ncat/1.png;cat\r\ncat/2.png;cat\r\ndog/1.png;dog\r\ndog/2.png;dog\r\n")]       // Excel
    [InlineData("path,class\nCat\\1.PNG,cat\ncat/2.Png,cat\nDOG/1.png,dog\ndog/2.png,dog\n")]                           // Windows does not tell case apart
    public void AListIsReadAsItIsMeant(string list)
    {
        using var folder = PictureFolder.Of(Files);
        using var data = Open(folder, "list.csv", Encoding.UTF8.GetBytes(list));
        AssertFiles(data, ["cat", "dog"]);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("latin1")]
    public void AListOfAnotherEncodingIsReadAndTheEncodingIsSaid(string encoding)
    {
        using var folder = PictureFolder.Of("käfer/1.png", "käfer/2.png", "dog/1.png", "dog/2.png");
        var log = new CapturedLog();
        using var data = Open(folder, "list.csv", Encoding.GetEncoding(encoding).GetBytes("path,class\nkäfer/1.png,käfer\nkäfer/2.png,käfer\ndog/1.png,dog\ndog/2.png,dog\n"), log);
        Assert.Equal(["dog", "käfer"], data.Train.Classes);
        Assert.Contains(log.Said, line => line.StartsWith("list.csv is not UTF-8", StringComparison.Ordinal));
    }

    [Fact]
    public void CaffesLinesAreAPathWithSpacesAndALabel()
    {
        using var folder = PictureFolder.Of("a cat/1.png", "cat/2.png", "dog/1.png", "dog/2.png");
        using var data = Open(folder, "train.txt", "a cat/1.png 0\ncat/2.png 0\n\ndog/1.png\t1\r\ndog/2.png 1"u8.ToArray());
        Assert.Equal(["0", "1"], data.Train.Classes);
        Assert.Contains("a cat/1.png", PictureFolder.Names(data.Train).Concat(PictureFolder.Names(data.Validation)));
        var failure = Assert.Throws<ZfDeclException>(() => Open(folder, "train.txt", "cat/2.png 0\nalone\n"u8.ToArray()));
        Assert.Equal(("ZF1151", "line 2 is 'alone'; expected is a path, a space and a label, such as 'cat/1.jpg 0'"), (failure.Code, failure.Message));
    }

    [Fact]
    public void NamesAloneAreFoundInTheFolderThatIsCalledAsTheList()
    {
        using var folder = PictureFolder.Of("labels/x1.png", "labels/x2.png", "labels/y1.png", "labels/y2.png");
        using var data = Open(folder, "labels.csv", "id,breed\nx1,cat\nx2,cat\ny1,dog\ny2,dog\n"u8.ToArray());
        Assert.Contains("labels/y1.png", PictureFolder.Names(data.Train).Concat(PictureFolder.Names(data.Validation)));
    }

    [UnixFact]
    public void AccentsAsMacOsWritesThemFindTheirFiles()
    {
        using var folder = PictureFolder.Of("caf\u00e9/1.png", "caf\u00e9/2.png", "the\u0301/1.png", "the\u0301/2.png");
        using var data = Open(folder, "list.csv", Encoding.UTF8.GetBytes("path,class\ncafe\u0301/1.png,a\ncafe\u0301/2.png,a\nth\u00e9/1.png,b\nth\u00e9/2.png,b\n"));
        Assert.Equal(["caf\u00e9/1.png", "caf\u00e9/2.png", "the\u0301/1.png", "the\u0301/2.png"], PictureFolder.Names(data.Train).Concat(PictureFolder.Names(data.Validation)).Order(StringComparer.Ordinal));
    }

    [UnixFact]
    public void OfSeveralNamesThatAreAlikeNoneIsTaken()
    {
        using var folder = PictureFolder.Of([.. Files, "dog/x.png", "dog/X.PNG"]);
        Assert.Contains("dog/x.PNG (there is no such file)", Assert.Throws<ZfDeclException>(() => Open(folder, "list.csv", "path,class\ncat/1.png,cat\ndog/x.PNG,dog\n"u8.ToArray())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderInAListIsSaidToBeOne()
    {
        using var folder = PictureFolder.Of(Files);
        Assert.Contains("cat (it is a folder, where a picture is named)", Assert.Throws<ZfDeclException>(() => Open(folder, "list.csv", "path,class\ncat,cat\ndog,dog\n"u8.ToArray())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnsThatSayNothingAreTold()
    {
        using var folder = PictureFolder.Of(Files);
        var log = new CapturedLog();
        using var data = Open(folder, "list.csv", "id,path,class\n1,cat/1.png,cat\n2,cat/2.png,cat\n3,dog/1.png,dog\n4,dog/2.png,dog\n"u8.ToArray(), log);
        Assert.Equal(["of list.csv the columns path and class are taken, and id not"], log.Said);
    }

    private static ImageData Open(TemporaryFolder folder, string name, byte[] list, IRunLog? log = null)
    {
        File.WriteAllBytes(folder[name], list);
        return ImageFolder.Open(folder[name], new(new(3, 4, 4), Recipes.Plain, 0, log ?? new SilentLog()));
    }

    private static void AssertFiles(ImageData data, string[] classes)
    {
        Assert.Equal(classes, data.Train.Classes);
        Assert.Equal(Files, PictureFolder.Names(data.Train).Concat(PictureFolder.Names(data.Validation)).Order(StringComparer.Ordinal));
    }
}
