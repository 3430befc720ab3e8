using ZfDecl.Analyses.Correspond;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Tests.Data;

namespace ZfDecl.Tests.Analysis;

public sealed class PartsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ToyImages images = new(9);

    public void Dispose()
    {
        images.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void EverythingThatIsWrongIsSaidOnItsLine()
    {
        var found = Find("""
            image,part,x,y,w,h
            toy/1.png,eye,2,2,3,3
            toy/1.png,eye,2,2,3,3
            gone.png,eye,2,2,3,3
            toy/2.png,eye,2,2,3
            toy/2.png,eye,2,-1,3,3
            toy/2.png,eye,two,2,3,3
            toy/2.png,nose,2,2,3,0

            toy/3.png,eye,12,2,3,3
            toy/3.png,ear,0,0,1,14
            """);
        Assert.Equal(
            [
                (3, "ZF1443"), (4, "ZF1441"), (5, "ZF1440"), (6, "ZF1440"), (7, "ZF1440"), (8, "ZF1440"), (10, "ZF1442"), (11, "ZF1442"), (11, "ZF1443"),
            ],
            found.Problems.Select(problem => (problem.Line, problem.Code)));
        Assert.Equal("the box reaches to (15, 5), and the image is 14 wide and 14 high", found.Problems[6].Finding);
        Assert.StartsWith("more than half of the box lies outside of what the network sees of the image, columns 1 … 12 and rows 1 … 12 of its 14×14 pixels", found.Problems[7].Finding);
    }

    [Theory]
    [InlineData("\n", "the first line is ''; it must be image,part,x,y,w,h")]
    [InlineData("image,part,left,top,w,h\ntoy/1.png,eye,2,2,3,3\ntoy/2.png,eye,2,2,3,3\n", "the first line is 'image,part,left,top,w,h'")]
    [InlineData("image,part,x,y,w,h\n", "there is no part in this file")]
    public void AFileWithoutHeaderOrPartsIsRefused(string text, string finding) => Assert.Contains(Find(text).Problems, problem => problem.Line == 1 && problem.Finding.StartsWith(finding, StringComparison.Ordinal));

    [Fact]
    public void AnEmptyFileIsNamed() => Assert.Equal("ZF1144", Assert.Throws<ZfDeclException>(() => Find("")).Code);

    [Fact]
    public void AFileThatIsNotThereIsNamed() => Assert.Equal("ZF1440", Assert.Throws<ZfDeclException>(() => PartsFile.Read(folder["no.csv"])).Code);

    [Fact]
    public void ABoxOfAnImageOfTheSplitLiesWhereTheCropHasIt()
    {
        var found = Find("image,part,x,y,w,h\ntoy/1.png,\"eye, left\",2,3,4,5\ntoy/2.png,\"eye, left\",0,0,4,4\n");
        Assert.Empty(found.Problems);
        // 14×14 stored, the middle 12×12 seen: one pixel less each way; what lies outside is cut off.
        Assert.Equal(new PixelRegion(Top: 2, Left: 1, Height: 5, Width: 4), found.Images[0].Parts["eye, left"]);
        Assert.Equal(new PixelRegion(Top: 0, Left: 0, Height: 3, Width: 3), found.Images[1].Parts["eye, left"]);
    }

    [Fact]
    public void AnImageOfTheSplitIsCalledByItsNumberOrTheEndOfItsName()
    {
        var found = Find("image,part,x,y,w,h\n1,eye,2,3,4,5\n/2.png,eye,0,0,4,4\n");
        Assert.Empty(found.Problems);
        var stored = new byte[images.Shape.Count];
        images.Read(1, stored);
        Assert.Equal(stored, found.Images[0].Decoded);
        images.Read(2, stored);
        Assert.Equal(stored, found.Images[1].Decoded);
    }

    [Fact]
    public void AnImageUnderTwoNamesIsNotComparedWithItself()
    {
        var problem = Assert.Single(Find("image,part,x,y,w,h\n1,eye,2,3,4,5\ntoy/1.png,eye,2,3,4,5\n").Problems);
        Assert.Equal((3, "ZF1443"), (problem.Line, problem.Code));
        Assert.StartsWith("'toy/1.png' is the same image as '1'", problem.Finding, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9", "no image is called '9'")]
    [InlineData(".png", "'.png' may be toy/0.png or toy/1.png or toy/2.png …")]
    public void AnImageThatIsNotThereOrNotClearIsNamedWithTheWaysToCallOne(string image, string finding)
    {
        var problem = Assert.Single(Find($"image,part,x,y,w,h\n{image},eye,2,3,4,5\n1,eye,2,3,4,5\n").Problems, problem => problem.Code == "ZF1441");
        Assert.StartsWith(finding, problem.Finding, StringComparison.Ordinal);
        Assert.EndsWith("or a name or number of the split, such as 'toy/0.png' or 0 … 8", problem.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void ABoxOfAFileIsInTheFilesOwnPixels()
    {
        // 42×28 is scaled by ½ to 21×14, of which the columns 3 … 16 are stored and the middle 12×12 of these seen.
        File.WriteAllBytes(folder["pictures", "a.png"], Pictures.Png(42, 28, Pictures.Noise));
        var found = Find("image,part,x,y,w,h\npictures/a.png,eye,10,8,8,6\ntoy/2.png,eye,3,3,3,3\n");
        Assert.Empty(found.Problems);
        Assert.Equal(new PixelRegion(Top: 4 - 1, Left: 5 - 3 - 1, Height: 3, Width: 4), found.Images[0].Parts["eye"]);
    }

    [Theory]
    [InlineData("../a.png")]
    [InlineData("<folder>/a.png")]
    public void AnImageOutsideOfTheFilesFolderIsReadOnlyBelowTheRootThatTheUserNames(string image)
    {
        File.WriteAllBytes(folder["a.png"], Pictures.Png(14, 14, Pictures.Noise));
        var text = $"image,part,x,y,w,h\n{image.Replace("<folder>", folder.Path, StringComparison.Ordinal)},eye,2,3,4,5\ntoy/2.png,eye,2,2,3,3\n";
        File.WriteAllText(folder["lists", "parts.csv"], text);
        Assert.Contains((2, "ZF1491"), Find(null).Problems.Select(problem => (problem.Line, problem.Code)));
        Assert.Empty(Find(folder.Path).Problems);

        PartImages Find(string? root) => PartImages.Find(PartsFile.Read(folder["lists", "parts.csv"]), images, [root], images.Preprocessor(), new SilentLog());
    }

    [Fact]
    public void AnOccludedPlaceHasTheMeanOfWhatIsSeenAndNothingElseChanges()
    {
        var image = Find("image,part,x,y,w,h\ntoy/1.png,eye,2,3,4,5\ntoy/2.png,eye,2,2,3,3\n").Images[0];
        var occluded = image.Occluded(image.Parts["eye"], images.Preprocessor());
        var mean = Enumerable.Range(0, 14 * 14).Where(i => i / 14 is >= 1 and < 13 && i % 14 is >= 1 and < 13).Average(i => image.Decoded[i]);
        for (var i = 0; i < occluded.Length; i++)
        {
            if (i / 14 is >= 3 and < 8 && i % 14 is >= 2 and < 6)
                Assert.Equal(mean, occluded[i], 0.5);
            else
                Assert.Equal(image.Decoded[i], occluded[i]);
        }
    }

    private PartImages Find(string text)
    {
        File.WriteAllText(folder["parts.csv"], text);
        return PartImages.Find(PartsFile.Read(folder["parts.csv"]), images, [], images.Preprocessor(), new SilentLog());
    }
}
