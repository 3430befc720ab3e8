using ZfDecl.Measures;

namespace ZfDecl.Tests.Measures;

public sealed class ConfusionMatrixTests
{
    // cat: 6 images, 5 right; dog: 3, 1 right; fish: 1, taken for a cat; bird has no image, and one dog was taken for it.
    private static readonly ConfusionMatrix Matrix = new(["cat", "dog", "fish", "bird"], new[,] { { 5, 1, 0, 0 }, { 1, 1, 0, 1 }, { 1, 0, 0, 0 }, { 0, 0, 0, 0 } });

    [Fact]
    public void EveryClassIsMeasuredByWhatItsImagesAndItsPredictionsAre()
    {
        Assert.Equal([5 / 6.0, 1 / 3.0, 0, null], Enumerable.Range(0, 4).Select(Matrix.RecallOf));
        Assert.Equal([5 / 7.0, 1 / 2.0, null, 0], Enumerable.Range(0, 4).Select(Matrix.PrecisionOf));
        // 2 · right / (images + predictions)
        Assert.Equal([10 / 13.0, 2 / 5.0, 0, 0], Enumerable.Range(0, 4).Select(Matrix.F1Of));
    }

    [Fact]
    public void MeansWeighEveryClassThatHasImagesAlike()
    {
        Assert.Equal((5 / 6.0 + 1 / 3.0 + 0) / 3, Matrix.BalancedAccuracy, 1e-12);
        Assert.Equal((5 / 7.0 + 1 / 2.0 + 0) / 3, Matrix.MeanPrecision, 1e-12);
        Assert.Equal((10 / 13.0 + 2 / 5.0 + 0) / 3, Matrix.MeanF1, 1e-12);
    }

    [Fact]
    public void TheFiguresSayWhatAGuessWouldReachAndWhatIsNeverPredicted()
    {
        var figures = AccuracyFigures.Of(Matrix);
        Assert.Equal((10, 6, "cat", 0.6), (figures.Images, figures.Right, figures.MajorityClass, figures.MajorityShare));
        Assert.Equal(
            ["with 10 images the accuracy may as well be 31.3 … 83.2 % (Wilson's 95 % interval); always answering 'cat' would be right in 60.00 %, which it is not surely better than", "never predicted: fish"],
            figures.Sentences());
    }

    [Fact]
    public void ImagesThatWereTrainedOnGiveNoIntervalForOthers() => Assert.Equal(
        "the network was trained on these images, or on some of them, so the accuracy says nothing of others; always answering 'cat' would be right in 60.00 %",
        AccuracyFigures.Of(Matrix).Sentences(trainedOn: true).First());
}
