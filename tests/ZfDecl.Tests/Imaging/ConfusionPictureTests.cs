using SkiaSharp;
using ZfDecl.Analyses.Evaluate;

namespace ZfDecl.Tests.Imaging;

public sealed class ConfusionPictureTests
{
    [Fact]
    public void FewClassesHaveTheirNamesAndNumbers()
    {
        string[] classes = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "a class with a name that is far too long"];
        Snapshot.Png(new ConfusionPicture(classes, Counts(10, empty: 8), "Fashion, default  ·  2,000 images (validation), centre crop  ·  90.05 % right").ToPng(), new() { Share = 0.02 });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(31)]
    [InlineData(100)]
    [InlineData(121)]
    [InlineData(1000)]
    public void AnyNumberOfClassesFitsIntoAPicture(int classes)
    {
        var png = new ConfusionPicture([.. Enumerable.Range(0, classes).Select(i => $"class {i}")], Counts(classes, empty: 0), "a test").ToPng();

        using var picture = SKBitmap.Decode(png);
        Assert.InRange(picture.Width, 800, 2600);
        Assert.InRange(picture.Height, 300, 2800);
    }

    [Fact]
    public void AsSvgItsNamesAreTextItsCellsAreRectanglesAndNoPixelsAreEmbedded()
    {
        var svg = System.Xml.Linq.XDocument.Parse(new ConfusionPicture(["Coat", "Bag & co", "Boot"], new[,] { { 7, 2, 0 }, { 0, 5, 1 }, { 0, 0, 0 } }, "a test").ToSvg());
        var texts = svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value.Trim()).ToArray();
        foreach (var text in (string[])["Confusion matrix", "Coat", "Bag & co", "7", "2", "5", "1", "predicted class"])
            Assert.Contains(text, texts);
        Assert.DoesNotContain("0", texts);
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName == "image");
        Assert.Contains("Open Sans, sans-serif", svg.ToString(), StringComparison.Ordinal);
    }

    // Most of a class is right, its neighbours take the rest.
    private static int[,] Counts(int classes, int empty)
    {
        var counts = new int[classes, classes];
        var random = new Random(1);
        for (var row = 0; row < classes; row++)
        {
            for (var i = 0; i < 50 && row != empty; i++)
            {
                var away = random.Next(10) < 7 ? 0 : random.Next(-4, 5);
                counts[row, Math.Clamp(row + away, 0, classes - 1)]++;
            }
        }
        return counts;
    }
}
