using ZfDecl.Data;
using static TorchSharp.torch;

namespace ZfDecl.Studies.Classifiers;

/// <summary>
/// A linear support vector machine for each class against the others, with squared hinge loss: the w that minimises
/// <c>½‖w‖² + C Σᵢ max(0, 1 − yᵢ w·xᵢ)²</c>, yᵢ = ±1. Dual coordinate descent is near it soon where C is small and never where it is large; Newton's method goes the rest of
/// the way.
/// </summary>
internal static class LinearSvm
{
    /// <summary>Learns the classes, on all processors; the same bits with the same number of threads.</summary>
    /// <param name="features">[N, D], float32, one row per image; a constant column makes a bias. Stays the caller's.</param>
    /// <param name="labels">Its classes, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="c">C, above 0: how much an image counts beside the length of w.</param>
    /// <returns>The weights, with the largest gap of a class; the caller disposes it.</returns>
    public static LinearFit Train(Tensor features, int[] labels, int classes, double c)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var width = (int)features.shape[1];
        var rows = features.contiguous().data<float>().ToArray();
        double[] squares = [.. features.to(ScalarType.Float64).square().sum(1).data<double>()];
        var weights = new float[classes * width];
        Concurrently.For(classes, () => 0, (label, _) => DualDescent.Approach(rows, squares, Sides(label), label, c, weights.AsSpan(label * width, width)), _ => { });
        var x = features.to(ScalarType.Float64);
        var (near, found, gap) = (tensor(weights).reshape(classes, width).to(ScalarType.Float64), new List<Tensor>(), 0.0);
        for (var label = 0; label < classes; label++)
        {
            var (w, left) = FiniteNewton.Minimise(x, tensor(Array.ConvertAll(Sides(label), side => (double)side)), near[label], c);
            found.Add(w);
            gap = Math.Max(gap, left);                                  // NaN is the largest
        }
        return new LinearFit(stack(found, 1).to(ScalarType.Float32), c, gap).MoveToOuterDisposeScope();

        int[] Sides(int label) => Array.ConvertAll(labels, one => one == label ? 1 : -1);
    }
}
