using ZfDecl.Studies.Classifiers;
using ZfDecl.Tests.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Studies;

[Collection(Alone.Name)]
public sealed class LinearClassifierTests
{
    [Theory]
    [InlineData(LinearClassifierKind.Softmax, 60)]
    [InlineData(LinearClassifierKind.Svm, 60)]
    [InlineData(LinearClassifierKind.Softmax, 12)]
    [InlineData(LinearClassifierKind.Svm, 12)]
    public void ItRecognisesNewImagesAlsoWhereFeaturesAreManyMoreThanImages(LinearClassifierKind kind, int images)
    {
        var (x, labels) = Blobs.Draw(images + 300, width: 40, classes: 3, seed: 3);
        using var scope = NewDisposeScope();
        var all = 1000 * tensor(x) + 5000;                              // the scale of features does not matter
        using var classifier = LinearClassifier.Train(kind, all[..images], labels[..images], 3);
        var right = classifier.Predict(all[images..]).Zip(labels[images..], (predicted, label) => predicted == label).Count(hit => hit);
        Assert.InRange(right, 270, 300);
    }

    [Fact]
    public void SeenInTheSpanOfTheImagesTheSolutionIsTheSame()
    {
        // Without the basis, by hand: of length 1, centred, scaled, a column of ones; C = 10 as there are fewer than 15 images per class.
        var (x, labels) = Blobs.Draw(images: 212, width: 40, classes: 3, seed: 4);
        using var scope = NewDisposeScope();
        var all = tensor(x);
        using var classifier = LinearClassifier.Train(LinearClassifierKind.Softmax, all[..12], labels[..12], 3);
        var directions = all / all.square().sum(1, keepdim: true).sqrt();
        var (train, test) = (directions[..12], directions[12..]);
        var mean = train.mean([0L]);
        var scale = (train - mean).square().sum(1).mean().sqrt();
        var weights = SoftmaxRegression.Train(cat([(train - mean) / scale, ones(12, 1)], 1), labels[..12], 3, 10).Weights;
        var scores = cat([(test - mean) / scale, ones(200, 1)], 1).matmul(weights);
        Assert.Equal(10, classifier.Strength);
        Assert.Equal(scores.argmax(1).data<long>().ToArray().Select(label => (int)label), classifier.Predict(all[12..]));
    }

    [Fact]
    public void AnImagesContrastDoesNotMatter()
    {
        var (x, labels) = Blobs.Draw(60, width: 40, classes: 3, seed: 6);
        using var scope = NewDisposeScope();
        var all = tensor(x);
        var contrasts = linspace(0.1, 10, 60).reshape(60, 1);
        using var one = LinearClassifier.Train(LinearClassifierKind.Softmax, all, labels, 3);
        using var other = LinearClassifier.Train(LinearClassifierKind.Softmax, all * contrasts, labels, 3);
        Assert.Equal(one.Predict(all), other.Predict(all * contrasts.flip(0)));
    }

    [Theory]
    [InlineData(LinearClassifierKind.Softmax)]
    [InlineData(LinearClassifierKind.Svm)]
    public void CrossValidationTellsFeaturesThatSuitFromNoise(LinearClassifierKind kind)
    {
        var (x, labels) = Blobs.Draw(30, width: 40, classes: 3, seed: 7);
        using var scope = NewDisposeScope();
        var features = tensor(x);
        Assert.InRange(LinearClassifier.CrossValidate(kind, features, labels, 3), 26, 30);
        // The same features given to other images: a third is right by chance, with a deviation of 2.6 images.
        Assert.InRange(LinearClassifier.CrossValidate(kind, features, [.. labels.OrderBy(label => label)], 3), 0, 18);
    }

    [Fact]
    public void FeaturesThatAreAllEqualAreNoReasonToFail()
    {
        using var scope = NewDisposeScope();
        using var classifier = LinearClassifier.Train(LinearClassifierKind.Svm, ones(6, 4), [0, 1, 0, 1, 0, 1], 2);
        Assert.Equal(2, classifier.Predict(ones(2, 4)).Length);
    }

    [Theory]
    [InlineData(LinearClassifierKind.Softmax)]
    [InlineData(LinearClassifierKind.Svm)]
    public void EachFitIsShownWithItsCAndReachesItsOptimum(LinearClassifierKind kind)
    {
        var (x, labels) = Blobs.Draw(60, width: 10, classes: 3, seed: 5);
        using var scope = NewDisposeScope();
        var fits = new List<LinearFit>();
        using var classifier = LinearClassifier.Train(kind, tensor(x), labels, 3, fits.Add);
        Assert.Equal([.. Enumerable.Repeat(LinearClassifier.Strengths, 5).SelectMany(all => all), classifier.Strength], fits.Select(fit => fit.C));
        Assert.All(fits, fit => Assert.InRange(fit.Gap, 0, 1e-5));
    }

    [Fact]
    public void NoTensorIsLeft()
    {
        var (x, labels) = Blobs.Draw(60, width: 10, classes: 3, seed: 5);
        using var features = tensor(x);
        var before = LiveTensors.CountAfterCollection();
        using (var classifier = LinearClassifier.Train(LinearClassifierKind.Softmax, features, labels, 3))
            classifier.Predict(features);
        using (var classifier = LinearClassifier.Train(LinearClassifierKind.Svm, features, labels, 3))
            classifier.Predict(features);
        Assert.Equal(before, Tensor.TotalCount);
    }
}
