using ZfDecl.Studies.Transfer;

namespace ZfDecl.Tests.Studies;

public sealed class FoldDifferenceTests
{
    [Fact]
    public void FoldsArePairedWhateverTheirOrder()
    {
        FewShotRow[] rows =
        [
            new("fixed", 5, 1, 0.80, "", 0), new("fixed", 5, 2, 0.70, "", 0), new("fixed", 5, 3, 0.60, "", 0),
            new("scratch", 5, 3, 0.62, "", 0), new("scratch", 5, 1, 0.70, "", 0), new("scratch", 5, 2, 0.66, "", 0),
        ];
        // By hand: +10, +4 and −2 points; mean 4, deviation √((6² + 0² + 6²) / 2) = 6.
        var one = Assert.Single(FoldDifference.Of(rows));
        Assert.Equal(("fixed", "scratch", 5, 3, 2), (one.Method, one.Against, one.PerClass, one.Folds, one.Better));
        Assert.Equal(0.04, one.Mean, 1e-12);
        Assert.Equal(0.06, one.Deviation!.Value, 1e-12);
        Assert.Equal("+4.0 ± 6.0, better in 2 of 3 folds", one.ToString());
    }

    [Fact]
    public void OfASingleFoldNoDeviationIsSaidAndATieIsNotBetter()
    {
        Assert.Equal("0.0, better in 0 of 1 folds", $"{FoldDifference.Of([new("a", 5, 1, 0.8, "", 0), new("b", 5, 1, 0.8, "", 0)]).Single()}");
        Assert.Equal("+10.0, better in 1 of 1 folds", $"{FoldDifference.Of([new("a", 5, 1, 0.9, "", 0), new("b", 5, 1, 0.8, "", 0)]).Single()}");
    }

    [Fact]
    public void ASingleMethodHasNothingToCompareWith() => Assert.Empty(FoldDifference.Of([new("fixed", 5, 1, 0.8, "", 0)]));
}
