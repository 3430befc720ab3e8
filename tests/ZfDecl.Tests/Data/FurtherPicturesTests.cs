using System.Text;
using ZfDecl.Data.Decoding;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Data;

/// <summary>TIFF, PNM and TGA: pictures as scanners, cameras for science and Unix leave them. Values are written out by hand.</summary>
public class FurtherPicturesTests
{
    [Fact]
    public void AGreyTiffOf16BitsIsDividedBy257() =>
        // 0, 257, 0x8000 and 65535: 32768 / 257 = 127.5.
        AssertValues(TiffFixture.Grey(4, 1, 16).Bytes([0, 0, 0x01, 0x01, 0x00, 0x80, 0xFF, 0xFF]), "g.tif", [0, 1, 128, 255], within: 1);

    [Fact]
    public void TheFirstPageOfATiffIsReadThoughTheNextLeadsBackToIt()
    {
        var bytes = TiffFixture.Grey(2, 1).Bytes([10, 20]);
        var directory = BitConverter.ToUInt32(bytes, 4);
        AssertValues(TiffFixture.Grey(2, 1).Bytes([10, 20], next: directory), "loop.tif", [10, 20]);
    }

    [Fact]
    public void ATiffIsTurnedAsItsOrientationSays() =>
        // 3: the first row is the bottom one, seen from the right.
        AssertValues(TiffFixture.Grey(2, 2).With(274, 3).Bytes([1, 2, 3, 4]), "turned.tif", [4, 3, 2, 1], width: 2, height: 2);

    [Fact]
    public void ATransparentTiffIsComposedOverWhite() =>
        // Black at 0, 40 and 100 % opacity: 255 · (1 − a).
        AssertValues(new TiffFixture(3, 1).With(258, 8, 8, 8, 8).With(262, 2).With(277, 4).With(338, 2).Bytes([0, 0, 0, 0, 0, 0, 0, 102, 0, 0, 0, 255]), "clear.tif", [255, 153, 0], within: 1);

    [Theory]
    [InlineData(262, 5, "CMYK TIFF")]
    [InlineData(322, 16, "TIFF in tiles")]
    [InlineData(259, 6, "TIFF with JPEG of the old style")]
    [InlineData(259, 4, "TIFF compressed as fax")]
    [InlineData(339, 3, "TIFF of signed or floating-point values")]
    [InlineData(258, 12, "TIFF of 12 bits")]
    [InlineData(262, 8, "CIELAB TIFF")]
    public void ATiffThatIsNotDecodedIsNamedByItsKind(ushort tag, uint value, string kind)
    {
        var problem = Check(TiffFixture.Grey(2, 1).With(tag, value).Bytes([10, 20]), "x.tif");
        Assert.Equal(("ZF1136", kind), (problem!.Code, problem.Kind));
        Assert.Contains("not supported", problem.Finding, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", problem.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void ATruncatedTiffIsDamagedAndNotOfAnUnknownKind()
    {
        var bytes = TiffFixture.Grey(2, 1).Bytes([10, 20]);
        foreach (var length in (int[])[5, 9, 40, bytes.Length - 6])
            Assert.Equal("ZF1130", Check(bytes[..length], "cut.tif")!.Code);
    }

    [Fact]
    public void AHugeTiffIsRefusedByItsHeader() =>
        Assert.Equal("ZF1131", Check(TiffFixture.Grey(100_000, 100_000).Bytes([10, 20]), "huge.tif")!.Code);

    [Theory]
    [InlineData("P1 4 2 # a bitmap\n1 0 1 1\n0101\n", "x.pbm", new[] { 0, 255, 0, 0, 255, 0, 255, 0 }, 4, 2)]
    [InlineData("P2\n# grey\n2 2 255 0 50 100 200", "x.pgm", new[] { 0, 50, 100, 200 }, 2, 2)]
    [InlineData("P2 4 1 100\n0 1 50 100", "x.pgm", new[] { 0, 3, 128, 255 }, 4, 1)]             // 255 · v / 100
    [InlineData("P5 4 1 15\n\0\u0001\u0005\u000F", "x", new[] { 0, 17, 85, 255 }, 4, 1)]
    [InlineData("P5 3 1 1023\n\0\0\u0001\u00FF\u0003\u00FF", "x.pgm", new[] { 0, 127, 255 }, 3, 1)]   // 511 and 1023, the higher byte first
    [InlineData("P4 9 1\n\u00AA\u0080", "x.pbm", new[] { 0, 255, 0, 255, 0, 255, 0, 255, 0 }, 9, 1)]
    public void ANetpbmPictureIsScaledByItsOwnMaximum(string content, string name, int[] values, int width, int height) =>
        AssertValues(Encoding.Latin1.GetBytes(content), name, values, width: width, height: height);

    [Fact]
    public void AColouredNetpbmPictureHasItsColours() =>
        // Planes of red, green and blue.
        Assert.Equal([255, 0, 0, 128, 0, 255], Read(Encoding.Latin1.GetBytes("P6 2 1 255\n\u00FF\0\0\0\u0080\u00FF"), "x.ppm", new(3, 1, 2)));

    [Theory]
    [InlineData(2, false)]
    [InlineData(10, true)]
    public void ATgaIsReadFromItsCorner(byte type, bool packed)
    {
        // 2×1 pixels of 24 bits, blue first: red, then a dark blue.
        byte[] header = [0, 0, type, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 24, 0x20];
        byte[] pixels = packed ? [1, 0, 0, 255, 100, 0, 0] : [0, 0, 255, 100, 0, 0];
        Assert.Equal([255, 0, 0, 0, 0, 100], Read([.. header, .. pixels], "x.tga", new(3, 1, 2)));
        Assert.Equal("ZF1130", Check([.. header, .. pixels[..^(packed ? 7 : 1)]], "x.tga")!.Code);
    }

    [Fact]
    public void APictureWithoutAnEndingIsKnownByItsContent()
    {
        using var folder = new TemporaryFolder();
        var files = new (string Name, byte[] Content, bool IsPicture)[]
        {
            ("jpeg", Pictures.Jpeg(2, 2, Pictures.Noise), true),
            ("photo.jfif", Pictures.Jpeg(2, 2, Pictures.Noise), true),
            ("IMG_1", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0], true),
            ("README", "A text"u8.ToArray(), false),
            ("Thumbs.db", [0xD0, 0xCF, 0x11, 0xE0], false),
        };
        foreach (var (name, content, isPicture) in files)
        {
            File.WriteAllBytes(folder[name], content);
            Assert.Equal((name, isPicture), (name, PictureKinds.IsPicture(ImageFile.Of(folder[name]))));
        }
    }

    private static ImageProblem? Check(byte[] content, string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder[name], content);
        return ImageDecoder.Check(ImageFile.Of(folder[name]));
    }

    private static byte[] Read(byte[] content, string name, FeatureShape shape)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder[name], content);
        return PictureFile.Read(folder[name], shape, new SilentLog());
    }

    private static void AssertValues(byte[] content, string name, int[] values, int within = 0, int? width = null, int height = 1)
    {
        foreach (var (value, read) in values.Zip(Read(content, name, new(1, height, width ?? values.Length))))
            Assert.InRange(read, value - within, value + within);
    }
}
