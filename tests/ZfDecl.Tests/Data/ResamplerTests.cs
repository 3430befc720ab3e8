using ZfDecl.Data.Layouts;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Tests.Data;

public class ResamplerTests
{
    public static TheoryData<int, int, int, int, Interpolation> Sizes
    {
        get
        {
            var data = new TheoryData<int, int, int, int, Interpolation>();
            foreach (var (width, height, newWidth, newHeight) in new[] { (37, 23, 12, 9), (23, 37, 16, 16), (5, 7, 16, 11), (1, 1, 3, 3), (200, 3, 8, 8) })
            {
                foreach (var interpolation in Enum.GetValues<Interpolation>())
                    data.Add(width, height, newWidth, newHeight, interpolation);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void APictureIsResampledAsTheFormulaSays(int width, int height, int newWidth, int newHeight, Interpolation interpolation)
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["train/a/a.png", "train/b/b.png", "val/a/a.png", "val/b/b.png"])
            File.WriteAllBytes(folder[name], Pictures.Png(width, height, Pictures.Noise));
        var shape = new FeatureShape(3, newHeight, newWidth);
        using var data = ImageFolder.Open(folder.Path, new(shape, Recipes.Plain with { Interpolation = interpolation }, 0, new SilentLog()));
        var pixels = new byte[shape.Count];
        data.Train.Read(0, pixels);
        for (var channel = 0; channel < 3; channel++)
            for (var y = 0; y < newHeight; y++)
                for (var x = 0; x < newWidth; x++)
                {
                    var exact = ExactResize.Of(width, height, Pictures.Noise, newWidth, newHeight, x, y, channel, interpolation);
                    // Rounded to whole numbers; single precision may round a half the other way.
                    Assert.InRange(pixels[(channel * newHeight + y) * newWidth + x], Math.Clamp(exact, 0, 255) - 0.501, Math.Clamp(exact, 0, 255) + 0.501);
                }
    }

    [Theory]
    [InlineData(512, 384, 192)]
    [InlineData(384, 512, 192)]
    [InlineData(328, 256, 128)]
    [InlineData(64, 48, 48)]
    public void OfAJpegOnlyTheNeededPartIsDecodedToTheSamePixels(int width, int height, int side)
    {
        var jpeg = Pictures.Jpeg(width, height, Pictures.Noise);
        // One that the camera held mirrored takes the way through the whole picture.
        var (part, whole) = (Read(jpeg, side), Read(ExifPictures.WithOrientation(jpeg, 2), side));
        for (var row = 0; row < 3 * side; row++)
            for (var x = 0; x < side; x++)
                Assert.InRange(part[row * side + x] - whole[row * side + side - 1 - x], -1, 1);
    }

    private static byte[] Read(byte[] image, int side)
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["train/a/a.jpg", "train/b/b.jpg", "val/a/a.jpg", "val/b/b.jpg"])
            File.WriteAllBytes(folder[name], image);
        var shape = new FeatureShape(3, side, side);
        using var data = ImageFolder.Open(folder.Path, new(shape, Recipes.Plain, 0, new SilentLog()));
        var pixels = new byte[shape.Count];
        data.Train.Read(0, pixels);
        return pixels;
    }
}
