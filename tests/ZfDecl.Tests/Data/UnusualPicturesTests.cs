using ZfDecl.Data.Decoding;
using ZfDecl.Data.Layouts;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Data;

/// <summary>
/// Pictures as they come from scanners, printers and the web, of 16×16 pixels where nothing else is said: red, green, blue and black quarters. They were made with
/// ImageMagick 6.9.
/// </summary>
public class UnusualPicturesTests
{
    private const int Side = 16;

    private static readonly string[] Quarters = ["#FF0000", "#00FF00", "#0000FF", "#000000"];

    [Theory]
    [InlineData("ycck.jpg")]                        // CMYK as Photoshop writes it: inverted, with luma and chroma
    [InlineData("progressive-420-15x13.jpg")]       // odd sides, a colour for each four pixels
    [InlineData("16-bit.png")]
    [InlineData("interlaced.png")]
    [InlineData("lossless.webp")]
    [InlineData("animated.gif")]                    // its first picture; the second has the opposite colours
    public void ItsColoursAreThoseThatAPersonSees(string name) => AssertQuarters(Quarters, Read(name));

    [Fact]
    public void AnInvertedCmykJpegIsReadAsPaperShowsIt() =>
        // The values of ycck.jpg, said to be cyan, magenta, yellow and black: (255 − C) · (255 − K) / 255, as ImageMagick converts them too.
        AssertQuarters(["#B3AB00", "#69D4EB", "#E20095", "#000000"], Read("cmyk.jpg"));

    [Fact]
    public void AGreyJpegHasThreeEqualChannels() =>
        // Rec. 709 luma in the file's own non-linear values, as ImageMagick converts to grey: 0.2126, 0.7152 and 0.0722 of 255.
        AssertQuarters(["#363636", "#B6B6B6", "#121212", "#000000"], Read("grey.jpg"));

    [Fact]
    public void TransparencyOfGreyIsComposedOverWhite() =>
        // White; black at 40 %, which leaves 0.6 · 255; black; nothing.
        AssertQuarters(["#FFFFFF", "#999999", "#000000", "#FFFFFF"], Read("grey-alpha.png"));

    [Fact]
    public void ATransparentColourOfAPaletteIsWhite() => AssertQuarters(["#FF0000", "#00FF00", "#FFFFFF", "#000000"], Read("palette.png"));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5000)]
    [InlineData(5000, 1)]
    public void APictureOfOneColourFillsTheWholeHoweverThinItIs(int width, int height)
    {
        foreach (var format in (SkiaSharp.SKEncodedImageFormat[])[SkiaSharp.SKEncodedImageFormat.Png, SkiaSharp.SKEncodedImageFormat.Jpeg])
        {
            var pixels = Read(Pictures.Encode(width, height, (_, _) => new(0, 128, 255), format), $"thin.{format}".ToLowerInvariant());
            Assert.All(pixels[..(Side * Side)], value => Assert.InRange(value, 0, 3));
            Assert.All(pixels[(2 * Side * Side)..], value => Assert.InRange(value, 252, 255));
        }
    }

    [Theory]
    [InlineData("empty.jpg", "", "ZF1130")]
    [InlineData("text.jpg", "this is no picture", "ZF1130")]
    [InlineData("page.png", "<!DOCTYPE html><html><body>404</body></html>", "ZF1130")]
    [InlineData("drawing.png", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"8\"/>", "ZF1136")]
    public void WhatIsNotReadIsLeftOutByName(string name, string text, string code)
    {
        var (log, names) = Open(System.Text.Encoding.UTF8.GetBytes(text), name);
        Assert.DoesNotContain($"a/{name}", names);
        var warning = Assert.Single(log.Warnings);
        Assert.Equal(code, warning.Code);
        Assert.Contains($"a/{name}", $"{warning.Message} {warning.File!.Replace('\\', '/')}", StringComparison.Ordinal);
    }

    [Fact]
    public void AFileWithTheEndingOfAnotherKindIsReadAsWhatItIs()
    {
        var (log, names) = Open(File.ReadAllBytes(PathOf("lossless.webp")), "really-webp.jpg");
        Assert.Contains("a/really-webp.jpg", names);
        Assert.Empty(log.Warnings);
    }

    private static (CapturedLog Log, string[] Names) Open(byte[] content, string name)
    {
        using var folder = new TemporaryFolder();
        for (var i = 0; i < 24; i++)
            File.WriteAllBytes(folder[$"{(i % 2 == 0 ? "a" : "b")}/{i}.png"], Pictures.Png(4, 4, Pictures.Noise));
        File.WriteAllBytes(folder[$"a/{name}"], content);
        var log = new CapturedLog();
        using var data = ImageFolder.Open(folder.Path, new(new(3, 4, 4), Recipes.Plain, 0, log));
        var buffer = new byte[data.Train.Shape.Count];
        foreach (var set in (ImageSet[])[data.Train, data.Validation])
        {
            for (var i = 0; i < set.Count; i++)
                set.Read(i, buffer);
        }
        return (log, [.. ((ImageSet[])[data.Train, data.Validation]).SelectMany(set => Enumerable.Range(0, set.Count).Select(set.NameOf))]);
    }

    private static byte[] Read(string name) => PictureFile.Read(PathOf(name), new FeatureShape(3, Side, Side), new SilentLog());

    private static byte[] Read(byte[] content, string name)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder[name], content);
        return PictureFile.Read(folder[name], new FeatureShape(3, Side, Side), new SilentLog());
    }

    private static string PathOf(string name) => Repository.PathOf("tests", "ZfDecl.Tests", "Data", "Odd", name);

    /// <summary>Looks near the four corners, where JPEG's blocks do not mix the quarters.</summary>
    private static void AssertQuarters(string[] colours, byte[] pixels)
    {
        int[] places = [Side + 1, 2 * Side - 2, Side * (Side - 2) + 1, Side * (Side - 1) - 2];
        foreach (var (place, colour) in places.Zip(colours))
        {
            for (var channel = 0; channel < 3; channel++)
            {
                var expected = Convert.ToInt32(colour.Substring(1 + 2 * channel, 2), 16);
                Assert.True(Math.Abs(expected - pixels[channel * Side * Side + place]) <= 6, $"{colour} at {place}: channel {channel} is {pixels[channel * Side * Side + place]}");
            }
        }
    }

    // 40×40 pixels of noise, progressive.
    private const string Progressive = """
        /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+P
        j4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wgARCAAoACgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAH/xAAWAQEBAQAAAAAAAAAAAAAAAAAAAQL/
        2gAMAwEAAhADEAAAAQEUIkWLbKQFAlAJn//EABwQAAEEAwEAAAAAAAAAAAAAAAABEBFBICEwMf/aAAgBAQABBQJvGgQqm3hK8aP/xAAWEQEBAQAAAAAAAAAAAAAAAAAQARH/2gAIAQMBAT8BK6Q//8
        QAGBEAAgMAAAAAAAAAAAAAAAAAAAEQIDH/2gAIAQIBAT8Brks//8QAFRABAQAAAAAAAAAAAAAAAAAAMBH/2gAIAQEABj8COt//xAAgEAACAgICAwEBAAAAAAAAAAAAAREhMUFRYXGBwZHR/9oACAEB
        AAE/IbahusDihyyrPJK02ScjbR2h+RW0oXX4Pbizhn6Sv6Flr6PxY6IJiNXbMVoV9SZVX7Fhc7kdQzabpmEnh7JUVB6s/9oADAMBAAIAAwAAABABg6jc/wD+9//EABgRAQEBAQEAAAAAAAAAAAAAAA
        EAITFB/9oACAEDAQE/ENmC8juRY8noQHJv/8QAGhEAAwADAQAAAAAAAAAAAAAAAAEhETFBYf/aAAgBAgEBPxBE6XjPTRl6CqyNTJLP/8QAJBABAAICAgIBBAMAAAAAAAAAAREhADFBUWHwgXGxwdGh
        4fH/2gAIAQEAAT8QgCFwCIqPxeSDBiN/rv8AnLFayoj6W4EAOCAyYkh2rF+PvjTJA2ExPEe/50ADy5kjz3gdAZmI+d++coqJiChEE7ckoIHLXgrDaRqp+2u8SsqpIudRghsDc9jn3eLZZdLM/wB/nG
        DhO5WGfOdBWgRGRKFjxU8eXZmhkI1z2/Q1kAU8e1V11l2QlSpWGU1kR4g198VahluypPnKAOQUfPveEIunNSLXzW8keigh9179f//Z
        """;

    [Fact]
    public void OfAProgressiveJpegThatIsCutOffNothingIsShownOfThePictureDecodedBefore()
    {
        using var folder = new TemporaryFolder();
        var whole = Convert.FromBase64String(Progressive);
        File.WriteAllBytes(folder["whole.jpg"], whole);
        File.WriteAllBytes(folder["cut.jpg"], whole[..(whole.Length * 6 / 10)]);
        var decoder = new ImageDecoder(new(3, 40, 40), default, new SilentLog());
        byte[] first = new byte[3 * 40 * 40], second = new byte[first.Length], alone = new byte[first.Length];
        new ImageDecoder(new(3, 40, 40), default, new SilentLog()).Decode(ImageFile.Of(folder["cut.jpg"]), alone);
        decoder.Decode(ImageFile.Of(folder["whole.jpg"]), first);
        decoder.Decode(ImageFile.Of(folder["cut.jpg"]), second);
        Assert.NotEqual(first, alone);
        Assert.Equal(alone, second);
    }
}
