using ZfDecl.Studies;
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

    [Theory]
    [InlineData(0.1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void TheGradientIsZeroWhereItEnds(double c)
    {
        var (x, labels) = Blobs.Draw(images: 30, width: 5, classes: 3, seed: 1);
        using var scope = NewDisposeScope();
        var w = SoftmaxRegression.Train(tensor(x), labels, 3, c);

        var atZero = Gradient(x, labels, new double[5, 3], c).Cast<double>().Max(Math.Abs);
        var atEnd = Gradient(x, labels, Blobs.Values(w), c).Cast<double>().Max(Math.Abs);
        Assert.InRange(atEnd, 0, atZero * 1e-3);
    }

    [Fact]
    public void TheSameImagesGiveTheSameWeightsToTheBit()
    {
        var (x, labels) = Blobs.Draw(images: 40, width: 19, classes: 4, seed: 2);
        using var scope = NewDisposeScope();
        var first = SoftmaxRegression.Train(tensor(x), labels, 4, 1).data<float>().ToArray();
        Assert.Equal(first, SoftmaxRegression.Train(tensor(x), labels, 4, 1).data<float>().ToArray());
    }
}
