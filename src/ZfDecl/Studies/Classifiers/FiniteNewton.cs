using static TorchSharp.torch;

namespace ZfDecl.Studies.Classifiers;

/// <summary>
/// Newton's method for a linear support vector machine with squared hinge loss (Keerthi &amp; DeCoste 2005): each step solves the least squares of the images whose margin is
/// below 1, in as many unknowns as there are of these or as features, whichever are fewer, and is halved until the objective falls.
/// </summary>
internal static class FiniteNewton
{
    private const double SufficientDecrease = 1e-4;
    private const int MostSteps = 100, MostHalvings = 40;

    /// <summary>Goes from a w to the optimum.</summary>
    /// <param name="x">The images, [N, D], float64.</param>
    /// <param name="sides">yᵢ of each, ±1: [N], float64.</param>
    /// <param name="near">Where it begins: [D], float64.</param>
    /// <param name="c">C.</param>
    /// <returns>
    /// w, [D], which belongs to the scope, and the duality gap beside the objective. Of the dual point α = 2C max(0, 1 − y w·x) the gap is ½‖gradient‖².
    /// </returns>
    public static (Tensor W, double Gap) Minimise(Tensor x, Tensor sides, Tensor near, double c)
    {
        using var scope = NewDisposeScope();
        var (w, gap) = (near.clone(), 0.0);
        for (var step = 0; ; step++)
        {
            using var inner = NewDisposeScope();
            var lack = Lack(w);
            var value = Objective(w, lack);
            var gradient = w - x.t().mv(2 * c * sides * lack);
            gap = Dot(gradient, gradient) / 2 / value;
            if (!(gap > LinearFit.Tolerance) || step == MostSteps || Next() is not { } next)
                break;
            w = next.MoveToOuterDisposeScope();

            Tensor? Next()
            {
                var direction = LeastSquares(lack) - w;
                var slope = Dot(gradient, direction);
                var length = 1.0;
                for (var halvings = 0; halvings < MostHalvings; halvings++, length /= 2)
                {
                    var moved = w + length * direction;
                    if (Objective(moved, Lack(moved)) is var reached && reached <= value + SufficientDecrease * length * slope && reached < value)
                        return moved;
                }
                return null;                        // as close as the numbers go
            }
        }
        return (w.MoveToOuterDisposeScope(), gap);

        // How far each margin is below 1.
        Tensor Lack(Tensor at) => (1 - sides * x.mv(at)).clamp_min(0);

        double Objective(Tensor at, Tensor lack) => Dot(at, at) / 2 + c * Dot(lack, lack);

        // The w that minimises ½‖w‖² + C Σ (yᵢ − w·xᵢ)² over the images A that lack something: (I + 2C XᵀX) w = 2C Xᵀy, or w = Xᵀ (XXᵀ + I / 2C)⁻¹ y.
        Tensor LeastSquares(Tensor lack)
        {
            var some = lack.nonzero().flatten();
            var (rows, wanted) = (x.index_select(0, some), sides.index_select(0, some).unsqueeze(1));       // [A, D], [A, 1]
            var (count, width) = (rows.shape[0], rows.shape[1]);
            return (count < width
                ? rows.t().matmul(Solve(rows.matmul(rows.t()) + eye(count, dtype: ScalarType.Float64) / (2 * c), wanted))
                : Solve(rows.t().matmul(rows) * (2 * c) + eye(width, dtype: ScalarType.Float64), 2 * c * rows.t().matmul(wanted))).squeeze(1);
        }
    }

    private static Tensor Solve(Tensor positive, Tensor right) => right.cholesky_solve(linalg.cholesky(positive));

    private static double Dot(Tensor one, Tensor other) => one.dot(other).item<double>();
}
