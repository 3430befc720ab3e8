using ZfDecl.Data.Sets;
using ZfDecl.Studies.Classifiers;
using ZfDecl.Studies.Transfer;

namespace ZfDecl.Tests.Studies;

/// <summary>Figures of Zeiler &amp; Fergus 2014, Tables 4 to 7.</summary>
public class PublishedAccuracyTests
{
    [Theory]
    [InlineData(KnownDataSet.Caltech101, true, 30, "86.5 ± 0.5")]
    [InlineData(KnownDataSet.Caltech101, false, 15, "22.8 ± 1.5")]
    [InlineData(KnownDataSet.Caltech256, true, 60, "74.2 ± 0.3")]
    [InlineData(KnownDataSet.Caltech256, false, 45, "31.2 ± 0.5")]
    public void ATransferIsFoundByDataAndImagesAClass(KnownDataSet data, bool pretrained, int perClass, string figure) =>
        Assert.Equal(figure, PublishedAccuracy.OfTransfer(data, pretrained, perClass)?.ToString());

    [Theory]
    [InlineData(KnownDataSet.Caltech101, LinearClassifierKind.Svm, 7, 30, "85.5")]
    [InlineData(KnownDataSet.Caltech256, LinearClassifierKind.Softmax, 5, 60, "65.7")]
    public void ALayerIsFoundByItsNumber(KnownDataSet data, LinearClassifierKind kind, int layer, int perClass, string figure) =>
        Assert.Equal(figure, PublishedAccuracy.OfLayer(data, kind, layer, perClass)?.ToString());

    [Fact]
    public void WhereThePaperHasNothingThereIsNothing()
    {
        Assert.Null(PublishedAccuracy.OfTransfer(KnownDataSet.Caltech101, true, 60));
        Assert.Null(PublishedAccuracy.OfTransfer(KnownDataSet.ImageNet, true, 30));
        Assert.Null(PublishedAccuracy.OfTransfer(null, true, 30));
        Assert.Null(PublishedAccuracy.OfLayer(KnownDataSet.Caltech101, LinearClassifierKind.Svm, 6, 30));
        Assert.Null(PublishedAccuracy.OfLayer(KnownDataSet.Caltech101, LinearClassifierKind.Softmax, 1, 30));
        Assert.Null(PublishedAccuracy.OfLayer(KnownDataSet.Caltech256, LinearClassifierKind.Svm, 1, 30));
    }

    [Fact]
    public void TheRowsOfATableAreThoseThatArePublished()
    {
        Assert.Equal([15, 30], PublishedAccuracy.PerClass(KnownDataSet.Caltech101, [5]));
        Assert.Equal([15, 30, 45, 60], PublishedAccuracy.PerClass(KnownDataSet.Caltech256, [5]));
        Assert.Equal([5], PublishedAccuracy.PerClass(KnownDataSet.ImageNet, [5]));
        Assert.Equal([5], PublishedAccuracy.PerClass(null, [5]));
    }
}
