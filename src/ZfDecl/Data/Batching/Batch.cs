using static TorchSharp.torch;

namespace ZfDecl.Data.Batching;

/// <summary>Some images as the network wants them. It owns its tensors, which belong to no dispose scope.</summary>
/// <param name="images">[N, C, H, W], float32, or [N · crops, C, H, W] where several crops of each image follow each other; owned from here on.</param>
/// <param name="labels">[N], int64; owned from here on.</param>
/// <param name="indices">The index of each image in its set.</param>
public sealed class Batch(Tensor images, Tensor labels, IReadOnlyList<int> indices) : IDisposable
{
    /// <summary>[N, C, H, W] or [N · crops, C, H, W], float32, preprocessed.</summary>
    public Tensor Images { get; } = images;

    /// <summary>[N], int64.</summary>
    public Tensor Labels { get; } = labels;

    /// <summary>The index of each image in its set.</summary>
    public IReadOnlyList<int> Indices { get; } = indices;

    /// <summary>The labels of the minibatch that this is a part of; those of its own images where it is a whole one.</summary>
    public IReadOnlyList<long> WholeLabels { get; init; } = [];

    /// <summary>Frees both tensors.</summary>
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
