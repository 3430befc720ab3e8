using System.Formats.Tar;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;

namespace ZfDecl.Tests.Data;

/// <summary>Class folders and ImageNet straight from their archives: the same images as unpacked, and the same data.</summary>
public class ArchiveTests
{
    private static readonly string[] Files = [.. PictureFolder.Many("train/cat", 3), .. PictureFolder.Many("train/dog", 3), "val/cat/x.png", "val/dog/y.png", "train/cat/notes.txt", "train/._cat"];

    [Theory]
    [InlineData("")]
    [InlineData("./")]
    [InlineData("pets/")]
    public void ClassFoldersInAnArchiveAreThoseThatWerePacked(string wrapper)
    {
        using var folder = PictureFolder.Of(Files);
        using var unpacked = Open(folder.Path);
        using var packed = new TemporaryFolder();
        Pack(packed["pets.tar"], Files.Select(name => (wrapper + name, File.ReadAllBytes(folder[name]))));
        using var data = Open(packed["pets.tar"]);
        Assert.Equal((unpacked.Hash, 6, 2), (data.Hash, data.Train.Count, data.Validation.Count));
        Assert.Equal(PictureFolder.Names(unpacked.Train), PictureFolder.Names(data.Train));
        byte[] expected = new byte[48], pixels = new byte[48];
        unpacked.Train.Read(4, expected);
        data.Train.Read(4, pixels);
        Assert.Equal(expected, pixels);
    }

    [Fact]
    public void ImageNetIsReadFromTheArchivesThatItComesAs()
    {
        using var folder = new TemporaryFolder();
        var png = Pictures.Png(4, 4, Pictures.Noise);
        byte[] Synset(string id) => Packed([.. Enumerable.Range(0, 3).Select(i => ($"{id}_{i}.JPEG", png))]);
        Pack(folder["ILSVRC2012_img_train.tar"], [("n01440764.tar", Synset("n01440764")), ("n01443537.tar", Synset("n01443537"))]);
        Pack(folder["ILSVRC2012_img_val.tar"], [("ILSVRC2012_val_00000001.JPEG", png), ("ILSVRC2012_val_00000002.JPEG", png)]);
        File.WriteAllText(folder["LOC_val_solution.csv"], "ImageId,PredictionString\nILSVRC2012_val_00000001,n01443537 1 2 3 4\nILSVRC2012_val_00000002,n01440764 1 2 3 4\n");
        File.WriteAllText(folder["synset_words.txt"], "n01440764 tench\nn01443537 goldfish\n");
        using var data = Open(folder.Path);
        Assert.Equal((6, 2, KnownDataSet.ImageNet), (data.Train.Count, data.Validation.Count, data.Known));
        Assert.Equal(["n01440764 tench", "n01443537 goldfish"], data.Train.Classes);
        Assert.Equal((1, 0), (data.Validation.Label(0), data.Validation.Label(1)));
        data.Train.Read(5, new byte[48]);
    }

    [Fact]
    public void AnArchiveBesideWhatWasUnpackedFromItDoesNotCount()
    {
        using var folder = PictureFolder.Of(Files);
        using var alone = Open(folder.Path);
        Pack(folder["train/cat.tar"], [("z.png", File.ReadAllBytes(folder["train/cat/0.png"]))]);
        Pack(folder["train.tar"], [("cat/z.png", File.ReadAllBytes(folder["train/cat/0.png"]))]);
        using var data = Open(folder.Path);
        Assert.Equal(alone.Hash, data.Hash);
    }

    [Fact]
    public void ATruncatedArchiveIsAnErrorAndACompressedOneIsToldWhatToDo()
    {
        using var folder = new TemporaryFolder();
        var whole = Packed([("cat/1.png", new byte[2000]), ("dog/1.png", new byte[2000])]);
        File.WriteAllBytes(folder["cut.tar"], whole[..^4000]);
        Assert.Equal("ZF1137", Assert.Throws<ZfDeclException>(() => Open(folder["cut.tar"])).Code);
        File.WriteAllBytes(folder["text.tar"], new byte[1024].Select((_, i) => (byte)('a' + i % 26)).ToArray());
        Assert.Equal("ZF1137", Assert.Throws<ZfDeclException>(() => Open(folder["text.tar"])).Code);
        File.WriteAllBytes(folder["pets.tar.gz"], [0x1F, 0x8B]);
        Assert.Equal("is a file; decompress it, for example with gunzip: a .tar can be read as it is, a compressed one not", Assert.Throws<ZfDeclException>(() => Open(folder["pets.tar.gz"])).Message);
    }

    private static ImageData Open(string path) => ImageFolder.Open(path, new(new(3, 4, 4), Recipes.Plain, 0, new SilentLog()));

    private static void Pack(string path, IEnumerable<(string Name, byte[] Content)> files) => File.WriteAllBytes(path, Packed(files));

    private static byte[] Packed(IEnumerable<(string Name, byte[] Content)> files)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Gnu, leaveOpen: true))
        {
            foreach (var (name, content) in files)
                writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }
        return bytes.ToArray();
    }
}
