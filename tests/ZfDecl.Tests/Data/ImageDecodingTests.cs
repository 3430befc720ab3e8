using SkiaSharp;
using ZfDecl.Data.Layouts;
using ZfDecl.Messages;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Data;

public class ImageDecodingTests
{
    private static readonly (byte, byte, byte) Red = (255, 0, 0), Green = (0, 255, 0), Blue = (0, 0, 255), Black = (0, 0, 0);

    [Fact]
    public void APictureOfTheStoredSizeKeepsItsPixels()
    {
        var pixels = Read(Pictures.Png(7, 5, Pictures.Noise), "a.png", new(3, 5, 7));
        for (var y = 0; y < 5; y++)
            for (var x = 0; x < 7; x++)
            {
                var colour = Pictures.Noise(x, y);
                Assert.Equal((colour.Red, colour.Green, colour.Blue), (pixels[y * 7 + x], pixels[35 + y * 7 + x], pixels[70 + y * 7 + x]));
            }
    }

    [Fact]
    public void AGreyNetworkGetsTheLuma()
    {
        var pixels = Read(Pictures.Png(4, 4, Pictures.Quarters(4, 4)), "a.png", new(1, 4, 4));
        // Rec. 601: 0.299, 0.587 and 0.114 of 255.
        Assert.Equal([76, 150, 29, 0], [pixels[0], pixels[3], pixels[12], pixels[15]]);
    }

    [Fact]
    public void TransparencyIsComposedOverWhite()
    {
        var pixels = Read(Pictures.Png(4, 4, (x, _) => x < 2 ? SKColors.Transparent : new SKColor(0, 0, 0, 102)), "a.png", new(3, 4, 4));
        Assert.Equal(255, pixels[0]);
        // 102 / 255 = 0.4 of black over white leaves 0.6 · 255.
        Assert.Equal(153, pixels[3]);
    }

    [Fact]
    public void DownscalingIsAntialiased()
    {
        var pixels = Read(Pictures.Png(64, 64, (x, y) => (x + y) % 2 == 0 ? SKColors.White : SKColors.Black), "a.png", new(1, 8, 8));
        // A chequered board of single pixels averages to 127.5: without antialiasing it would come out black, white or striped.
        Assert.All(pixels, value => Assert.InRange(value, 120, 135));
    }

    [Fact]
    public void TheShortestSideIsResizedAndTheMiddleKept()
    {
        // 40×20, black but for a white middle of 20×20: resized to 10 on its shortest side, the middle is all that is left.
        var pixels = Read(Pictures.Png(40, 20, (x, _) => x is >= 10 and < 30 ? SKColors.White : SKColors.Black), "a.png", new(1, 8, 8), resize: 10);
        Assert.Equal(100, pixels.Length);
        Assert.All(Enumerable.Range(0, 10), y => Assert.All(pixels[(10 * y + 1)..(10 * y + 9)], value => Assert.Equal(255, value)));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, "a.PNG")]
    [InlineData(SKEncodedImageFormat.Jpeg, "a.JPeg")]
    [InlineData(SKEncodedImageFormat.Webp, "a.webp")]
    public void EveryFormatIsDecoded(SKEncodedImageFormat format, string name)
    {
        var pixels = Read(Pictures.Encode(32, 32, Pictures.Quarters(32, 32), format), name, new(3, 16, 16));
        AssertCorners(pixels, 16, Red, Green, Blue, Black);
    }

    [Theory]
    [InlineData(1, "RGBK")]
    [InlineData(2, "GRKB")]
    [InlineData(3, "KBGR")]
    [InlineData(4, "BKRG")]
    [InlineData(5, "RBGK")]
    [InlineData(6, "BRKG")]
    [InlineData(7, "KGBR")]
    [InlineData(8, "GKRB")]
    public void ThePictureIsTurnedAsTheCameraWasHeld(byte orientation, string corners)
    {
        // Corners as seen, top left to bottom right, from the EXIF standard: 2 and 4 are mirrored, 3 stands on its head, 6 is to be turned clockwise,
        // 8 the other way, 5 and 7 are mirrored on a diagonal.
        var jpeg = ExifPictures.WithOrientation(Pictures.Jpeg(32, 32, Pictures.Quarters(32, 32)), orientation);
        var expected = corners.Select(letter => letter switch { 'R' => Red, 'G' => Green, 'B' => Blue, _ => Black }).ToArray();
        AssertCorners(Read(jpeg, "a.jpg", new(3, 16, 16)), 16, expected);
    }

    [Fact]
    public void ATurnedPictureThatIsNotSquareIsCroppedAsSeen()
    {
        // 64×16 in the file, 16×64 as seen: the middle 16×16 of it are the columns 24 … 39 of the file.
        var jpeg = Pictures.Jpeg(64, 16, (x, _) => x is >= 24 and < 40 ? SKColors.White : SKColors.Black);
        var pixels = Read(ExifPictures.WithOrientation(jpeg, 6), "a.jpg", new(1, 16, 16));
        Assert.All(pixels, value => Assert.InRange(value, 200, 255));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, "a.png")]
    [InlineData(SKEncodedImageFormat.Jpeg, "a.jpg")]
    [InlineData(SKEncodedImageFormat.Webp, "a.webp")]
    public void AnImageThatTurnsOutTruncatedYieldsWhatIsThereAndOneWarning(SKEncodedImageFormat format, string name)
    {
        var whole = Pictures.Encode(64, 64, (x, y) => new(200, (byte)(x * y * 37), (byte)(x * 71 + y * 113)), format);
        using var folder = Folder(whole[..(whole.Length * 3 / 4)], name);
        var log = new CapturedLog();
        using var data = ImageFolder.Open(folder.Path, new(new(3, 64, 64), Recipes.Plain, 0, log) { Cache = 0 });
        var pixels = new byte[3 * 64 * 64];
        data.Train.Read(0, pixels);
        data.Train.Read(0, pixels);
        Assert.InRange(pixels[0], 185, 215);
        var warning = Assert.Single(log.Warnings);
        Assert.Equal(("ZF1134", folder[$"train/a/{name}"]), (warning.Code, warning.File));
    }

    [Fact]
    public void AnImageThatVanishesDuringTheRunIsNamed()
    {
        using var folder = Folder(Pictures.Png(4, 4, Pictures.Noise), "a.png");
        using var data = ImageFolder.Open(folder.Path, new(new(1, 4, 4), Recipes.Plain, 0, new SilentLog()));
        File.Delete(folder["train/a/a.png"]);
        var failure = Assert.Throws<ZfDeclException>(() => data.Train.Read(0, new byte[16]));
        Assert.Equal(("ZF1133", folder["train/a/a.png"]), (failure.Code, failure.File));
    }

    [Fact]
    public void DecodedImagesAreKeptAsFarAsTheMemoryAllowsIt()
    {
        using var folder = Folder(Pictures.Png(4, 4, Pictures.Noise), "a.png");
        using var data = ImageFolder.Open(folder.Path, new(new(1, 4, 4), Recipes.Plain, 0, new SilentLog()) { Cache = 16 });
        var (first, again) = (new byte[16], new byte[16]);
        data.Train.Read(0, first);
        data.Train.Read(1, again);
        File.Delete(folder["train/a/a.png"]);
        File.Delete(folder["train/b/b.png"]);
        data.Train.Read(0, again);
        Assert.Equal(first, again);
        Assert.Throws<ZfDeclException>(() => data.Train.Read(1, again));
    }

    [Fact]
    public void ABufferOfAnotherSizeIsRefused()
    {
        using var folder = Folder(Pictures.Png(4, 4, Pictures.Noise), "a.png");
        using var data = ImageFolder.Open(folder.Path, new(new(1, 4, 4), Recipes.Plain, 0, new SilentLog()));
        Assert.Throws<ArgumentException>(() => data.Train.Read(0, new byte[15]));
    }

    /// <summary>A split folder of which the given image is the first to train on.</summary>
    private static TemporaryFolder Folder(byte[] image, string name)
    {
        var folder = new TemporaryFolder();
        File.WriteAllBytes(folder[$"train/a/{name}"], image);
        foreach (var other in (string[])["train/b/b.png", "val/a/a.png", "val/b/b.png"])
            File.WriteAllBytes(folder[other], Pictures.Png(4, 4, Pictures.Noise));
        return folder;
    }

    private static byte[] Read(byte[] image, string name, FeatureShape input, int? resize = null)
    {
        using var folder = Folder(image, name);
        var log = new CapturedLog();
        using var data = ImageFolder.Open(folder.Path, new(input, Recipes.Plain with { Resize = resize }, 0, log));
        var pixels = new byte[data.Train.Shape.Count];
        data.Train.Read(0, pixels);
        Assert.Empty(log.Warnings);
        return pixels;
    }

    private static void AssertCorners(byte[] pixels, int side, params (byte Red, byte Green, byte Blue)[] corners)
    {
        int[] places = [side + 1, 2 * side - 2, side * (side - 2) + 1, side * (side - 1) - 2];
        foreach (var (place, colour) in places.Zip(corners))
        {
            // JPEG and WebP lose a little.
            Assert.InRange(pixels[place], colour.Red - 12, colour.Red + 12);
            Assert.InRange(pixels[side * side + place], colour.Green - 12, colour.Green + 12);
            Assert.InRange(pixels[2 * side * side + place], colour.Blue - 12, colour.Blue + 12);
        }
    }
}
