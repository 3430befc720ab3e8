using System.Text;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;

namespace ZfDecl.Tests.Data;

/// <summary>A folder as people have it: two classes of pictures, and beside them one file of each kind that ever lay there.</summary>
public class FortyKindsTests
{
    private const int Plain = 100;

    private static readonly byte[] Png = Pictures.Png(8, 8, Pictures.Noise), Jpeg = Pictures.Jpeg(8, 8, Pictures.Noise);

    private static readonly Dictionary<string, byte[]> Read = new()
    {
        ["16-bit.png"] = Odd("16-bit.png"),
        ["palette.png"] = Odd("palette.png"),
        ["grey-alpha.png"] = Odd("grey-alpha.png"),
        ["interlaced.png"] = Odd("interlaced.png"),
        ["cmyk.jpg"] = Odd("cmyk.jpg"),
        ["progressive.JPEG"] = Odd("progressive-420-15x13.jpg"),
        ["photo.jfif"] = Jpeg,
        ["lossless.webp"] = Odd("lossless.webp"),
        ["animated.gif"] = Odd("animated.gif"),
        ["noending"] = Jpeg,
        ["really-png.jpg"] = Png,
        ["really-jpeg.tif"] = Jpeg,
        ["unknown.ending"] = Png,
        ["grey.tif"] = TiffFixture.Grey(2, 2).Bytes([1, 2, 3, 4]),
        ["grey-16.tiff"] = TiffFixture.Grey(2, 1, 16).Bytes([1, 2, 3, 4]),
        ["rgb.TIF"] = TiffFixture.Rgb(1, 2).Bytes([1, 2, 3, 4, 5, 6]),
        ["text.pgm"] = "P2 2 1 255 3 4"u8.ToArray(),
        ["bytes.ppm"] = "P6 1 1 255 abc"u8.ToArray(),
        ["bits.pbm"] = "P1 2 1 10"u8.ToArray(),
        ["colour.tga"] = [0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 24, 0x20, 1, 2, 3],
    };

    private static readonly Dictionary<string, (byte[] Content, string Kind)> OtherKinds = new()
    {
        ["IMG_0.HEIC"] = (Box("heic"), "HEIC"),
        ["really-heic.jpg"] = (Box("mif1"), "HEIC"),
        ["new.avif"] = (Box("avif"), "AVIF"),
        ["cmyk.tif"] = (TiffFixture.Grey(1, 1).With(262, 5).Bytes([1]), "CMYK TIFF"),
        ["tiles.tif"] = (TiffFixture.Grey(1, 1).With(322, 16).Bytes([1]), "TIFF in tiles"),
        ["big.tif"] = ([.. "II+\0"u8, 8, 0, 0, 0], "BigTIFF"),
        ["raw.nef"] = (TiffFixture.Grey(1, 1).Bytes([1]), "camera raw"),
        ["layers.psd"] = ("8BPS\0"u8.ToArray(), "Photoshop"),
        ["drawing.svg"] = ("<svg/>"u8.ToArray(), "SVG"),
        ["scan.jp2"] = ([0, 0, 0, 12, .. "jP  \r\n"u8, 0x87, 10], "JPEG 2000"),
        ["x.jxl"] = ([0xFF, 0x0A, 0], "JPEG XL"),
        ["favicon.ico"] = ([0, 0, 1, 0, 1, 0], "icon"),
        ["slice.dcm"] = ([.. new byte[128], .. "DICM"u8], "DICOM"),
        ["light.exr"] = ([0x76, 0x2F, 0x31, 0x01], "OpenEXR"),
        ["page.pdf"] = ("%PDF-1.7"u8.ToArray(), "PDF"),
    };

    private static readonly Dictionary<string, byte[]> Damaged = new()
    {
        ["empty.png"] = [],
        ["text.jpg"] = "no picture"u8.ToArray(),
        ["header.png"] = Png[..12],
        ["cut.tif"] = TiffFixture.Grey(2, 2).Bytes([1, 2, 3, 4])[..30],
        ["huge.tif"] = TiffFixture.Grey(30_000, 30_000).Bytes([1]),
    };

    [UnixFact]
    public void FortyKindsOfFilesTrainAndWhatIsLeftOutIsNamed()
    {
        using var folder = PictureFolder.Of([.. PictureFolder.Many("a", Plain), .. PictureFolder.Many("b", Plain)]);
        foreach (var (name, content) in Read.Concat(OtherKinds.Select(other => KeyValuePair.Create(other.Key, other.Value.Content))).Concat(Damaged))
            File.WriteAllBytes(folder[$"a/{name}"], content);
        File.WriteAllText(folder["a/notes.txt"], "notes");
        File.WriteAllBytes(folder["a/.hidden.png"], Png);
        File.WriteAllBytes(folder["a/._resource.png"], Png);
        File.CreateSymbolicLink(folder["a/link.png"], folder["b/0.png"]);
        File.CreateSymbolicLink(folder["a/nowhere.png"], "/nowhere");
        Shell.Run($"cp '{folder["b/0.png"]}' \"{folder["a"]}/$(printf 'caf\\351.png')\"; mkdir \"{folder["b"]}/$(printf 'd\\374r')\"");
        var log = new CapturedLog();
        using var data = ImageFolder.Open(folder.Path, new(new(3, 4, 4), Recipes.Plain, 0, log) { Cache = 0 });

        string[] names = [.. PictureFolder.Names(data.Train), .. PictureFolder.Names(data.Validation)];
        Assert.Equal((string[])[.. Read.Keys.Append("link.png").Order(StringComparer.Ordinal)],
            names.Where(name => name.StartsWith("a/", StringComparison.Ordinal) && !PictureFolder.Many("a", Plain).Contains(name)).Select(name => name[2..]).Order(StringComparer.Ordinal));
        Assert.Equal(2 * Plain + Read.Count + 1, names.Length);
        foreach (var (name, (_, kind)) in OtherKinds)
            Assert.Contains(log.Warnings, warning => warning.Code == "ZF1136" && warning.Message.Contains($"as {kind} is not supported", StringComparison.Ordinal) && warning.Message.Contains($"a/{name}", StringComparison.Ordinal));
        Assert.Equal([.. Damaged.Keys.Append("nowhere.png").Order(StringComparer.Ordinal)],
            log.Warnings.Where(warning => warning.Code is "ZF1130" or "ZF1131").Select(warning => Path.GetFileName(warning.File!)).Order(StringComparer.Ordinal));
        Assert.Contains(@"a/caf\xE9.png, b/d\xFCr", Assert.Single(log.Warnings, warning => warning.Code == "ZF1138").Message, StringComparison.Ordinal);
        foreach (var set in (ImageSet[])[data.Train, data.Validation])
        {
            for (var image = 0; image < set.Count; image++)
                set.Read(image, new byte[48]);
        }
        Assert.DoesNotContain(log.Warnings, warning => warning.Code == "ZF1134");
        Shell.Run($"rm -r '{folder.Path}'/*");      // .NET cannot
    }

    private static byte[] Box(string brand) => [0, 0, 0, 24, .. Encoding.ASCII.GetBytes($"ftyp{brand}"), 0, 0, 0, 0];

    private static byte[] Odd(string name) => File.ReadAllBytes(Repository.PathOf("tests", "ZfDecl.Tests", "Data", "Odd", name));
}
