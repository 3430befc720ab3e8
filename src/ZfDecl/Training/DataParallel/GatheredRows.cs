using ZfDecl.Data.Batching;
using ZfDecl.Distributed;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Training.DataParallel;

/// <summary>The rows of all ranks' parts of a minibatch, on their way.</summary>
internal sealed class GatheredRows : IDisposable
{
    private readonly Tensor all;            // [batch, units]
    private readonly IPendingTransfer pending;

    /// <param name="group">The ranks.</param>
    /// <param name="batch">Images of all ranks.</param>
    /// <param name="own">[N, units], those of this rank, float32 on the CPU.</param>
    internal unsafe GatheredRows(IProcessGroup group, int batch, Tensor own)
    {
        var units = own.shape[1];
        all = empty([batch, units], ScalarType.Float32).DetachFromDisposeScope();
        var (first, end) = new BatchPart(group.Rank, group.Size).Of(batch);
        using (var room = all.narrow(0, first, end - first))
            room.copy_(own).Dispose();
        long[] counts = [.. Enumerable.Range(0, group.Size).Select(rank => new BatchPart(rank, group.Size).Of(batch)).Select(part => (part.End - part.First) * units)];
        pending = group.BeginGather((nint)TensorMemory.Of<float>(all), counts);
    }

    /// <summary>The rows, when all are there; they stay this object's.</summary>
    internal Tensor Wait()
    {
        pending.Wait();
        return all;
    }

    public void Dispose() => all.Dispose();
}
