using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Studies;

/// <summary>
/// Multinomial logistic regression, which is a new softmax layer on fixed features: the W that minimises <c>½‖W‖² + C Σᵢ −log softmax(xᵢW)[yᵢ]</c>. Found
/// from W = 0 by L-BFGS with backtracking (Nocedal &amp; Wright 2006, algorithms 7.4 and 3.1).
/// </summary>
public static class SoftmaxRegression
{
    private const double Tolerance = 1e-4;          // of the gradient's length, beside the one at W = 0
    private const double SufficientDecrease = 1e-4;
    private const int MostSteps = 500, Memory = 10, MostHalvings = 30;

    /// <summary>Learns the classes.</summary>
    /// <param name="features">[N, D], float32, a row an image; a constant column makes a bias. Stays the caller's.</param>
    /// <param name="labels">Its classes, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="c">C, above 0: how much an image counts beside the length of W; a weight decay of 1 / (C N) beside the mean loss.</param>
    /// <returns>[D, classes], float32: the greatest of x·W is an image's class. The caller disposes it.</returns>
    public static Tensor Train(Tensor features, int[] labels, int classes, double c)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var x = features.to(ScalarType.Float64);
        var wanted = one_hot(tensor(Array.ConvertAll(labels, label => (long)label)), classes).to(ScalarType.Float64);       // [N, classes]
        var w = zeros([x.shape[1], classes], ScalarType.Float64);
        var (value, gradient) = Objective(x, wanted, w, c);
        var enough = Tolerance * Length(gradient);
        var past = new List<(Tensor Step, Tensor Change, double Product)>();
        for (var step = 0; step < MostSteps && Length(gradient) > enough; step++)
        {
            using var inner = NewDisposeScope();
            var direction = Direction(gradient, past);
            var slope = Product(direction, gradient);
            var (length, halvings) = (past.Count == 0 ? Math.Min(1, 1 / Length(gradient)) : 1.0, 0);
            var moved = w + length * direction;
            var (newValue, newGradient) = Objective(x, wanted, moved, c);
            for (; newValue > value + SufficientDecrease * length * slope && halvings < MostHalvings; halvings++)
            {
                length /= 2;
                moved = w + length * direction;
                (newValue, newGradient) = Objective(x, wanted, moved, c);
            }
            if (newValue >= value)                  // as close as the numbers go
                break;
            var (moves, change) = (moved - w, newGradient - gradient);
            if (Product(moves, change) is > 0 and var product)
                past.Add((moves.MoveToOuterDisposeScope(), change.MoveToOuterDisposeScope(), product));
            if (past.Count > Memory)
                past.RemoveAt(0);
            (w, value, gradient) = (moved.MoveToOuterDisposeScope(), newValue, newGradient.MoveToOuterDisposeScope());
        }
        return w.to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>The two-loop recursion: the gradient times an approximation of the negative inverse Hessian.</summary>
    private static Tensor Direction(Tensor gradient, List<(Tensor Step, Tensor Change, double Product)> past)
    {
        var direction = -gradient;
        var factors = new double[past.Count];
        for (var i = past.Count - 1; i >= 0; i--)
        {
            factors[i] = Product(past[i].Step, direction) / past[i].Product;
            direction = direction - factors[i] * past[i].Change;
        }
        if (past.Count > 0)
            direction = direction * (past[^1].Product / Product(past[^1].Change, past[^1].Change));
        for (var i = 0; i < past.Count; i++)
            direction = direction + (factors[i] - Product(past[i].Change, direction) / past[i].Product) * past[i].Step;
        return direction;
    }

    private static (double Value, Tensor Gradient) Objective(Tensor x, Tensor wanted, Tensor w, double c)
    {
        var logs = log_softmax(x.matmul(w), 1);     // [N, classes]
        var value = Product(w, w) / 2 - c * Product(logs, wanted);
        return (value, w + c * x.t().matmul(logs.exp() - wanted));
    }

    private static double Product(Tensor one, Tensor other) => (one * other).sum().item<double>();

    private static double Length(Tensor gradient) => Math.Sqrt(Product(gradient, gradient));
}
