using SkiaSharp;
using ZfDecl.Imaging;

namespace ZfDecl.Tests.Imaging;

public class PictureComparisonTests
{
    private static readonly SKColor Grey = new(100, 100, 100), Near = new(102, 98, 100), Far = new(103, 100, 100);

    [Fact]
    public void TwoLevelsInEveryPixelAreNotNoticed()
    {
        var difference = PictureComparison.Compare(Pictures.Flat(20, 10, Grey), Pictures.Flat(20, 10, Near));
        Assert.True(difference.IsAccepted);
        Assert.Equal((0, 2, null), (difference.Share, difference.Largest, difference.First));
    }

    [Fact]
    public void OnePixelInAThousandMayDifferByMore()
    {
        var approved = Pictures.Flat(100, 10, Grey);
        Assert.True(PictureComparison.Compare(approved, Pictures.Flat(100, 10, Grey, (7, 3, Far))).IsAccepted);
        Assert.False(PictureComparison.Compare(approved, Pictures.Flat(100, 10, Grey, (7, 3, Far), (8, 3, Far))).IsAccepted);
    }

    [Fact]
    public void TheFindingNamesTheShareTheLargestDifferenceAndTheFirstPixel()
    {
        var difference = PictureComparison.Compare(Pictures.Flat(10, 10, Grey), Pictures.Flat(10, 10, Grey, (4, 7, SKColors.Black), (9, 2, Far)));
        Assert.Equal((false, 0.02, 100, (9, 2)), (difference.IsAccepted, difference.Share, difference.Largest, difference.First));
        Assert.Equal(
            "2 of 100 pixels (2 %) differ by more than 2/255, 0.1 % may; the largest difference is 100, the first at column 9, row 2: #ff646464 became #ff676464",
            difference.Finding);
    }

    [Fact]
    public void TransparencyIsAChannelToo() =>
        Assert.False(PictureComparison.Compare(Pictures.Flat(4, 4, Grey), Pictures.Flat(4, 4, Grey.WithAlpha(200))).IsAccepted);

    [Fact]
    public void AnotherSizeIsNamed()
    {
        var difference = PictureComparison.Compare(Pictures.Flat(4, 3, Grey), Pictures.Flat(4, 5, Grey));
        Assert.Equal((false, "the size was 4×3 and became 4×5"), (difference.IsAccepted, difference.Finding));
    }

    [Theory]
    [InlineData(true, "the approved file is no picture that can be decoded")]
    [InlineData(false, "the received file is no picture that can be decoded")]
    public void AFileThatIsNoPictureIsNamed(bool isApproved, string expected)
    {
        var (good, bad) = (Pictures.Flat(2, 2, Grey), new byte[] { 1, 2, 3 });
        var (approved, received) = isApproved ? (bad, good) : (good, bad);
        Assert.Equal(expected, PictureComparison.Compare(approved, received).Finding);
        Assert.Null(PictureComparison.Render(approved, received));
    }

    [Fact]
    public void ATruncatedPictureIsNamed()
    {
        var good = Pictures.Flat(64, 64, Grey, (3, 3, Far));
        Assert.Equal("the received file is no picture that can be decoded", PictureComparison.Compare(good, good[..(good.Length / 2)]).Finding);
    }

    [Fact]
    public void TheDifferencePictureShowsTheDifferingPixelsAndWhatOnlyOneCovers()
    {
        var drawn = PictureComparison.Render(Pictures.Flat(20, 10, Grey), Pictures.Flat(15, 12, Grey, (5, 4, Far)));
        using var picture = SKBitmap.Decode(drawn);
        Assert.Equal((20, 12), (picture.Width, picture.Height));
        Assert.True(IsRed(5, 4));
        Assert.True(IsRed(17, 3));      // only the approved one reaches here
        Assert.True(IsRed(3, 11));      // only the received one
        Assert.False(IsRed(10, 4));
        Assert.False(IsRed(18, 11));    // neither

        bool IsRed(int x, int y) => picture.GetPixel(x, y) is { Red: > 200, Green: < 60, Blue: < 60 };
    }
}
