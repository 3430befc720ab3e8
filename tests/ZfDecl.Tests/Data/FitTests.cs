using ZfDecl.Data.Decoding;
using ZfDecl.Data.Layouts;
using ZfDecl.Messages;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Tests.Data;

/// <summary>A picture twice as wide as high, whose outer quarters are red and whose middle is blue, in a square of 8×8.</summary>
public class FitTests
{
    private const int Side = 8;

    private static readonly byte[] Wide = Pictures.Png(16, 8, (x, _) => x is < 4 or >= 12 ? new(255, 0, 0) : new(0, 0, 255));

    [Fact]
    public void CroppedTheOuterQuartersAreNotSeen() => Assert.All(Red(Fitting.Crop), value => Assert.Equal(0, value));

    [Fact]
    public void PaddedTheWholeIsSeenBetweenBandsOfMidGrey()
    {
        // 16×8 becomes 8×4: rows 2 … 5, whose outer two columns are red.
        var red = Red(Fitting.Pad).Chunk(Side).ToArray();
        foreach (var y in (int[])[0, 1, 6, 7])
            Assert.All(red[y], value => Assert.Equal(128, value));
        foreach (var y in (int[])[2, 3, 4, 5])
            Assert.Equal([255, 0, 0, 255], (int[])[red[y][0], red[y][3], red[y][4], red[y][7]]);
    }

    [Fact]
    public void SquashedTheWholeIsSeenEverywhere() =>
        Assert.All(Red(Fitting.Squash).Chunk(Side), row => Assert.Equal([255, 0, 0, 255], (int[])[row[0], row[3], row[4], row[7]]));

    [Theory]
    [InlineData(Fitting.Crop, 1, 1, -4, 0)]          // column 4 is the first that is seen
    [InlineData(Fitting.Pad, 0.5, 0.5, 0, 2)]
    [InlineData(Fitting.Squash, 0.5, 1, 0, 0)]
    public void APositionInThePictureComesToLieWhereItsPixelsDo(Fitting fitting, float across, float down, float left, float top)
    {
        var placement = ImageFit.Placement(16, 8, new(3, Side, Side), fitting);
        Assert.Equal((across, down, left, top), (placement.ScaleX, placement.ScaleY, placement.TransX, placement.TransY));
    }

    [Fact]
    public void TheImagesOfAFolderAreFittedAsTheRecipeSays()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["a/1.png", "a/2.png", "b/1.png", "b/2.png"])
            File.WriteAllBytes(folder[name], Wide);
        using var data = ImageFolder.Open(folder.Path, new(new(3, Side, Side), Recipes.Plain with { Fit = Fitting.Squash }, 0, new SilentLog()));
        var pixels = new byte[3 * Side * Side];
        data.Train.Read(0, pixels);
        Assert.Equal(Red(Fitting.Squash), pixels[..(Side * Side)]);
    }

    private static byte[] Red(Fitting fitting)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["wide.png"], Wide);
        return PictureFile.Read(folder["wide.png"], new(3, Side, Side), new SilentLog(), fitting)[..(Side * Side)];
    }
}
