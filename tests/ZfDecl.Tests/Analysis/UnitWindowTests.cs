using ZfDecl.Networks;
using ZfDecl.Search;

namespace ZfDecl.Tests.Analysis;

public class UnitWindowTests
{
    [Fact]
    public void AWindowOverTheBorderIsEmptyOutsideOfTheImage()
    {
        var window = new UnitWindow(new(3, 3, 1, 1, -1, -1), new(1, 4, 5));
        var image = Enumerable.Range(1, 20).Select(value => (byte)value).ToArray();
        Assert.Equal(new PixelRegion(-1, -1, 3, 3), window.At(0, 0));
        Assert.Equal([0, 0, 0, 0, 1, 2, 0, 6, 7], window.Cut<byte>(image, window.At(0, 0)));
        Assert.Equal([14, 15, 0, 19, 20, 0, 0, 0, 0], window.Cut<byte>(image, window.At(3, 4)));
    }

    [Fact]
    public void AWindowOutsideOfTheImageIsEmpty()
    {
        var window = new UnitWindow(new(2, 2, 4, 4, 0, 0), new(1, 4, 4));
        Assert.Equal(new byte[4], window.Cut<byte>(new byte[16].Select(_ => (byte)9).ToArray(), window.At(3, 3)));
    }

    [Fact]
    public void AReceptiveFieldAsLongAsTheImageShowsTheWholeImage()
    {
        var window = new UnitWindow(new(18, 5, 2, 2, -3, -2), new(1, 12, 12));
        Assert.Equal(new PixelRegion(0, 4, 12, 5), window.At(4, 3));
    }

    [Fact]
    public void EveryChannelIsCut()
    {
        var window = new UnitWindow(new(1, 1, 1, 1, 0, 0), new(3, 2, 2));
        Assert.Equal([3f, 7f, 11f], window.Cut<float>(Enumerable.Range(0, 12).Select(value => (float)value).ToArray(), window.At(1, 1)));
    }
}
