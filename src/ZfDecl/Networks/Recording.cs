using static TorchSharp.torch;

namespace ZfDecl.Networks;

/// <summary>
/// One forward pass, kept: the output of every layer and, for every max-pooling layer, its switches. It owns these tensors;
/// generated classes add a typed property for each.
/// </summary>
public abstract class Recording : IDisposable
{
    private readonly Tensor[] activations;
    private readonly Tensor?[] switches;

    /// <param name="info">The recorded network.</param>
    /// <param name="images">[N, channels, height, width]; owned from here on.</param>
    /// <param name="activations">The output of each layer, in order; owned from here on.</param>
    /// <param name="switches">The switches of each max-pooling layer, null elsewhere; owned from here on.</param>
    protected Recording(NetworkInfo info, Tensor images, Tensor[] activations, Tensor?[] switches)
    {
        Info = info;
        Images = images;
        this.activations = activations;
        this.switches = switches;
    }

    /// <summary>The recorded network.</summary>
    public NetworkInfo Info { get; }

    /// <summary>What went in: [N, channels, height, width].</summary>
    public Tensor Images { get; }

    /// <summary>The number of images, N.</summary>
    public int Count => (int)Images.shape[0];

    /// <summary>
    /// The output of the layer at <paramref name="layer"/>: [N, maps, height, width], or [N, units] from the first dense layer on; the images at
    /// <see cref="LayerInfo.Image"/>.
    /// </summary>
    public Tensor Activation(int layer) => layer == LayerInfo.Image ? Images : activations[layer];

    /// <summary>What the layer at <paramref name="layer"/> was given: of its first input. Shape as <see cref="Activation"/>.</summary>
    public Tensor InputOf(int layer) => Activation(Info.Layers[layer].Inputs[0]);

    /// <summary>
    /// The feature maps of a layer as the paper means them: rectified where a relu follows, directly or behind a batch normalisation
    /// (<see cref="LayerInfo.Readout"/>). Shape as <see cref="Activation"/>.
    /// </summary>
    public Tensor FeatureMaps(int layer) => activations[Info.Layers[layer].Readout];

    /// <summary>
    /// Where each maximum of a max-pooling layer came from: [N, maps, height, width] of the pooled size, int64 indices <c>y · width + x</c> into
    /// one map of the layer's input.
    /// </summary>
    /// <exception cref="ArgumentException">The layer is no max-pooling layer.</exception>
    public Tensor Switches(int layer) =>
        switches[layer] ?? throw new ArgumentException($"layer '{Info.Layers[layer].Name}' is of kind '{Info.Layers[layer].Kind}' and has no switches");

    /// <summary>The recording of some of its images, in the given order; an image may come more than once. Tensors are copied.</summary>
    /// <param name="images">Indices, 0 … N − 1.</param>
    /// <returns>A recording of as many images as indices; the caller disposes it.</returns>
    public Recording Select(IReadOnlyCollection<long> images)
    {
        using var noGrad = no_grad();
        using var index = tensor(images.ToArray(), device: Images.device);
        return Create(Images.index_select(0, index), [.. activations.Select(t => t.index_select(0, index))], [.. switches.Select(t => t?.index_select(0, index))]);
    }

    /// <summary>The recordings of single images as one.</summary>
    /// <param name="images">[N, channels, height, width], the images together.</param>
    /// <param name="apart">A recording of each, of the same network; their tensors are freed.</param>
    internal static Recording Join(Tensor images, IReadOnlyList<Recording> apart)
    {
        Tensor[] activations = [.. apart[0].activations.Select((_, layer) => Joined(one => one.activations[layer])!)];
        Tensor?[] switches = [.. apart[0].switches.Select((_, layer) => Joined(one => one.switches[layer]))];
        foreach (var one in apart)
            one.Images.Dispose();
        return apart[0].Create(images.alias(), activations, switches);

        // Layer by layer, so that no more than one layer is there twice.
        Tensor? Joined(Func<Recording, Tensor?> of)
        {
            Tensor[] tensors = [.. apart.Select(of).OfType<Tensor>()];
            var joined = tensors.Length == 0 ? null : ImageByImage.Together(tensors);
            foreach (var tensor in tensors)
                tensor.Dispose();
            return joined;
        }
    }

    /// <summary>Moves every tensor of the recording to the dispose scope around the current one, so that it outlives the current one.</summary>
    public void MoveToOuterDisposeScope()
    {
        Images.MoveToOuterDisposeScope();
        foreach (var tensor in activations)
            tensor.MoveToOuterDisposeScope();
        foreach (var tensor in switches)
            tensor?.MoveToOuterDisposeScope();
    }

    /// <summary>Makes a recording of the same class, which owns the tensors it is given.</summary>
    protected abstract Recording Create(Tensor images, Tensor[] activations, Tensor?[] switches);

    /// <summary>Frees every tensor of the recording.</summary>
    public void Dispose()
    {
        Images.Dispose();
        foreach (var tensor in activations)
            tensor.Dispose();
        foreach (var tensor in switches)
            tensor?.Dispose();
        GC.SuppressFinalize(this);
    }
}
