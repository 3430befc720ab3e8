using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Data;

public class CifarFolderTests
{
    private const int Record = 3073;
    private static readonly FeatureShape Input = new(3, 32, 32);

    [Fact]
    public void TheBatchesOfCifar10AreReadInTheirOrder()
    {
        using var folder = Cifar10();
        File.WriteAllText(folder["batches.meta.txt"], "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n");
        using var data = Open(folder);
        Assert.Equal((14, 5), (data.Train.Count, data.Validation.Count));
        Assert.Equal(("airplane", "truck"), (data.Train.Classes[0], data.Train.Classes[9]));
        // Number 9 is the third of the second file.
        Assert.Equal(("data_batch_2.bin[2]", 2), (data.Train.NameOf(9), data.Train.Label(9)));
        var pixels = new byte[Input.Count];
        data.Train.Read(9, pixels);
        Assert.Equal(Image(2, 2)[1..], pixels);
        Assert.Equal("CIFAR-10: 14 training images, 5 validation images of 3×32×32, 10 classes", data.Description);
        Assert.True(data.TestValidates);
    }

    [Fact]
    public void OfCifar100TheFineLabelCounts()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["train.bin", "test.bin"])
            File.WriteAllBytes(folder[name], [.. Enumerable.Range(0, 4).SelectMany(i => Image(90 + i, i).Prepend((byte)i))]);
        using var data = Open(folder);
        Assert.Equal(100, data.Train.Classes.Count);
        Assert.Equal([90, 91, 92, 93], Enumerable.Range(0, 4).Select(data.Train.Label));
        var pixels = new byte[Input.Count];
        data.Validation.Read(3, pixels);
        Assert.Equal(Image(93, 3)[1..], pixels);
    }

    [Theory]
    [InlineData(0, "has 0 bytes; an image of CIFAR-10 takes 3073, so 1 images take 3073")]
    [InlineData(3073 + 17, "has 3090 bytes; an image of CIFAR-10 takes 3073, so 2 images take 6146")]
    public void ATruncatedFileIsNamedWithItsLength(int length, string finding)
    {
        using var folder = Cifar10();
        File.WriteAllBytes(folder["data_batch_2.bin"], File.ReadAllBytes(folder["data_batch_2.bin"])[..length]);
        var failure = Assert.Throws<ZfDeclException>(() => Open(folder));
        Assert.Equal(("ZF1141", folder["data_batch_2.bin"]), (failure.Code, failure.File));
        Assert.StartsWith(finding, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALabelOfNoClassIsNamed()
    {
        using var folder = Cifar10();
        var bytes = File.ReadAllBytes(folder["test_batch.bin"]);
        bytes[2 * Record] = 10;
        File.WriteAllBytes(folder["test_batch.bin"], bytes);
        var failure = Assert.Throws<ZfDeclException>(() => Open(folder));
        Assert.Equal(("ZF1142", folder["test_batch.bin"]), (failure.Code, failure.File));
        Assert.StartsWith("the label of image 2 is 10", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingTestFileIsNamed()
    {
        using var folder = Cifar10();
        File.Delete(folder["test_batch.bin"]);
        Assert.Equal("ZF1140", Assert.Throws<ZfDeclException>(() => Open(folder)).Code);
    }

    [Fact]
    public void TooFewClassNamesAreRefused()
    {
        using var folder = Cifar10();
        File.WriteAllText(folder["batches.meta.txt"], "airplane\n");
        Assert.Equal("ZF1143", Assert.Throws<ZfDeclException>(() => Open(folder)).Code);
    }

    [Fact]
    public void ImagesAreFittedToAnotherInput()
    {
        using var folder = Cifar10();
        using var data = ImageFolder.Open(folder.Path, new(new(1, 16, 16), Recipes.Plain, 0, new SilentLog()));
        data.Train.Read(0, new byte[256]);
    }

    /// <summary>Two batches of seven and a test batch of five; labels count up in each.</summary>
    internal static TemporaryFolder Cifar10()
    {
        var folder = new TemporaryFolder();
        foreach (var (name, count) in ((string, int)[])[("data_batch_1.bin", 7), ("data_batch_2.bin", 7), ("test_batch.bin", 5)])
            File.WriteAllBytes(folder[name], [.. Enumerable.Range(0, count).SelectMany(i => Image(i, i))]);
        return folder;
    }

    private static IEnumerable<byte> Bytes(int label, int index) =>
        Enumerable.Range(0, Record).Select(place => place == 0 ? (byte)label : (byte)(place * 7 + index));

    private static byte[] Image(int label, int index) => [.. Bytes(label, index)];

    private static ImageData Open(TemporaryFolder folder) => ImageFolder.Open(folder.Path, new(Input, Recipes.Plain, 0, new SilentLog()));
}
