using ZfDecl.Messages;
using static TorchSharp.torch;

namespace ZfDecl.Networks;

/// <summary>
/// The network upside down (Zeiler &amp; Fergus 2014, §2.1): a signal in some layer is taken down to pixel space by unpooling through the recorded
/// switches, rectifying the signal, and filtering with the transposed kernels. Contrast and response
/// normalisation, dropout and softmax are the identity; batch normalisation, a fixed scale and shift then, multiplies by its scale. What comes back over several ways adds up.
/// </summary>
/// <remarks>It uses the network's weights as they are at the time of a call, and never changes them. It is not thread-safe.</remarks>
public abstract class Deconvnet : IDisposable
{
    /// <param name="info">The declaration of the network it is paired with.</param>
    /// <param name="options">The rules it follows; the paper's where null.</param>
    protected Deconvnet(NetworkInfo info, DeconvnetOptions? options)
    {
        Info = info;
        Options = options ?? new();
    }

    /// <summary>The declaration of the network it is paired with.</summary>
    public NetworkInfo Info { get; }

    /// <summary>The rules it follows.</summary>
    public DeconvnetOptions Options { get; }

    /// <summary>Projects one unit of every recorded image: all other activations of its layer are set to zero.</summary>
    /// <param name="recording">The recording of N images.</param>
    /// <param name="layer">Index of the layer. A layer that a relu follows is read, and entered, behind that relu.</param>
    /// <param name="map">The feature map, from 0.</param>
    /// <param name="at">The unit's position; the strongest of the map, in each image, where null.</param>
    /// <returns>[N, channels, height, width] of the input; the caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, map or unit.</exception>
    /// <exception cref="ZfDeclException">ZF1464: the layer, or one below it, has no step of the backward projection.</exception>
    public Tensor Project(Recording recording, int layer, int map, UnitPosition? at = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var shape = LayerAt(layer).Output;
        var maps = recording.FeatureMaps(layer);
        ArgumentOutOfRangeException.ThrowIfNegative(map);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(map, (int)maps.shape[1]);     // of the classes of this network, which may not be the spec's
        if (at is { } p && (p.Y < 0 || p.Y >= shape.Height || p.X < 0 || p.X >= shape.Width))
            throw new ArgumentOutOfRangeException(nameof(at), at, $"layer '{LayerAt(layer).Name}' has maps of {shape.Height}×{shape.Width} units");

        var values = maps.select(1, map).reshape(recording.Count, -1);       // [N, units of the map]
        var units = at is { } position
            ? full(new long[] { recording.Count, 1 }, position.Y * shape.Width + position.X, ScalarType.Int64, maps.device)
            : values.argmax(1, keepdim: true);                          // [N, 1]
        var signal = zeros_like(maps);
        signal.select(1, map).view(recording.Count, -1).scatter_(1, units, values.gather(1, units));
        return BackProject(recording, signal, EntryOf(layer)).MoveToOuterDisposeScope();
    }

    /// <summary>Projects any signal of a layer.</summary>
    /// <param name="recording">The recording whose switches are followed, of N images.</param>
    /// <param name="layer">Index of the layer. A layer that a relu follows is entered behind that relu.</param>
    /// <param name="signal">Shaped as the layer's output, [N, maps, height, width] or [N, units].</param>
    /// <returns>[N, channels, height, width] of the input; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The signal does not have the shape of the layer's output.</exception>
    /// <exception cref="ZfDeclException">ZF1464: the layer, or one below it, has no step of the backward projection.</exception>
    public Tensor Project(Recording recording, int layer, Tensor signal)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var expected = recording.Activation(LayerAt(layer).Index).shape;
        if (!signal.shape.AsSpan().SequenceEqual(expected))
            throw new ArgumentException($"the signal is [{string.Join(", ", signal.shape)}]; layer '{LayerAt(layer).Name}' yields [{string.Join(", ", expected)}]", nameof(signal));
        return BackProject(recording, signal, EntryOf(layer)).MoveToOuterDisposeScope();
    }

    /// <summary>Takes a signal at the output of a layer down to pixel space, layer by layer. Temporaries are the caller's scope's.</summary>
    /// <param name="recording">The recording whose switches are followed.</param>
    /// <param name="signal">Shaped as the layer's output.</param>
    /// <param name="layer">Index of the layer to start below.</param>
    protected abstract Tensor BackProject(Recording recording, Tensor signal, int layer);

    /// <summary>The step through a relu.</summary>
    /// <param name="signal">Shaped as the relu's output.</param>
    /// <param name="rectified">The relu's recorded output.</param>
    /// <param name="slope">Its slope below 0.</param>
    /// <param name="ceiling">The greatest value that it yields. The signal itself has no ceiling.</param>
    protected Tensor Rectify(Tensor signal, Tensor rectified, double slope = 0, double ceiling = double.PositiveInfinity)
    {
        return Options.Relu switch
        {
            ReluRule.Mask => signal * Gradient(),
            ReluRule.Guided => Rectified() * Gradient(),
            _ => Rectified(),
        };

        Tensor Rectified() => slope == 0 ? nn.functional.relu(signal) : nn.functional.leaky_relu(signal, slope);

        Tensor Gradient()
        {
            var positive = rectified.gt(0);
            var gradient = slope == 0 ? positive : where(positive, ones_like(rectified), full_like(rectified, slope));
            return double.IsPositiveInfinity(ceiling) ? gradient : gradient * rectified.lt(ceiling);
        }
    }

    /// <summary>The step through what stands where a relu could: the rectified signal, by <see cref="ReluRule.Mask"/> the gradient's step, by <see cref="ReluRule.Guided"/> both.</summary>
    /// <param name="signal">Shaped as the layer's output.</param>
    /// <param name="input">The layer's recorded input.</param>
    /// <param name="activation">What the layer computes.</param>
    /// <param name="isLeaky">Whether the signal is rectified by the same function, which lets a part of what is below 0 pass; by a relu otherwise.</param>
    protected Tensor Rectify(Tensor signal, Tensor input, Func<Tensor, Tensor> activation, bool isLeaky = false)
    {
        var rectified = Options.Relu == ReluRule.Mask ? signal : isLeaky ? activation(signal) : nn.functional.relu(signal);
        return Options.Relu == ReluRule.Deconv ? rectified : Adjoint(rectified, input.detach().clone(), activation);
    }

    /// <summary>The step through a layer that only scales and shifts each map.</summary>
    /// <param name="signal">[N, maps, height, width] or [N, maps].</param>
    /// <param name="factors">The scale of each map, [maps].</param>
    protected static Tensor Scale(Tensor signal, Tensor factors) => signal * factors.view(signal.dim() == 4 ? [1, -1, 1, 1] : [1, -1]);

    /// <summary>The step through a max pooling: each value goes back to where its maximum came from.</summary>
    /// <param name="signal">[N, maps, pooled height, pooled width].</param>
    /// <param name="switches">The recorded switches, of the same shape.</param>
    /// <param name="height">Rows of the pooling layer's input.</param>
    /// <param name="width">Columns of the pooling layer's input.</param>
    /// <returns>[N, maps, height, width].</returns>
    protected Tensor Unpool(Tensor signal, Tensor switches, int height, int width)
    {
        var (n, maps) = (signal.shape[0], signal.shape[1]);
        var unpooled = zeros([n, maps, (long)height * width], signal.dtype, signal.device);
        var (positions, values) = (switches.reshape(n, maps, -1), signal.reshape(n, maps, -1));
        _ = Options.Unpool == UnpoolRule.Sum ? unpooled.scatter_add_(2, positions, values) : unpooled.scatter_(2, positions, values);
        return unpooled.view(n, maps, height, width);
    }

    /// <summary>The step through an average pooling: its gradient, which spreads each value over its window in equal shares.</summary>
    /// <param name="signal">[N, maps, pooled height, pooled width].</param>
    /// <param name="height">Rows of the pooling layer's input.</param>
    /// <param name="width">Columns of the pooling layer's input.</param>
    /// <param name="pool">The pooling. It is linear, so that its gradient is the same at any input, and exact at borders, paddings and either rounding.</param>
    /// <returns>[N, maps, height, width].</returns>
    protected static Tensor AveragePoolAdjoint(Tensor signal, int height, int width, Func<Tensor, Tensor> pool) =>
        Adjoint(signal, zeros([signal.shape[0], signal.shape[1], height, width], signal.dtype, signal.device), pool);

    /// <summary>The gradient's step through a function at an input, which is taken over.</summary>
    private static Tensor Adjoint(Tensor signal, Tensor input, Func<Tensor, Tensor> function)
    {
        using var grad = enable_grad();
        var at = input.requires_grad_(true);
        return autograd.grad([function(at)], [at], [signal])[0];
    }

    /// <summary>Frees what the deconvnet holds; the network it is paired with lives on.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what a derived class holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private int EntryOf(int layer)
    {
        var entry = LayerAt(layer).Readout;
        return Info.Layers.Take(entry + 1).FirstOrDefault(step => step.Backward == BackwardStep.None) is { } unknown
            ? throw new ZfDeclException("ZF1464", $"layer '{LayerAt(layer).Name}' cannot be projected: '{unknown.Name}' ({unknown.Kind}) has no step of the backward projection; choose a layer below '{unknown.Name}'", Info.SpecFile)
            : entry;
    }

    private LayerInfo LayerAt(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, Info.Layers.Count);
        return Info.Layers[layer];
    }
}
