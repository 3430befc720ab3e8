using ZfDecl.Studies.Classifiers;
using ZfDecl.Tests.Data;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Studies;

public sealed class ConvergenceCheckTests
{
    [Fact]
    public void AllFitsOfACellThatEndEarlyAreOneWarningWithLayerAndC()
    {
        var (check, log) = (new ConvergenceCheck(), new CapturedLog());
        using var nothing = empty(0);
        foreach (var (layer, c, gap) in new[] { ("relu4", 1000, 0.02), ("relu4", 1000, 0.3), ("relu4", 10, 1e-6), ("pool2", 100, 0.001) })
            check.Of(layer)(new(nothing, c, gap));
        check.Warn(log, "features + svm, 30 images per class, fold 2");
        var (code, message, _) = Assert.Single(log.Warnings);
        Assert.Equal("ZF1429", code);
        Assert.Equal("features + svm, 30 images per class, fold 2: linear classifiers end before their optimum, by a duality gap above 1e-5 of the objective, so these figures are not those of their C: "
            + "layer pool2, C = 100 (1 fit, gap 1e-3); layer relu4, C = 1000 (2 fits, gap 3e-1)", message);
    }

    [Fact]
    public void NothingIsSaidWhereAllReachIt()
    {
        var (check, log) = (new ConvergenceCheck(), new CapturedLog());
        using var nothing = empty(0);
        check.Of("relu4")(new(nothing, 1000, LinearFit.Tolerance));
        check.Warn(log, "features + svm, 30 images per class, fold 2");
        Assert.Empty(log.Warnings);
    }
}
