using static TorchSharp.torch;

namespace ZfDecl.Networks.Kernels;

/// <summary>What a batch normalisation multiplies each map by in evaluation: γ / √(σ² + ε) (Ioffe &amp; Szegedy 2015, algorithm 2).</summary>
public static class BatchNormScale
{
    /// <summary>The factors.</summary>
    /// <param name="weight">γ, [maps].</param>
    /// <param name="variance">The running variance σ², [maps].</param>
    /// <param name="epsilon">ε.</param>
    /// <returns>[maps]; the caller's dispose scope frees it.</returns>
    public static Tensor Of(Tensor weight, Tensor variance, double epsilon)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return (weight / (variance + epsilon).sqrt()).MoveToOuterDisposeScope();
    }
}
