using static TorchSharp.torch;

namespace ZfDecl.Tests.Training;

/// <summary>How many tensors live, in tests that run alone.</summary>
internal static class LiveTensors
{
    /// <summary>Counts them after the garbage of earlier tests is gone: it would otherwise be finalised at some time and count as freed.</summary>
    public static long CountAfterCollection()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
