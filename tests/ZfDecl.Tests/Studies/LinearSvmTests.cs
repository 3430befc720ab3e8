using ZfDecl.Studies.Classifiers;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Studies;

public sealed class LinearSvmTests
{
    /// <summary>½‖w‖² + C Σ max(0, 1 − y w·x)² of each class, as it is written.</summary>
    private static double[] Objective(float[,] x, int[] labels, double[,] w, double c) => [.. Enumerable.Range(0, w.GetLength(1)).Select(label =>
    {
        var value = 0.0;
        for (var d = 0; d < w.GetLength(0); d++)
            value += w[d, label] * w[d, label] / 2;
        for (var i = 0; i < labels.Length; i++)
        {
            var margin = 0.0;
            for (var d = 0; d < w.GetLength(0); d++)
                margin += w[d, label] * x[i, d];
            var loss = Math.Max(0, 1 - (labels[i] == label ? margin : -margin));
            value += c * loss * loss;
        }
        return value;
    })];

    /// <summary>The same by plain gradient descent on w, with a step below 2 / L: L ≤ 1 + 2 C Σ ‖x‖².</summary>
    private static double[,] Descend(float[,] x, int[] labels, int classes, double c)
    {
        var (images, width) = (x.GetLength(0), x.GetLength(1));
        var (w, squares) = (new double[width, classes], 0.0);
        foreach (var value in x)
            squares += value * value;
        var rate = 1 / (1 + 2 * c * squares);
        for (var step = 0; step < 20_000; step++)
        {
            for (var label = 0; label < classes; label++)
            {
                var gradient = new double[width];
                for (var i = 0; i < images; i++)
                {
                    var (margin, y) = (0.0, labels[i] == label ? 1 : -1);
                    for (var d = 0; d < width; d++)
                        margin += w[d, label] * x[i, d] * y;
                    for (var d = 0; d < width && margin < 1; d++)
                        gradient[d] -= 2 * c * (1 - margin) * y * x[i, d];
                }
                for (var d = 0; d < width; d++)
                    w[d, label] -= rate * (gradient[d] + w[d, label]);
            }
        }
        return w;
    }

    /// <summary>
    /// Σ α − ½‖Σ α y x‖² − Σ α² / 4C of each class, which no objective can be below whatever α ≥ 0 is (Hsieh et al. 2008, equation 4); the α here would be the best one
    /// if w were.
    /// </summary>
    private static double[] LowerBound(float[,] x, int[] labels, double[,] w, double c)
    {
        var scores = LinearProblems.Scores(x, w);
        var (bounds, signed) = (new double[w.GetLength(1)], new double[labels.Length, w.GetLength(1)]);
        for (var label = 0; label < bounds.Length; label++)
        {
            for (var i = 0; i < labels.Length; i++)
            {
                var y = labels[i] == label ? 1 : -1;
                var alpha = 2 * c * Math.Max(0, 1 - y * scores[i, label]);
                bounds[label] += alpha - alpha * alpha / (4 * c);
                signed[i, label] = alpha * y;
            }
        }
        return [.. bounds.Zip(LinearProblems.SquaredLengths(x, signed), (sum, square) => sum - square / 2)];
    }

    [Theory]
    [MemberData(nameof(LinearProblems.All), MemberType = typeof(LinearProblems))]
    public void NoWeightsCanBeBetterByATenThousandth(string problem, double c)
    {
        var (x, labels, classes) = LinearProblems.Of(problem);
        using var fit = LinearSvm.Train(tensor(x), labels, classes, c);
        var w = Blobs.Values(fit.Weights);
        var (ours, least) = (Objective(x, labels, w, c), LowerBound(x, labels, w, c));
        for (var label = 0; label < classes; label++)
            Assert.InRange(ours[label], least[label] * (1 - 1e-9), least[label] * (1 + 1e-4));
        Assert.True(fit.IsConverged);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(10)]
    public void ItsObjectiveAndItsAnswersAreThoseOfGradientDescentOnThePrimalProblem(double c)
    {
        var (x, labels) = Blobs.Draw(images: 30, width: 5, classes: 3, seed: 1);
        using var fit = LinearSvm.Train(tensor(x), labels, 3, c);
        Assert.Equal([5, 3], fit.Weights.shape);

        var (w, descended) = (Blobs.Values(fit.Weights), Descend(x, labels, 3, c));
        var (ours, naive) = (Objective(x, labels, w, c), Objective(x, labels, descended, c));
        for (var label = 0; label < 3; label++)
            Assert.InRange(ours[label], naive[label] * 0.9999, naive[label] * 1.0001);
        var (others, _) = Blobs.Draw(images: 300, width: 5, classes: 3, seed: 1);
        Assert.Equal(Best(LinearProblems.Scores(others, descended)), Best(LinearProblems.Scores(others, w)));

        static int[] Best(double[,] scores) => [.. Enumerable.Range(0, scores.GetLength(0)).Select(i => Enumerable.Range(0, 3).MaxBy(label => scores[i, label]))];
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(1)]
    [InlineData(1000)]
    public void TwoImagesAreSeparatedHalfWayByTheKnownSolution(double c)
    {
        // x = ±1, y = ±1: the minimum of w²/2 + 2C (1 − w)² is w = 4C / (1 + 4C), at C = 1 0.8.
        using var fit = LinearSvm.Train(tensor(new float[,] { { 1 }, { -1 } }), [0, 1], 2, c);
        Assert.Equal(4 * c / (1 + 4 * c), fit.Weights[0, 0].item<float>(), 4e-3 * c / (1 + 4 * c));
        Assert.Equal(-4 * c / (1 + 4 * c), fit.Weights[0, 1].item<float>(), 4e-3 * c / (1 + 4 * c));
    }

    [Fact]
    public void TheSameImagesGiveTheSameWeightsToTheBit()
    {
        var (x, labels) = Blobs.Draw(images: 40, width: 19, classes: 4, seed: 2);
        using var first = LinearSvm.Train(tensor(x), labels, 4, 1);
        using var second = LinearSvm.Train(tensor(x), labels, 4, 1);
        Assert.Equal(first.Weights.data<float>().ToArray(), second.Weights.data<float>().ToArray());
    }

    [Fact]
    public void FeaturesThatAreNoNumbersAreNotCalledConverged()
    {
        using var fit = LinearSvm.Train(tensor(new float[,] { { float.NaN }, { -1 } }), [0, 1], 2, c: 1);
        Assert.False(fit.IsConverged);
    }
}
