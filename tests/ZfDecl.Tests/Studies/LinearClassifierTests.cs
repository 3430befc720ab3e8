using ZfDecl.Studies;
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
        // Without the basis, by hand: centred, scaled, a column of ones; C = 10 as there are fewer than 15 images a class.
        var (x, labels) = Blobs.Draw(images: 212, width: 40, classes: 3, seed: 4);
        using var scope = NewDisposeScope();
        var all = tensor(x);
        var (train, test) = (all[..12], all[12..]);
        using var classifier = LinearClassifier.Train(LinearClassifierKind.Softmax, train, labels[..12], 3);
        var mean = train.mean([0L]);
        var scale = (train - mean).square().sum(1).mean().sqrt();
        var weights = SoftmaxRegression.Train(cat([(train - mean) / scale, ones(12, 1)], 1), labels[..12], 3, 10);
        var scores = cat([(test - mean) / scale, ones(200, 1)], 1).matmul(weights);
        Assert.Equal(10, classifier.Strength);
        Assert.Equal(scores.argmax(1).data<long>().ToArray().Select(label => (int)label), classifier.Predict(test));
    }

    [Fact]
    public void FeaturesThatAreAllEqualAreNoReasonToFail()
    {
        using var scope = NewDisposeScope();
        using var classifier = LinearClassifier.Train(LinearClassifierKind.Svm, ones(6, 4), [0, 1, 0, 1, 0, 1], 2);
        Assert.Equal(2, classifier.Predict(ones(2, 4)).Length);
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
