using ZfDecl.Analyses.Invariance;
using ZfDecl.Messages;
using ZfDecl.Search;
using ZfDecl.Tests.Training;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Analysis;

[Collection(Alone.Name)]
public class InvarianceAnalysisTests
{
    [Fact]
    public void DistancesAndProbabilitiesAreThoseOfOneImageAtATime()
    {
        using var net = new ToyNet(channels: 3);
        using var images = new ToyImages(9, channels: 3);
        var curves = Over(net, images).Measure([4], new SilentLog());
        Assert.Equal(Enum.GetValues<ImageTransformation>(), curves.Select(curve => curve.Transformation));
        foreach (var curve in curves)
        {
            Assert.Equal(InvarianceAnalysis.Amounts(curve.Transformation, net.Info.Input), curve.Points.Select(point => point.Amount));
            foreach (var point in curve.Points)
            {
                var (low, high, probability) = Naively(net, images, 4, curve.Transformation, point.Amount);
                Assert.Equal(low.Distance, point.First.Euclidean, 1e-4);
                Assert.Equal(low.Distance / low.Length, point.First.Relative, 1e-5);
                Assert.Equal(high.Distance, point.Last.Euclidean, 1e-4);
                Assert.Equal(probability, point.Probability, 1e-5);
            }
        }
    }

    [Fact]
    public void AnImageThatIsNotTransformedIsAsFarAsNothing()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(3);
        foreach (var curve in Over(net, images).Measure([0, 2], new SilentLog()))
        {
            var still = curve.Points.Single(point => point.Amount == (curve.Transformation == ImageTransformation.Scale ? 1 : 0));
            Assert.Equal(0, still.First.Euclidean, 1e-5);
            Assert.Equal(0, still.Last.Euclidean, 1e-5);
        }
    }

    [Fact]
    public void OfFeaturesThatAreAllZeroNoDistanceIsSaidAndOfOthersItIs()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(1);
        string Said(double first, double last) => new InvarianceReport(Over(net, images), images, [new(0, ImageTransformation.Scale, [new(1, new(1, first), new(1, last), 0.25), new(1.5, new(1, first), new(1, last), 0.75)])], new() { Network = "Toy", Data = "", Weights = "" }).Findings().Single();
        var (low, high) = (Over(net, images).First.Name, Over(net, images).Last.Name);

        Assert.Equal($"Scale: relative to the length of the features, the mean distance is 0.50 in {low} and 0.25 in {high}; the probability of the true class is 0.50 on average and 0.25 at its lowest.", Said(0.5, 0.25));
        Assert.Equal($"Scale: relative to the length of the features, the mean distance is 0.25 in {high}; the features of {low} are 0 in every image, so nothing is said of them; the probability of the true class is 0.50 on average and 0.25 at its lowest.", Said(double.NaN, 0.25));
        Assert.DoesNotContain("distance", Said(double.NaN, double.NaN), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", Said(double.NaN, double.NaN), StringComparison.Ordinal);
    }

    [Fact]
    public void AmountsAreThePapersAtItsSizeAndTheSameSharesOfASmallImage()
    {
        // −60 … 60 by 5 of 224; 60 / 224 of 28 is 7.5, which rounds to 8.
        Assert.Equal(Enumerable.Range(-12, 25).Select(i => 5.0 * i), InvarianceAnalysis.Amounts(ImageTransformation.Translation, new(3, 224, 224)));
        Assert.Equal(Enumerable.Range(-8, 17).Select(i => (double)i), InvarianceAnalysis.Amounts(ImageTransformation.Translation, new(1, 28, 28)));
        Assert.Equal((1.0, 1.8, 17), Ends(ImageTransformation.Scale));
        Assert.Equal((0.0, 350.0, 36), Ends(ImageTransformation.Rotation));

        static (double, double, int) Ends(ImageTransformation transformation)
        {
            var amounts = InvarianceAnalysis.Amounts(transformation, new(1, 28, 28));
            return (amounts[0], amounts[^1], amounts.Count);
        }
    }

    [Fact]
    public void AnImageOfAClassThatTheNetworkDoesNotKnowIsNamed()
    {
        using var net = new ToyNet(classes: 2);
        using var images = new ToyImages(9);
        var error = Assert.Throws<ZfDeclException>(() => Over(net, images).Measure([0, 5], new SilentLog()));
        Assert.Equal("ZF1432", error.Code);
        Assert.Contains("'toy/5.png' is of class 'the \"star\"', which is none of the 2", error.Message);
    }

    [Fact]
    public void NoTensorIsLeftBehind()
    {
        using var net = new ToyNet();
        using var images = new ToyImages(3);
        var before = LiveTensors.CountAfterCollection();
        Over(net, images).Measure([1], new SilentLog());
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static InvarianceAnalysis Over(ToyNet net, ToyImages images) =>
        new(net, images, images.Preprocessor(), FeatureLayers.First(net.Info), FeatureLayers.LastHidden(net.Info));

    private static ((double Distance, double Length) Low, (double Distance, double Length) High, double Probability) Naively(
        ToyNet net, ToyImages images, int image, ImageTransformation transformation, double amount)
    {
        var (stored, made) = (new byte[images.Shape.Count], new byte[images.Shape.Count]);
        images.Read(image, stored);
        TransformedImage.Write(stored, images.Shape, transformation, amount, made);
        var (one, other) = (Features(stored), Features(made));
        return (Compare(one.Low, other.Low), Compare(one.High, other.High), other.Scores[images.Label(image)] / other.Scores.Sum());

        (float[] Low, float[] High, double[] Scores) Features(byte[] pixels)
        {
            using var scope = NewDisposeScope();
            var input = new float[net.Info.Input.Count];
            images.Preprocessor().Evaluation(pixels, input);
            using var seen = net.Record(tensor(input, [1, images.Shape.Maps, ToyNet.Side, ToyNet.Side]));
            return ([.. seen.FeatureMaps(ToyNet.Conv1).data<float>()], [.. seen.FeatureMaps(ToyNet.Conv2).data<float>()], [.. seen.Activation(ToyNet.Fc3).data<float>().Select(score => Math.Exp(score))]);
        }

        static (double, double) Compare(float[] one, float[] other) =>
            (Math.Sqrt(one.Zip(other).Sum(pair => Math.Pow((double)pair.First - pair.Second, 2))), Math.Sqrt(one.Sum(value => Math.Pow(value, 2))));
    }
}
