using System.IO.Compression;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Data;

public class IdxFolderTests
{
    private static readonly FeatureShape Input = new(1, 4, 5);

    [Theory]
    [InlineData(".gz", '-')]
    [InlineData("", '-')]
    [InlineData(".gz", '.')]
    [InlineData("", '.')]
    public void BothSplitsAreReadInTheOrderOfTheFile(string ending, char separator)
    {
        using var folder = IdxFixture.Create(ending, separator);
        using var data = Open(folder);
        Assert.Equal((30, 20), (data.Train.Count, data.Validation.Count));
        Assert.Equal(Input, data.Train.Shape);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], data.Train.Classes);
        var pixels = new byte[20];
        data.Train.Read(3, pixels);
        Assert.Equal(Enumerable.Range(60, 20).Select(value => (byte)value), pixels);
        Assert.Equal(3, data.Validation.Label(13));
        Assert.Equal("t10k[13]", data.Validation.NameOf(13));
        Assert.Equal("IDX files: 30 training images of 1×4×5, 20 validation images of 1×4×5, 10 classes", data.Description);
    }

    [Fact]
    public void TheHashChangesWithOnePixelAndNotWithTheCompression()
    {
        using var zipped = IdxFixture.Create(".gz");
        using var plain = IdxFixture.Create("");
        Assert.Equal(Hash(zipped), Hash(plain));
        Assert.Matches("^[0-9a-f]{64}$", Hash(plain));

        var path = plain["t10k-images-idx3-ubyte"];
        var bytes = File.ReadAllBytes(path);
        bytes[^1]++;
        File.WriteAllBytes(path, bytes);
        Assert.NotEqual(Hash(zipped), Hash(plain));
    }

    [Fact]
    public void ClassesAreNamedByClassesTxt()
    {
        using var folder = IdxFixture.Create();
        File.WriteAllText(folder["classes.txt"], "a\r\nb\nc\nd\ne\nf\ng\nh\ni\n Ankle boot \n\n");
        using var data = Open(folder);
        Assert.Equal("Ankle boot", data.Validation.Classes[9]);
        Assert.Equal(10, data.Train.Classes.Count);
    }

    [Fact]
    public void ImagesOfAnotherSizeAreScaledAndCoveredAndGreyFillsThreeChannels()
    {
        using var folder = IdxFixture.Create();
        var values = Enumerable.Range(0, 600).Select(i => (byte)(i % 5 < 2 ? 10 : 200)).ToArray();
        IdxFixture.Write(folder["train-images-idx3-ubyte.gz"], IdxFixture.Idx(0x803, [30, 4, 5], values));
        using var data = ImageFolder.Open(folder.Path, new(new(3, 8, 8), Recipes.Plain, 0, new SilentLog()));
        var pixels = new byte[3 * 64];
        data.Train.Read(0, pixels);
        // 4×5 scaled by 2 is 8×10, of which the columns 1 … 8 are left: of 10, 10, 200 … twice as wide, the border lies before column 3.
        Assert.Equal((10, 200), (pixels[0], pixels[7]));
        Assert.InRange(pixels[2], 10, 104);
        Assert.InRange(pixels[3], 106, 200);
        Assert.Equal(pixels[..64], pixels[64..128]);
        Assert.Equal(pixels[..64], pixels[128..]);
    }

    [Fact]
    public void ColourIdxFilesAreRead()
    {
        using var folder = IdxFixture.Create();
        foreach (var (split, count) in ((string, int)[])[("train", 30), ("t10k", 20)])
        {
            File.Delete(folder[$"{split}-images-idx3-ubyte.gz"]);
            IdxFixture.Write(folder[$"{split}-images-idx4-ubyte.gz"], IdxFixture.Idx(0x804, [count, 3, 4, 5], IdxFixture.Counting(count * 60)));
        }
        using var data = ImageFolder.Open(folder.Path, new(new(3, 4, 5), Recipes.Plain, 0, new SilentLog()));
        var pixels = new byte[60];
        data.Train.Read(1, pixels);
        Assert.Equal(Enumerable.Range(60, 60).Select(value => (byte)value), pixels);

        using var grey = ImageFolder.Open(folder.Path, new(Input, Recipes.Plain, 0, new SilentLog()));
        var luma = new byte[20];
        grey.Train.Read(0, luma);
        // Rec. 601 of (0, 20, 40), by hand: 0.299 · 0 + 0.587 · 20 + 0.114 · 40 = 16.3.
        Assert.Equal(16, luma[0]);
    }

    [Fact]
    public void AFileThatIsNotGzipIsNamedWithWhatItBeginsWith() =>
        AssertRefused("ZF1111", "train-images-idx3-ubyte.gz", "<html>sorry"u8.ToArray(), "0x3C68", "0x1F8B");

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(60)]
    public void ATruncatedGzipFileIsNamed(int cut)
    {
        var whole = IdxFixture.Zip(IdxFixture.Idx(0x803, [30, 4, 5], IdxFixture.Counting(600)));
        AssertRefused("ZF1112", "train-images-idx3-ubyte.gz", whole[..^cut], "download or copy it again");
    }

    [Fact]
    public void AGzipFileWithADamagedByteIsNamed()
    {
        var whole = IdxFixture.Zip(IdxFixture.Idx(0x803, [30, 4, 5], IdxFixture.Counting(600)));
        whole[^6] ^= 0xFF;
        AssertRefused("ZF1112", "train-images-idx3-ubyte.gz", whole);
    }

    [Fact]
    public void AShortFileIsNamedWithTheBytesExpectedAndFound()
    {
        var shortened = IdxFixture.Idx(0x803, [30, 4, 5], IdxFixture.Counting(599));
        AssertRefused("ZF1112", "train-images-idx3-ubyte.gz", IdxFixture.Zip(shortened), "599 of 600 bytes", "30×4×5");
        AssertRefused("ZF1112", "train-images-idx3-ubyte", shortened, "599 of 600 bytes", "30×4×5");
    }

    [Fact]
    public void AHeaderThatClaimsGigabytesTakesNoMemoryForThem()
    {
        // 2.1 MB of compressed zeros may hold 2 GB; these hold 300 MB.
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.SmallestSize))
        {
            zip.Write(IdxFixture.Idx(0x803, [2_000_000, 25, 40], []));
            for (var i = 0; i < 300; i++)
                zip.Write(new byte[1 << 20]);
        }
        var noise = new byte[2 << 20];                                  // of a second member: so long a file could hold them
        new Random(1).NextBytes(noise);
        byte[] file = [.. zipped.ToArray(), .. IdxFixture.Zip(noise)];
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused("ZF1112", "train-images-idx3-ubyte.gz", file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void AnEmptyFileIsNamed()
    {
        AssertRefused("ZF1144", "train-images-idx3-ubyte", [], "is empty");
        AssertRefused("ZF1144", "train-images-idx3-ubyte.gz", [], "is empty");
    }

    [Fact]
    public void AFileThatGoesOnTooLongIsNamed() =>
        AssertRefused("ZF1115", "train-images-idx3-ubyte.gz", IdxFixture.Zip(IdxFixture.Idx(0x803, [30, 4, 5], IdxFixture.Counting(601))), "goes on");

    [Fact]
    public void LabelsInPlaceOfImagesAreNamedByTheirMagicNumber() =>
        AssertRefused("ZF1113", "train-images-idx3-ubyte", IdxFixture.Idx(0x801, [30], IdxFixture.Counting(30)),
            "0x00000801", "0x00000803 or 0x00000804");

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(-1, 4, 5)]
    [InlineData(30, 0, 5)]
    [InlineData(2_000_000, 28, 28)]
    public void AbsurdSizesAreRefusedWithoutAskingForTheMemory(int images, int height, int width)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var absurd = IdxFixture.Zip(IdxFixture.Idx(0x803, [images, height, width], IdxFixture.Counting(600)));
        AssertRefused("ZF1114", "train-images-idx3-ubyte.gz", absurd, $"{images}×{height}×{width}");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void AnotherNumberOfLabelsThanImagesIsRefused() =>
        AssertRefused("ZF1117", "train-labels-idx1-ubyte.gz", IdxFixture.Zip(IdxFixture.Idx(0x801, [29], new byte[29])), "29 labels", "30 images");

    [Fact]
    public void ALabelOutOfRangeIsNamedWithItsPlace()
    {
        var labels = new byte[30];
        labels[17] = 10;
        AssertRefused("ZF1118", "train-labels-idx1-ubyte.gz", IdxFixture.Zip(IdxFixture.Idx(0x801, [30], labels)),
            "label 17 is 10", "0 … 9", "classes.txt");
    }

    [Fact]
    public void AMissingFileOfTheFourIsNamed()
    {
        using var folder = IdxFixture.Create();
        File.Delete(folder["t10k-labels-idx1-ubyte.gz"]);
        var failure = Assert.Throws<ZfDeclException>(() => Open(folder));
        Assert.Equal("ZF1110", failure.Code);
        Assert.Contains("no t10k-labels-idx1-ubyte", failure.Message);
    }

    [Fact]
    public void OneClassNameIsTooFew()
    {
        using var folder = IdxFixture.Create();
        File.WriteAllText(folder["classes.txt"], "all\n");
        Assert.Equal("ZF1119", Assert.Throws<ZfDeclException>(() => Open(folder)).Code);
    }

    [Fact]
    public void ImagesOfTwoChannelsAreRefused() =>
        AssertRefused("ZF1116", "train-images-idx3-ubyte", IdxFixture.Idx(0x804, [30, 2, 4, 5], new byte[1200]), "2 channels");

    private static ImageData Open(TemporaryFolder folder) => ImageFolder.Open(folder.Path, new(Input, Recipes.Plain, 0, new SilentLog()));

    private static string Hash(TemporaryFolder folder)
    {
        using var data = Open(folder);
        return data.Hash;
    }

    private static void AssertRefused(string code, string file, byte[] content, params string[] said)
    {
        using var folder = IdxFixture.Create(Path.GetExtension(file) == ".gz" ? ".gz" : "");
        File.WriteAllBytes(folder[file], content);
        var failure = Assert.Throws<ZfDeclException>(() => Open(folder));
        Assert.Equal(code, failure.Code);
        Assert.Equal(folder[file], failure.File);
        Assert.All(said, words => Assert.Contains(words, failure.Message));
    }
}
