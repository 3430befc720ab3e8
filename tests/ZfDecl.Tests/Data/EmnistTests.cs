using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

/// <summary>EMNIST, whose files have names of their own, whose images lie on their side and whose letters count from 1.</summary>
public class EmnistTests
{
    // 2×2: the rows are 1 2 and 3 4, so that upright they are 1 3 and 2 4.
    private static readonly byte[] OnItsSide = [1, 2, 3, 4], Upright = [1, 3, 2, 4];

    [Theory]
    [InlineData("emnist-letters-", "test", "")]
    [InlineData("emnist-letters-", "test", ".gz")]
    [InlineData("", "t10k", "")]             // as people rename them
    public void LettersCountFromOneAndStandUpright(string set, string test, string ending)
    {
        using var folder = Letters(set, test, ending);
        using var data = Open(folder.Path);
        Assert.Equal((26, "A", "Z"), (data.Train.Classes.Count, data.Train.Classes[0], data.Train.Classes[25]));
        Assert.Equal((0, 25), (data.Train.Label(0), data.Train.Label(25)));
        var pixels = new byte[4];
        data.Train.Read(0, pixels);
        Assert.Equal(Upright, pixels);
        Assert.Equal("IDX files of EMNIST's letters (labels 1 … 26), turned upright: 26 training images of 1×2×2, 26 validation images of 1×2×2, 26 classes", data.Description);
    }

    [Fact]
    public void TheClassesOfBalancedAreDigitsCapitalsAndElevenSmallLetters()
    {
        using var folder = Files("emnist-balanced-", "test", "", [.. Enumerable.Range(0, 47).Select(label => (byte)label)]);
        using var data = Open(folder.Path);
        Assert.Equal((47, "9", "A", "t"), (data.Train.Classes.Count, data.Train.Classes[9], data.Train.Classes[10], data.Train.Classes[46]));
    }

    [Fact]
    public void AMappingNamesTheClasses()
    {
        using var folder = Letters("emnist-letters-", "test", "");
        File.WriteAllLines(folder["emnist-letters-mapping.txt"], Enumerable.Range(1, 26).Select(label => $"{label} {'a' + label - 1}"));
        using var data = Open(folder.Path);
        Assert.Equal("a", data.Train.Classes[0]);
    }

    [Fact]
    public void OfSeveralSetsOneFileNamesTheSet()
    {
        using var folder = Letters("emnist-letters-", "test", "");
        foreach (var file in Directory.GetFiles(folder.Path))
            File.Copy(file, file.Replace("letters", "byclass", StringComparison.Ordinal));
        var failure = Assert.Throws<ZfDeclException>(() => Open(folder.Path));
        Assert.Equal("ZF1185", failure.Code);
        Assert.StartsWith("several data sets lie in here: emnist-byclass, emnist-letters; name one of the files", failure.Message, StringComparison.Ordinal);
        using var data = Open(folder["emnist-letters-train-images-idx3-ubyte"]);
        Assert.Equal(26, data.Train.Classes.Count);
    }

    [Fact]
    public void OtherLabelsThanClassesAreStillAnError()
    {
        using var folder = Files("", "t10k", "", [0, 12]);
        Assert.Equal("ZF1118", Assert.Throws<ZfDeclException>(() => Open(folder.Path)).Code);
    }

    internal static TemporaryFolder Letters(string set, string test, string ending) => Files(set, test, ending, [.. Enumerable.Range(1, 26).Select(label => (byte)label)]);

    private static TemporaryFolder Files(string set, string test, string ending, byte[] labels)
    {
        var folder = new TemporaryFolder();
        foreach (var part in (string[])["train", test])
        {
            IdxFixture.Write(folder[$"{set}{part}-images-idx3-ubyte{ending}"], IdxFixture.Idx(0x803, [labels.Length, 2, 2], [.. labels.SelectMany(_ => OnItsSide)]));
            IdxFixture.Write(folder[$"{set}{part}-labels-idx1-ubyte{ending}"], IdxFixture.Idx(0x801, [labels.Length], labels));
        }
        return folder;
    }

    private static ImageData Open(string path) => ImageFolder.Open(path, new(new(1, 2, 2), Recipes.Plain, 0, new SilentLog()));
}
