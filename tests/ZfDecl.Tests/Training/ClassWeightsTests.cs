using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks.Recipes;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Training;

public sealed class ClassWeightsTests
{
    // 20, 20 and 20 images of three classes; of these, the first 10, 5 and 2.
    private static readonly ImageSet Uneven = new SubsetImageSet(new SmallData(60, 1), [.. Enumerable.Range(0, 60).Where(index => index / 3 < (index % 3) switch { 0 => 10, 1 => 5, _ => 2 })], label => label, ["a", "b", "c"]);

    [Fact]
    public void BalancedClassesWeighAlikeAndTheMeanWeightIsOne()
    {
        var weights = ClassWeights.Of(ClassWeighting.Balanced, Uneven)!;
        Assert.Equal([17 / 30f, 17 / 15f, 17 / 6f], weights);
        Assert.Equal(17, 10 * weights[0] + 5 * weights[1] + 2 * weights[2], 1e-4);
        Assert.Null(ClassWeights.Of(ClassWeighting.None, Uneven));
    }

    [Fact]
    public void TheLossOfAMinibatchIsTheWeightedMeanOfItsImagesLosses()
    {
        using var scope = NewDisposeScope();
        using var network = new SmallNet();
        network.eval();
        var preprocessor = new Preprocessor(SmallNet.Declaration.Input, Uneven.Shape, SmallNet.Declaration.Recipe.Preprocess, ImageStatistics.Measure(Uneven, SmallNet.Declaration.Input, new SilentLog()));
        var weights = ClassWeights.Of(ClassWeighting.Balanced, Uneven)!;
        var (sum, total) = (0.0, 0.0);
        using var batch = Batches.InOrder(Uneven, preprocessor, 17, CPU).Single();
        using (var probabilities = network.Probabilities(batch.Images))
        {
            for (var image = 0; image < 17; image++)
            {
                var label = Uneven.Label(image);
                sum += weights[label] * -Math.Log(probabilities[image, label].item<float>());
                total += weights[label];
            }
        }
        using var learner = new Learner(network, new() { Recipe = SmallNet.Training, Seed = 1 }, 17, weights);
        using var tally = new Tally(countsTop5: false);
        learner.Learn(batch, tally, 1);
        Assert.Equal(sum / total, tally.Read().Loss, 1e-4);
    }
}
