using SkiaSharp;
using ZfDecl.Analyses.Evaluate;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Report.Contents;

namespace ZfDecl.Tests.Reporting;

public sealed class MisclassifiedImagesTests
{
    private static readonly FeatureShape Shape = new(1, 6, 8);

    [Fact]
    public void OfACellTheSurestAreKeptAndRightPredictionsNever()
    {
        var predictions = Enumerable.Range(0, 40).Select(image => Of(image, 0, 1, 0.5 + image / 100.0)).Append(Of(40, 1, 1, 0.99)).ToArray();
        var kept = MisclassifiedImages.Choose(predictions);
        Assert.Equal(Enumerable.Range(28, MisclassifiedImages.MostOfACell).Reverse(), kept.Select(prediction => prediction.Image));
    }

    [Fact]
    public void WhereTheRoomIsShortEveryCellKeepsOneBeforeAnyKeepsTwo()
    {
        // 25 · 24 cells are 600: as many as there is room for.
        var predictions = from of in Enumerable.Range(0, 25) from taken in Enumerable.Range(0, 25) where of != taken from image in Enumerable.Range(0, 3) select Of(image, of, taken, 0.6 + 0.1 * image);
        var kept = MisclassifiedImages.Choose(predictions);
        Assert.Equal(MisclassifiedImages.Most, kept.Count);
        Assert.Equal(MisclassifiedImages.Most, kept.DistinctBy(prediction => (prediction.Class, prediction.Predicted)).Count());
        Assert.All(kept, prediction => Assert.Equal(2, prediction.Image));
    }

    [Fact]
    public void EachPictureLiesWhereTheTableSaysThoughBothPartsCountTheirImagesFromZero()
    {
        using var folder = new TemporaryFolder();
        using var first = new MemoryImageSet([.. Enumerable.Repeat((byte)40, 48)], Shape, [0], ["a", "b, c"], Shape, _ => "first");
        using var second = new MemoryImageSet([.. Enumerable.Repeat((byte)200, 48)], Shape, [1], ["a", "b, c"], Shape, _ => "second");
        MisclassifiedImages.Write(folder.Path, [(first, new(first.Classes, [Of(0, 0, 1, 0.7, "first")])), (second, new(second.Classes, [Of(0, 1, 0, 0.9, "second")]))]);

        var kept = MisclassifiedImages.Read(folder.Path)!;
        Assert.Equal([("first", "a", "b, c", 0.7), ("second", "b, c", "a", 0.9)], kept.Select(image => (image.Name, image.Class, image.Predicted, image.Probability)));
        using var sheet = SKBitmap.Decode(folder[MisclassifiedImages.SheetFile]);
        Assert.Equal([(byte)40, (byte)200], kept.Select(image => sheet.GetPixel(image.X + image.Width - 1, image.Y + image.Height - 1).Red));
        Assert.All(kept, image => Assert.Equal((8, 6), (image.Width, image.Height)));
    }

    [Fact]
    public void WhereNothingWasMisclassifiedThereIsATableWithoutRowsAndNoSheet()
    {
        using var folder = new TemporaryFolder();
        using var images = new MemoryImageSet(new byte[48], Shape, [0], ["a", "b"], Shape, _ => "one");
        MisclassifiedImages.Write(folder.Path, [(images, new(images.Classes, [Of(0, 0, 0, 0.7)]))]);
        Assert.Empty(MisclassifiedImages.Read(folder.Path)!);
        Assert.False(File.Exists(folder[MisclassifiedImages.SheetFile]));
    }

    [Theory]
    [InlineData("name,class\na,b\n", "its columns are not")]
    [InlineData("name,class,predicted,probability,class_probability,x,y,width,height\na,b,c,1.5,0,0,0,1,1\n", "row 1 has a number that cannot be")]
    [InlineData("name,class,predicted,probability,class_probability,x,y,width,height\na,b,c,NaN,0,0,0,1,1\n", "row 1 has a number that cannot be")]
    public void ATableThatCannotBeIsRefused(string table, string finding)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[MisclassifiedImages.TableFile], table);
        var refusal = Assert.Throws<ZfDeclException>(() => MisclassifiedImages.Read(folder.Path));
        Assert.Equal("ZF1413", refusal.Code);
        Assert.Contains(finding, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAddressTellsNamesWithSlashesApart()
    {
        Assert.Equal("images/Ankle%20boot/Bag", ImagesAddress.Of("Ankle boot", "Bag"));
        Assert.NotEqual(ImagesAddress.Of("a/b", "c"), ImagesAddress.Of("a", "b/c"));
    }

    private static Prediction Of(int image, int label, int predicted, double probability, string name = "") =>
        new(image, name, label, label == predicted ? probability : 0.1, [new(predicted, probability)]);
}
