using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace ZfDecl.Studies.Classifiers;

/// <summary>
/// Multinomial logistic regression, which is a new softmax layer on fixed features: the W that minimises <c>½‖W‖² + C Σᵢ −log softmax(xᵢW)[yᵢ]</c>. Found
/// from W = 0 by Newton steps that conjugate gradients solve as far as is worth it, with backtracking (Nocedal &amp; Wright 2006, algorithm 7.1).
/// </summary>
internal static class SoftmaxRegression
{
    private const double SufficientDecrease = 1e-4;
    private const double GradientTolerance = 1e-3;  // beside the gradient at W = 0: where C is small, the loss there is nearly all of the objective, and the gap says little
    private const double Forcing = 0.1;             // a Newton step's residual, beside the gradient
    private const double Spare = 0.1;               // the share of the tolerated squared gradient below which a residual's is small enough in any case
    private const int MostSteps = 200, MostProducts = 20_000, MostHalvings = 40;

    /// <summary>Learns the classes; the same bits with the same number of threads.</summary>
    /// <param name="features">[N, D], float32, one row per image; a constant column makes a bias. Stays the caller's.</param>
    /// <param name="labels">Its classes, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="c">C, above 0: how much an image counts beside the length of W; a weight decay of 1 / (C N) beside the mean loss.</param>
    /// <returns>The weights; the caller disposes it. Of the dual point C (softmax − 1 at the class) the gap is ½‖gradient‖².</returns>
    public static LinearFit Train(Tensor features, int[] labels, int classes, double c)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var x = features.to(ScalarType.Float64);
        var wanted = one_hot(tensor(Array.ConvertAll(labels, label => (long)label)), classes).to(ScalarType.Float64);       // [N, classes]
        var (w, scores) = (zeros([x.shape[1], classes], ScalarType.Float64), zeros([x.shape[0], classes], ScalarType.Float64));
        var (gap, enough) = (0.0, double.NaN);      // enough: of the squared gradient
        for (int step = 0, products = 0; ; step++)
        {
            using var inner = NewDisposeScope();
            var value = Objective(w, scores);
            var chances = softmax(scores, 1);
            var gradient = w + c * x.t().matmul(chances - wanted);
            var square = Product(gradient, gradient);
            gap = square / 2 / value;
            enough = Math.Min(step == 0 ? GradientTolerance * GradientTolerance * square : enough, 2 * LinearFit.Tolerance * value);
            if (!(square > enough) || step == MostSteps || products == MostProducts || Next() is not { } next)
                break;
            (w, scores) = (next.W.MoveToOuterDisposeScope(), next.Scores.MoveToOuterDisposeScope());

            (Tensor W, Tensor Scores)? Next()
            {
                var (direction, along) = Direction(x, chances, gradient, c, Spare * enough, ref products);
                var slope = Product(gradient, direction);
                var length = 1.0;
                for (var halvings = 0; halvings < MostHalvings; halvings++, length /= 2)
                {
                    var (moved, seen) = (w + length * direction, scores + length * along);
                    if (Objective(moved, seen) is var reached && reached <= value + SufficientDecrease * length * slope && reached < value)
                        return (moved, seen);
                }
                return null;                        // as close as the numbers go
            }
        }
        return new LinearFit(w.to(ScalarType.Float32), c, gap).MoveToOuterDisposeScope();

        double Objective(Tensor at, Tensor seen) => Product(at, at) / 2 - c * Product(log_softmax(seen, 1), wanted);
    }

    /// <summary>The d with (I + C Xᵀ (diag p − p pᵀ) X) d = −gradient, and X d, by conjugate gradients.</summary>
    private static (Tensor Direction, Tensor Along) Direction(Tensor x, Tensor chances, Tensor gradient, double c, double spare, ref int products)
    {
        var (direction, along, residual) = (zeros_like(gradient), zeros_like(chances), -gradient);
        var search = residual.clone();
        var length = Product(residual, residual);               // squared
        var enough = Math.Max(Forcing * Forcing * length, spare);
        for (; length > enough && products < MostProducts; products++)
        {
            using var inner = NewDisposeScope();
            var product = x.matmul(search);
            var bent = search + x.t().matmul(c * chances * (product - (chances * product).sum(1, keepdim: true)));
            var rate = length / Product(search, bent);
            direction.add_(search, alpha: rate);
            along.add_(product, alpha: rate);
            residual.add_(bent, alpha: -rate);
            var left = Product(residual, residual);
            search.mul_(left / length).add_(residual);
            length = left;
        }
        return (direction, along);
    }

    private static double Product(Tensor one, Tensor other) => (one * other).sum().item<double>();
}
