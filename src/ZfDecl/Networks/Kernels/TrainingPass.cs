namespace ZfDecl.Networks.Kernels;

/// <summary>What a forward pass has to know where a layer computes something else while its network trains.</summary>
/// <param name="Trains">Whether the network trains.</param>
public readonly record struct TrainingPass(bool Trains)
{
    /// <summary>The part of a minibatch that the pass sees, where several processes share it; null where it sees the whole, and in all passes that do not train.</summary>
    internal IBatchPart? Part { get; init; }
}
