using ZfDecl.Studies.Classifiers;
using static TorchSharp.torch;

namespace ZfDecl.Tests.Studies;

public sealed class SoftmaxRegressionTests
{
    /// <summary>The gradient of ½‖W‖² + C Σ −log softmax(xW)[y], as it is written; all zeros at the minimum, which is the only one.</summary>
    private static double[,] Gradient(float[,] x, int[] labels, double[,] w, double c)
    {
        var (width, classes, gradient) = (w.GetLength(0), w.GetLength(1), (double[,])w.Clone());
        for (var i = 0; i < labels.Length; i++)
        {
            var powers = Enumerable.Range(0, classes).Select(label => Math.Exp(Enumerable.Range(0, width).Sum(d => x[i, d] * w[d, label]))).ToArray();
            for (var label = 0; label < classes; label++)
            {
                var surplus = powers[label] / powers.Sum() - (labels[i] == label ? 1 : 0);
                for (var d = 0; d < width; d++)
                    gradient[d, label] += c * surplus * x[i, d];
            }
        }
        return gradient;
    }

    /// <summary>
    /// C Σ −p log p − ½‖Xᵀ C (y − p)‖², which no objective can be below whatever chances p are (Jaakkola &amp; Haussler 1999); those here would be the best if w were.
    /// </summary>
    private static (double Objective, double LowerBound) Bounds(float[,] x, int[] labels, double[,] w, double c)
    {
        var (scores, classes) = (LinearProblems.Scores(x, w), w.GetLength(1));
        var (objective, bound, alpha) = (w.Cast<double>().Sum(value => value * value / 2), 0.0, new double[labels.Length, classes]);
        for (var i = 0; i < labels.Length; i++)
        {
            var most = Enumerable.Range(0, classes).Max(label => scores[i, label]);
            var powers = Enumerable.Range(0, classes).Select(label => Math.Exp(scores[i, label] - most)).ToArray();
            objective -= c * (scores[i, labels[i]] - most - Math.Log(powers.Sum()));
            for (var label = 0; label < classes; label++)
            {
                var p = powers[label] / powers.Sum();
                bound -= p == 0 ? 0 : c * p * Math.Log(p);
                alpha[i, label] = c * ((labels[i] == label ? 1 : 0) - p);
            }
        }
        return (objective, bound - LinearProblems.SquaredLengths(x, alpha).Sum() / 2);
    }

    [Theory]
    [MemberData(nameof(LinearProblems.All), MemberType = typeof(LinearProblems))]
    public void NoWeightsCanBeBetterByATenThousandth(string problem, double c)
    {
        var (x, labels, classes) = LinearProblems.Of(problem);
        using var fit = SoftmaxRegression.Train(tensor(x), labels, classes, c);
        var (ours, least) = Bounds(x, labels, Blobs.Values(fit.Weights), c);
        Assert.InRange(ours, least * (1 - 1e-9), least * (1 + 1e-4));
        Assert.True(fit.IsConverged);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void TheGradientIsZeroWhereItEnds(double c)
    {
        var (x, labels) = Blobs.Draw(images: 30, width: 5, classes: 3, seed: 1);
        using var fit = SoftmaxRegression.Train(tensor(x), labels, 3, c);

        var atZero = Gradient(x, labels, new double[5, 3], c).Cast<double>().Max(Math.Abs);
        var atEnd = Gradient(x, labels, Blobs.Values(fit.Weights), c).Cast<double>().Max(Math.Abs);
        Assert.InRange(atEnd, 0, atZero * 1e-3);
    }

    [Fact]
    public void TheSameImagesGiveTheSameWeightsToTheBit()
    {
        var (x, labels) = Blobs.Draw(images: 40, width: 19, classes: 4, seed: 2);
        using var first = SoftmaxRegression.Train(tensor(x), labels, 4, 1);
        using var second = SoftmaxRegression.Train(tensor(x), labels, 4, 1);
        Assert.Equal(first.Weights.data<float>().ToArray(), second.Weights.data<float>().ToArray());
    }
}
