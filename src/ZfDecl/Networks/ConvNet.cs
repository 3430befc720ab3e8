using ZfDecl.Deconvolution;
using static TorchSharp.torch;

namespace ZfDecl.Networks;

/// <summary>
/// What every generated network is: a TorchSharp module from images to class scores, that can also record itself and be paired with its deconvnet.
/// </summary>
public abstract class ConvNet : nn.Module<Tensor, Tensor>
{
    /// <param name="info">The declaration that the class was generated from.</param>
    /// <param name="classes">The number of classes this instance tells apart; at least 2.</param>
    protected ConvNet(NetworkInfo info, int classes) : base(info.Name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        Info = info;
        Classes = classes;
    }

    /// <summary>The declaration that the class was generated from.</summary>
    public NetworkInfo Info { get; }

    /// <summary>The number of classes this instance tells apart.</summary>
    public int Classes { get; }

    /// <summary>
    /// Runs the network and keeps what every layer yields and every pooling switch, without gradients and in evaluation mode.
    /// </summary>
    /// <param name="images">[N, channels, height, width], preprocessed, on the network's device. Not kept: the recording holds its own reference.</param>
    /// <returns>The recording; the caller disposes it.</returns>
    public abstract Recording Record(Tensor images);

    /// <summary>Runs one layer in evaluation mode, as <see cref="Record"/> does.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="x">Shaped as the layer's input. Not changed.</param>
    /// <returns>Shaped as the layer's output; the caller's dispose scope frees it, and what was made on the way.</returns>
    /// <exception cref="NotSupportedException">The network was not generated, and does not say how.</exception>
    protected internal virtual Tensor Evaluate(int layer, Tensor x) => throw new NotSupportedException($"network '{Info.Name}' does not run layer {layer} by itself");

    /// <summary>Slides the window of one layer over a part of its input, and adds no padding: the part holds it already where it reaches over the border.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="x">[N, maps, height, width], at least as large as the window. Not changed.</param>
    /// <returns>
    /// [N, maps, places down, places across]; the caller's dispose scope frees it. Null where the layer slides no window, or where what it yields at the border
    /// does not come of padding alone.
    /// </returns>
    protected internal virtual Tensor? Slide(int layer, Tensor x) => null;

    /// <summary>Makes the deconvnet that is paired with this network and shares its weights.</summary>
    /// <param name="options">The rules it follows; the paper's where omitted.</param>
    /// <returns>The deconvnet; the caller disposes it, before the network.</returns>
    public abstract Deconvnet CreateDeconvnet(DeconvnetOptions? options = null);

    /// <summary>Class probabilities: the softmax of the scores.</summary>
    /// <param name="images">[N, channels, height, width], preprocessed.</param>
    /// <returns>[N, classes], rows that sum to 1; the caller disposes it.</returns>
    public Tensor Probabilities(Tensor images)
    {
        using var scope = NewDisposeScope();
        return nn.functional.softmax(call(images), 1).MoveToOuterDisposeScope();
    }
}
