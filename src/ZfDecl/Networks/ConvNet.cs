using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Networks;

/// <summary>
/// What every generated network is: a TorchSharp module from images to class scores, or to features where it has no classes, that can also record itself and be paired with its deconvnet.
/// </summary>
public abstract class ConvNet : nn.Module<Tensor, Tensor>
{
    /// <param name="info">The declaration that the class was generated from.</param>
    /// <param name="classes">The number of classes this instance tells apart; at least 2, or 0 where the network is declared without classes.</param>
    protected ConvNet(NetworkInfo info, int classes) : base(info.Name)
    {
        if (info.Classes == 0)
            ArgumentOutOfRangeException.ThrowIfNotEqual(classes, 0);
        else
            ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        Info = info;
        Classes = classes;
    }

    /// <summary>The declaration that the class was generated from.</summary>
    public NetworkInfo Info { get; }

    /// <summary>The number of classes this instance tells apart.</summary>
    public int Classes { get; }

    /// <summary>The part of a minibatch that a training pass sees, where several processes share it; null in all other passes.</summary>
    internal IBatchPart? Part { get; set; }

    /// <summary>What the layers of the forward pass have to know of it.</summary>
    protected TrainingPass TrainingPass => new(training) { Part = training ? Part : null };

    /// <summary>
    /// Runs the network and keeps what every layer yields and every pooling switch, without gradients and in evaluation mode. What it keeps of an image is the
    /// same to the bit whatever images are recorded with it.
    /// </summary>
    /// <param name="images">[N, channels, height, width], preprocessed, on the network's device. Not kept: the recording holds its own reference.</param>
    /// <returns>The recording; the caller disposes it.</returns>
    public abstract Recording Record(Tensor images);

    /// <summary>
    /// Records a batch in one go, which is faster where images are small. The last bits of what it keeps of an image, and so switches where units nearly tie, depend on
    /// the size of the batch.
    /// </summary>
    /// <inheritdoc cref="Record"/>
    protected internal virtual Recording RecordTogether(Tensor images) => Record(images);

    /// <summary>Runs one layer in evaluation mode, as <see cref="Record"/> does.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="x">Shaped as the layer's input. Not changed.</param>
    /// <returns>Shaped as the layer's output; the caller's dispose scope frees it, and what was made on the way.</returns>
    /// <exception cref="NotSupportedException">The network was not generated, and does not say how.</exception>
    protected internal virtual Tensor Evaluate(int layer, Tensor x) => throw new NotSupportedException($"network '{Info.Name}' does not run layer {layer} by itself");

    /// <summary>Runs one layer, of one input or several, in evaluation mode.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="inputs">What goes in, in the order of <see cref="LayerInfo.Inputs"/>. Not changed.</param>
    /// <inheritdoc cref="Evaluate(int, Tensor)" path="/returns | /exception"/>
    protected internal virtual Tensor Evaluate(int layer, IReadOnlyList<Tensor> inputs) =>
        inputs is [var x] ? Evaluate(layer, x) : throw new NotSupportedException($"network '{Info.Name}' does not run layer {layer} by itself");

    /// <summary>Slides the window of one layer over a part of its input, and adds no padding: the part holds it already where it reaches over the border.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="x">[N, maps, height, width], at least as large as the window. Not changed.</param>
    /// <returns>
    /// [N, maps, positions down, positions across]; the caller's dispose scope frees it. Null where the layer slides no window, or where what it yields at the border
    /// does not come of padding alone.
    /// </returns>
    protected internal virtual Tensor? EvaluateValid(int layer, Tensor x) => null;

    /// <summary>The last of the layers that the forward pass runs as one step with this one, a relu that a max pooling follows; elsewhere the layer itself.</summary>
    /// <param name="layer">Index of the layer.</param>
    protected virtual int FusedThrough(int layer) => layer;

    /// <summary>Runs the layers up to <see cref="FusedThrough"/> in one step, in evaluation mode.</summary>
    /// <param name="layer">Index of the first one.</param>
    /// <param name="x">Shaped as its input. Not changed.</param>
    /// <param name="rows">What was seen of the rectified maps; null where they were rectified by themselves.</param>
    /// <returns>Shaped as the last one's output; the caller's dispose scope frees it.</returns>
    protected virtual Tensor RunFused(int layer, Tensor x, out RowMaxima? rows) => throw new NotSupportedException($"network '{Info.Name}' runs layer {layer} by itself");

    /// <summary>
    /// Runs the network, as fast as its forward pass does, without gradients and in evaluation mode, shows what some of its layers yield while it is there,
    /// and stops behind the last of them. The values are those of <see cref="RecordTogether"/>, to the bit, and those of <see cref="Record"/> but for rounding.
    /// </summary>
    /// <param name="images">[N, channels, height, width], preprocessed, on the network's device.</param>
    /// <param name="layers">Indices of the layers.</param>
    /// <param name="see">Shown each of them, in order.</param>
    public void ForwardWithHooks(Tensor images, IReadOnlySet<int> layers, ForwardHook see)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var last = layers.DefaultIfEmpty(-1).Max();
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(last, Info.Layers.Count, nameof(layers));
        var live = new LiveOutputs(Info, images.alias(), last);
        for (var layer = 0; layer <= last; layer++)
        {
            using var step = NewDisposeScope();
            var first = layer;
            Tensor x;
            if (IsFused(layer, layers))
            {
                var below = live.InputsOf(layer)[0];
                x = RunFused(layer, below, out var rows);
                if (layers.Contains(layer))
                    see(layer, rows is null ? nn.functional.relu(below) : below, rows);
                layer = FusedThrough(layer);
            }
            else
            {
                var inputs = live.InputsOf(layer);
                x = Info.Layers[layer].RectifiesInPlace ? inputs[0].relu_().alias() : Evaluate(layer, inputs);
                if (layers.Contains(layer))
                    see(layer, x, null);
            }
            live.Store(layer, x.MoveToOuterDisposeScope());
            live.Release(first);
        }
    }

    /// <summary>Whether nothing that is watched gets lost where the layers run as one step.</summary>
    private bool IsFused(int layer, IReadOnlySet<int> watched)
    {
        var last = FusedThrough(layer);
        return last > layer && !Enumerable.Range(layer + 1, last - layer).Any(watched.Contains)
            && (!watched.Contains(layer) || Info.Layers[layer + 1] is { Window: { } window } pool && window.Covers(Info.Layers[layer].Output, pool.Output));
    }

    /// <summary>Makes the deconvnet that is paired with this network and shares its weights.</summary>
    /// <param name="options">The rules it follows; the paper's where omitted.</param>
    /// <returns>The deconvnet; the caller disposes it, before the network.</returns>
    public abstract Deconvnet CreateDeconvnet(DeconvnetOptions? options = null);

    /// <summary>The factor by which a layer whose step of the backward projection is <see cref="BackwardStep.Scale"/> multiplies each map in evaluation.</summary>
    /// <param name="layer">A layer of this network.</param>
    /// <returns>[maps]; the caller's dispose scope frees it, if it is not the network's own.</returns>
    public virtual Tensor ScaleOf(LayerInfo layer) => throw new ArgumentException($"layer '{layer.Name}' of '{Info.Name}' has no scale", nameof(layer));

    /// <summary>The trained weights of a layer, without its biases.</summary>
    /// <param name="layer">A convolution or a dense layer of this network.</param>
    /// <returns>[maps, input maps / groups, height, width], or [units, input units]; the network's own.</returns>
    public Tensor WeightOf(LayerInfo layer) => get_parameter($"{layer.Name}.weight") ?? throw new ArgumentException($"layer '{layer.Name}' of '{Info.Name}' has no weights", nameof(layer));

    /// <summary>Class probabilities: the softmax of the scores.</summary>
    /// <param name="images">[N, channels, height, width], preprocessed.</param>
    /// <returns>[N, classes], rows that sum to 1; the caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">The network has no classes.</exception>
    public Tensor Probabilities(Tensor images)
    {
        if (Classes == 0)
            throw new InvalidOperationException($"network '{Info.Name}' tells no classes apart");
        using var scope = NewDisposeScope();
        return nn.functional.softmax(call(images), 1).MoveToOuterDisposeScope();
    }
}
