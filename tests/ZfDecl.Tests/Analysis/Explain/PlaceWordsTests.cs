using ZfDecl.Analyses.Explain;
using ZfDecl.Networks;

namespace ZfDecl.Tests.Analysis.Explain;

public class PlaceWordsTests
{
    [Theory]
    [InlineData(0, 0, "in the upper left")]
    [InlineData(0, 10, "at the top")]
    [InlineData(0, 28, "in the upper right")]
    [InlineData(13, 0, "on the left")]
    [InlineData(13, 13, "in the middle")]
    [InlineData(13, 26, "on the right")]
    [InlineData(26, 13, "at the bottom")]
    [InlineData(28, 28, "in the lower right")]
    [InlineData(28, 0, "in the lower left")]
    public void ItIsTheNinthThatTheMiddleLiesIn(int top, int left, string words) => Assert.Equal(words, PlaceWords.Of(new PixelRegion(top, left, 4, 4), 32, 32));
}
