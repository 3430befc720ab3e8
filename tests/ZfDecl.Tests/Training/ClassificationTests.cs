using ZfDecl.Analyses.Evaluate;
using ZfDecl.Data.Batching;
using ZfDecl.Data.Sets;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Training;

[Collection(Alone.Name)]
public sealed class ClassificationTests : IDisposable
{
    private readonly ImageData data = SmallData.Create(classes: 7);
    private readonly SmallNet network = Network(3);

    public void Dispose()
    {
        network.Dispose();
        data.Dispose();
    }

    [Fact]
    public void ItAgreesWithWhatTrainingMeasures()
    {
        var preprocessor = SmallData.Preprocessor(data);
        var measured = Evaluation.Measure(network, data.Train, preprocessor, batch: 8, CPU, new SilentLog());

        var classification = Classify(new Classifier(network, data.Train, preprocessor) { Batch = 7 });

        Assert.Equal(60, classification.Predictions.Count);
        Assert.Equal(measured.Loss, classification.Loss, 6);
        Assert.Equal(measured.Top1Error, classification.Top1Error, 12);
        Assert.Equal(measured.Top5Error, classification.Top5Error, 12);
        Assert.Equal(Enumerable.Range(0, 60), classification.Predictions.Select(prediction => prediction.Image));
    }

    [Fact]
    public void ProbabilitiesAreAveragedOverTheCropsOfAnImage()
    {
        // Images of 8×8 seen through 6×6 have room: naively, crop by crop and image by image, in double.
        using var small = new CropNet();
        var preprocessor = new Preprocessor(new(1, 6, 6), data.Train.Shape, SmallNet.Declaration.Recipe.Preprocess, SmallData.Statistics(data));
        var classification = Classify(new Classifier(small, data.Train, preprocessor) { Crops = EvaluationCrops.Ten, Batch = 25 });

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        for (var image = 0; image < data.Train.Count; image++)
        {
            var (stored, crops) = (new byte[64], new float[10 * 36]);
            data.Train.Read(image, stored);
            preprocessor.Crops(stored, EvaluationCrops.Ten, crops);
            var mean = new double[7];
            foreach (var crop in crops.Chunk(36))
            {
                var scores = small.call(tensor(crop).reshape(1, 1, 6, 6)).data<float>().ToArray();
                var sum = scores.Sum(score => Math.Exp(score));
                for (var i = 0; i < 7; i++)
                    mean[i] += Math.Exp(scores[i]) / sum / 10;
            }
            var prediction = classification.Predictions[image];
            Assert.Equal(mean.Index().MaxBy(one => one.Item).Index, prediction.Predicted);
            Assert.Equal(mean[data.Train.Label(image)], prediction.Probability, 1e-6);
            Assert.Equal(mean.OrderDescending().Take(5), prediction.Strongest.Select(one => one.Probability), (a, b) => Math.Abs(a - b) < 1e-6);
        }
    }

    [Fact]
    public void SeveralNetworksAreAveraged()
    {
        using var other = Network(4);
        var preprocessor = SmallData.Preprocessor(data);
        Classifier one = new(network, data.Train, preprocessor), two = new(other, data.Train, preprocessor) { Batch = 9 };

        var (first, second, both) = (Classify(one), Classify(two), Classify(one, two));

        Assert.Equal(first.Predictions.Zip(second.Predictions, (a, b) => (a.Probability + b.Probability) / 2), both.Predictions.Select(prediction => prediction.Probability), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.NotEqual(first.Loss, second.Loss);
    }

    [Fact]
    public void ImagesOfSomeClassesAreFoundByTheirNames()
    {
        // Trained on seven classes in another order; the images have three of them, of which it knows two.
        using var three = SmallData.Create(classes: 3);
        string[] classes = ["class 6", "class 2", "x", "class 0", "class 3", "class 4", "class 5"];
        using var images = three.LabelledFor(classes);

        var classification = Classify(new Classifier(network, images.Train, SmallData.Preprocessor(three)));

        Assert.Equal(classes, classification.Classes);
        Assert.Equal([0, 2, 3, 5], classification.Predictions.Take(4).Select(prediction => prediction.Image));
        Assert.Equal([3, 1, 3, 1], classification.Predictions.Take(4).Select(prediction => prediction.Class));
        Assert.Equal([0, 20, 0, 20, 0, 0, 0], classification.PerClass().Select(result => result.Images));
        Assert.Null(classification.PerClass().First().Top1Accuracy);
        // The same image has the same probability as where nothing is left out.
        var all = Classify(new Classifier(network, data.Train, SmallData.Preprocessor(three)));
        Assert.Equal(all.Predictions[5].Strongest.Select(one => one.Probability), classification.Predictions[3].Strongest.Select(one => one.Probability), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void NetworksThatHaveTheirClassesInAnotherOrderAreAveragedByName()
    {
        using var other = Network(4);
        var preprocessor = SmallData.Preprocessor(data);
        string[] order = ["class 6", "class 2", "class 1", "class 0", "class 3", "class 4", "class 5"];
        using var turned = data.LabelledFor(order);
        Classifier one = new(network, data.Train, preprocessor), two = new(other, turned.Train, preprocessor);

        var (first, second, both) = (Classify(one), Classify(two), Classify(one, two));

        Assert.Equal(data.Train.Classes, both.Classes);
        Assert.Equal(first.Predictions.Zip(second.Predictions, (a, b) => (a.Probability + b.Probability) / 2), both.Predictions.Select(prediction => prediction.Probability), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([3, 2, 1], second.Predictions.Take(3).Select(prediction => prediction.Class));      // "class 0" to "class 2" in the other's order
    }

    [Fact]
    public void WhereNoImageIsOfAKnownClassNothingIsMeasured()
    {
        using var strange = data.LabelledFor(["a", "b", "c", "d", "e", "f", "g"]);
        var nothing = Classify(new Classifier(network, strange.Train, SmallData.Preprocessor(data)));
        Assert.Empty(nothing.Predictions);
        Assert.Equal("ZF1305", Assert.Throws<ZfDeclException>(() => Classification.Concat([nothing, nothing])).Code);
    }

    [Fact]
    public void ANetworkThatYieldsNoNumbersIsNamedAsSuch()
    {
        using (no_grad())
            network.fc2.weight.fill_(float.MaxValue);

        Assert.Equal("ZF1306", Assert.Throws<ZfDeclException>(() => Classify(new Classifier(network, data.Train, SmallData.Preprocessor(data)))).Code);
    }

    [Fact]
    public void ItStopsWhenAskedAndLeavesNoTensorsBehind()
    {
        Classifier classifier = new(network, data.Train, SmallData.Preprocessor(data));
        Classify(classifier);
        var before = LiveTensors.CountAfterCollection();
        Classify(classifier);
        Assert.Throws<OperationCanceledException>(() => Classification.Of([classifier], new SilentLog(), stop: new(canceled: true)));

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void EqualProbabilitiesRankByTheLowerClass()
    {
        var prediction = Prediction.Of(0, "one", 6, [0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1]);

        Assert.Equal([1, 3, 5, 0, 2], prediction.Strongest.Select(one => one.Class));
        Assert.False(prediction.IsInTop5);
        Assert.Equal(-Math.Log(0.1), prediction.Loss, 12);
    }

    [Fact]
    public void ClassesAreCountedAsInASmallMatrixByHand()
    {
        // Of three a, one is taken for b and one for c; b is right; there is no c.
        var classification = new Classification(["a", "b", "c"], [Certain(0, 0), Certain(0, 1), Certain(0, 2), Certain(1, 1)]);

        Assert.Equal(new[,] { { 1, 1, 1 }, { 0, 1, 0 }, { 0, 0, 0 } }, classification.Confusion());
        Assert.Equal(
            [
                new(0, "a", 3, 1, 3, 1, 1) { Precision = 1, F1 = 0.5 }, new(1, "b", 1, 1, 1, null, 0) { Precision = 0.5, F1 = 2 / 3.0 }, new(2, "c", 0, 0, 0, null, 0) { Precision = 0, F1 = 0 },
            ],
            classification.PerClass());
        Assert.Equal(0.5, classification.Top1Error);
    }

    private static Prediction Certain(int label, int predicted)
    {
        var probabilities = new double[3];
        probabilities[predicted] = 1;
        return Prediction.Of(0, "one", label, probabilities);
    }

    private Classification Classify(params Classifier[] members) => Classification.Of(members, new SilentLog());

    private static SmallNet Network(int seed)
    {
        random.manual_seed(seed);
        var network = new SmallNet(7);
        network.eval();
        return network;
    }

    /// <summary>For 1×6×6 images and seven classes: one dense layer.</summary>
    private sealed class CropNet : ConvNet
    {
        private readonly TorchSharp.Modules.Linear fc1;

        public CropNet() : base(SmallNet.Declaration, 7)
        {
            random.manual_seed(5);
            fc1 = nn.Linear(36, 7);
            RegisterComponents();
        }

        public override Tensor forward(Tensor images)
        {
            using var flat = images.flatten(1);
            return fc1.call(flat);
        }

        public override Recording Record(Tensor images) => throw new NotSupportedException("no test asks for it");

        public override Deconvnet CreateDeconvnet(DeconvnetOptions? options = null) => throw new NotSupportedException("no test asks for it");
    }
}
