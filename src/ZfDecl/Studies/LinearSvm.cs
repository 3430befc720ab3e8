using System.Numerics;
using System.Runtime.InteropServices;
using ZfDecl.Data;
using static TorchSharp.torch;

namespace ZfDecl.Studies;

/// <summary>
/// A linear support vector machine for each class against the others, with squared hinge loss: the w that minimises
/// <c>½‖w‖² + C Σᵢ max(0, 1 − yᵢ w·xᵢ)²</c>, yᵢ = ±1. Found by dual coordinate descent (Hsieh et al. 2008, algorithm 1, L2-loss).
/// </summary>
public static class LinearSvm
{
    private const double Tolerance = 1e-3;          // of the projected gradient, which is in units of the margin
    private const int MostPasses = 1000;

    /// <summary>Learns the classes, on all processors; the result does not depend on how many there are.</summary>
    /// <param name="features">[N, D], float32, a row an image; a constant column makes a bias. Stays the caller's.</param>
    /// <param name="labels">Its classes, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="c">C, above 0: how much an image counts beside the length of w.</param>
    /// <returns>[D, classes], float32: the greatest of x·W is an image's class. The caller disposes it.</returns>
    public static Tensor Train(Tensor features, int[] labels, int classes, double c)
    {
        var width = (int)features.shape[1];
        using var dense = features.contiguous();
        var rows = dense.data<float>().ToArray();
        double[] squares = [.. Enumerable.Range(0, labels.Length).Select(row => (double)Dot(Row(rows, row, width), Row(rows, row, width)))];
        var weights = new float[classes * width];
        Concurrently.For(classes, () => 0, (label, _) => Separate(rows, squares, labels, label, c, weights.AsSpan(label * width, width)), _ => { });
        using var scope = NewDisposeScope();
        return tensor(weights).reshape(classes, width).t().contiguous().MoveToOuterDisposeScope();
    }

    private static void Separate(float[] rows, double[] squares, int[] labels, int label, double c, Span<float> w)
    {
        var alpha = new double[labels.Length];
        int[] order = [.. Enumerable.Range(0, labels.Length)];
        for (var pass = 0; pass < MostPasses; pass++)
        {
            new AugmentationRandom(0, pass, label).Shuffle(order);
            var (greatest, least) = (double.NegativeInfinity, double.PositiveInfinity);
            foreach (var i in order)
            {
                var x = Row(rows, i, w.Length);
                var y = labels[i] == label ? 1 : -1;
                var gradient = y * Dot(w, x) - 1 + alpha[i] / (2 * c);
                var projected = alpha[i] == 0 ? Math.Min(gradient, 0) : gradient;
                (greatest, least) = (Math.Max(greatest, projected), Math.Min(least, projected));
                if (projected == 0)
                    continue;
                var next = Math.Max(alpha[i] - gradient / (squares[i] + 1 / (2 * c)), 0);
                AddScaled(w, (float)((next - alpha[i]) * y), x);
                alpha[i] = next;
            }
            if (greatest - least <= Tolerance)
                return;
        }
    }

    private static ReadOnlySpan<float> Row(float[] rows, int row, int width) => rows.AsSpan(row * width, width);

    private static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other)
    {
        var ones = MemoryMarshal.Cast<float, Vector<float>>(one);
        var others = MemoryMarshal.Cast<float, Vector<float>>(other);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < ones.Length; i++)
            sums += ones[i] * others[i];
        var sum = Vector.Sum(sums);
        for (var i = ones.Length * Vector<float>.Count; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }

    private static void AddScaled(Span<float> target, float factor, ReadOnlySpan<float> added)
    {
        var targets = MemoryMarshal.Cast<float, Vector<float>>(target);
        var addeds = MemoryMarshal.Cast<float, Vector<float>>(added);
        for (var i = 0; i < targets.Length; i++)
            targets[i] += addeds[i] * factor;
        for (var i = targets.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] += added[i] * factor;
    }
}
