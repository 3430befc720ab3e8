using static TorchSharp.torch;

namespace ZfDecl.Networks;

/// <summary>
/// The signals of a backward projection on its way down a graph: one for each layer that something has come back to. Where several layers read one, what comes
/// back from them adds up.
/// </summary>
/// <param name="layer">Index of the layer that the projection starts from.</param>
/// <param name="signal">Shaped as its output.</param>
public sealed class BackwardSignals(int layer, Tensor signal)
{
    private readonly Tensor?[] signals = [.. new Tensor?[layer + 1], signal];      // the image before the first layer

    /// <summary>What has come back to the image, [N, channels, height, width].</summary>
    public Tensor Image => signals[0]!;

    /// <summary>The signal at a layer's output, which nothing more may be added to; null where nothing has come back to it.</summary>
    /// <param name="layer">Index of the layer.</param>
    public Tensor? Take(int layer) => layer + 1 < signals.Length ? signals[layer + 1] : null;

    /// <summary>Adds what comes back to the output of a layer, <see cref="LayerInfo.Image"/> for the image. Neither signal is changed.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="signal">Shaped as its output.</param>
    public void Add(int layer, Tensor signal) => signals[layer + 1] = signals[layer + 1] is { } sum ? sum + signal : signal;
}
