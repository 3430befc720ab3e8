using TorchSharp;
using ZfDecl.Analyses.Occlude;
using ZfDecl.Networks;

namespace ZfDecl.Explore.Exploring;

/// <summary>An image as a network sees it, with its forward pass.</summary>
/// <param name="network">The network, which outlives it.</param>
/// <param name="pixels">[C, H, W]: the pixels that it sees, red first.</param>
/// <param name="input">[1, C, H, W], preprocessed; owned from here on.</param>
internal sealed class LiveImage(ConvNet network, byte[] pixels, torch.Tensor input) : IDisposable
{
    private OccludedForward? occluded;

    /// <summary>[C, H, W]: the pixels that the network sees, red first.</summary>
    public byte[] Pixels => pixels;

    /// <summary>[1, C, H, W], preprocessed; stays this object's.</summary>
    public torch.Tensor Input => input;

    /// <summary>The forward pass; stays this object's.</summary>
    public Recording Recording { get; } = network.Record(input);

    /// <summary>The forward pass with parts of the image covered.</summary>
    public OccludedForward Occluded => occluded ??= new(network, Recording);

    /// <summary>The class probabilities; none where the network tells no classes apart.</summary>
    public float[] Probabilities()
    {
        using var scope = torch.NewDisposeScope();
        return network.Classes == 0 ? [] : [.. Recording.Activation(network.Info.Layers.Count - 1)[0].cpu().contiguous().data<float>()];
    }

    public void Dispose()
    {
        occluded?.Dispose();
        Recording.Dispose();
        input.Dispose();
    }
}
