using static TorchSharp.torch;

namespace ZfDecl.Studies.Classifiers;

/// <summary>What a linear classifier has learned, and how near it is to the optimum.</summary>
/// <param name="Weights">[D, classes], float32: the greatest of x·W is an image's class. Freed with this.</param>
/// <param name="C">How much an image counted beside the length of W.</param>
/// <param name="Gap">
/// The duality gap as a share of the objective, of several problems the largest: the objective lies at most so far above its minimum. NaN where features are no finite numbers.
/// </param>
internal sealed record LinearFit(Tensor Weights, double C, double Gap) : IDisposable
{
    /// <summary>The gap at which an optimum counts as reached.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>Whether the optimum is reached.</summary>
    public bool IsConverged => Gap <= Tolerance;

    /// <summary>Lets the weights outlive the dispose scope.</summary>
    internal LinearFit MoveToOuterDisposeScope()
    {
        Weights.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose() => Weights.Dispose();
}
