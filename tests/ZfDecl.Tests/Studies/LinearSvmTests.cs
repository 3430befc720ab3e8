using ZfDecl.Studies;
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

    [Theory]
    [InlineData(0.1)]
    [InlineData(10)]
    public void ItsObjectiveIsThatOfGradientDescentOnThePrimalProblem(double c)
    {
        var (x, labels) = Blobs.Draw(images: 30, width: 5, classes: 3, seed: 1);
        using var scope = NewDisposeScope();
        var w = LinearSvm.Train(tensor(x), labels, 3, c);
        Assert.Equal([5, 3], w.shape);

        var (ours, naive) = (Objective(x, labels, Blobs.Values(w), c), Objective(x, labels, Descend(x, labels, 3, c), c));
        for (var label = 0; label < 3; label++)
            Assert.InRange(ours[label], naive[label] * 0.999, naive[label] * 1.001);
    }

    [Fact]
    public void TwoImagesAreSeparatedHalfWayByTheKnownSolution()
    {
        // x = ±1, y = ±1: the minimum of w²/2 + 2C (1 − w)² is w = 4C / (1 + 4C), here 0.8.
        using var scope = NewDisposeScope();
        var w = LinearSvm.Train(tensor(new float[,] { { 1 }, { -1 } }), [0, 1], 2, c: 1);
        Assert.Equal(0.8, w[0, 0].item<float>(), 3);
        Assert.Equal(-0.8, w[0, 1].item<float>(), 3);
    }

    [Fact]
    public void TheSameImagesGiveTheSameWeightsToTheBit()
    {
        var (x, labels) = Blobs.Draw(images: 40, width: 19, classes: 4, seed: 2);
        using var scope = NewDisposeScope();
        var first = LinearSvm.Train(tensor(x), labels, 4, 1).data<float>().ToArray();
        Assert.Equal(first, LinearSvm.Train(tensor(x), labels, 4, 1).data<float>().ToArray());
    }
}
