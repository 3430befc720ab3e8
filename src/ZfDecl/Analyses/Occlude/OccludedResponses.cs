using static TorchSharp.torch;

namespace ZfDecl.Analyses.Occlude;

/// <summary>What a network makes of some occluded images.</summary>
/// <param name="Activity">[n], float32 on the CPU: the summed activity of the map that is watched.</param>
/// <param name="Probabilities">[n, classes], float32 on the CPU: the class probabilities.</param>
public sealed record OccludedResponses(Tensor Activity, Tensor Probabilities) : IDisposable
{
    /// <summary>Frees both.</summary>
    public void Dispose()
    {
        Activity.Dispose();
        Probabilities.Dispose();
    }
}
