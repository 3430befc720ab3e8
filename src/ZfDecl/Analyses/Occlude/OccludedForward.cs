using ZfDecl.Messages;
using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Occlude;

/// <summary>
/// What a network makes of one image with a rectangle of it replaced, for many rectangles. In each layer only the window that the rectangle reaches is
/// computed and laid over the maps of the clean image, until it is most of the map; the dense layers see whole maps again. Equal to the forward pass of the
/// changed images, but for the rounding of floats.
/// </summary>
/// <remarks>The network must not change meanwhile. It is neither owned nor changed. Not thread-safe.</remarks>
public sealed class OccludedForward : IDisposable
{
    /// <summary>From this share of a map on the whole map is computed.</summary>
    private const double MostOfTheMap = 0.8;

    /// <summary>Into how many bands rectangles are sorted by their windows' height, and by their width: those of two bands are computed together.</summary>
    private const int Bands = 6;

    private const int HeadBatch = 256;
    private const long MapBudget = 64L << 20;   // bytes of the largest maps of one batch

    private readonly ConvNet net;
    private readonly OcclusionGeometry geometry;
    private readonly Recording clean;
    private readonly PaddedMaps?[] inputs;       // of each layer that slides a window

    /// <param name="net">The network, in evaluation mode.</param>
    /// <param name="image">[1, channels, height, width], preprocessed, on the network's device. Not kept.</param>
    public OccludedForward(ConvNet net, Tensor image)
    {
        if (!net.Info.IsChain)
            throw new ZfDeclException("ZF1465", $"network '{net.Info.Name}' has branches, and only a chain of layers can be occluded so far; choose another network with `spec`", net.Info.SpecFile);
        this.net = net;
        geometry = new(net.Info);
        clean = net.Record(image);
        inputs = [.. net.Info.Layers.Select(layer => layer.Index < geometry.Spatial && geometry.IsWindowed(layer.Index) ? new PaddedMaps(clean.InputOf(layer.Index), layer) : null)];
    }

    /// <summary>The clean image's forward pass; owned by this object.</summary>
    public Recording Clean => clean;

    /// <summary>Replaces one rectangle after the other.</summary>
    /// <param name="rectangles">The pixels that are replaced; clipped to the image.</param>
    /// <param name="value">What replaces them, in each channel, as the network sees it: 0 is the mean where the mean is subtracted.</param>
    /// <param name="layer">The layer whose map is watched; where a relu follows, behind it.</param>
    /// <param name="map">The map that is watched.</param>
    /// <param name="stop">Asks to leave, by an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The responses in the order of the rectangles; the caller disposes them.</returns>
    /// <exception cref="ArgumentException">A rectangle lies wholly outside of the image.</exception>
    public OccludedResponses Run(IReadOnlyList<PixelRegion> rectangles, float value, int layer, int map, CancellationToken stop = default)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var device = clean.Images.device;
        var watched = net.Info.Layers[layer].Readout;
        var features = new Tensor[rectangles.Count];
        var activity = zeros(rectangles.Count, device: device);
        foreach (var group in Groups(rectangles))
        {
            stop.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var x = Maps(group, value, watched, map, activity);     // [n, …] before the head
            for (var i = 0; i < group.Count; i++)
                features[group.Indices[i]] = x[i].MoveToOuterDisposeScope();
        }
        Tensor[] probabilities = [.. features.Chunk(HeadBatch).Select((chunk, i) => Head(chunk, i * HeadBatch, watched, map, activity))];
        return new(activity.cpu().MoveToOuterDisposeScope(), cat(probabilities).cpu().MoveToOuterDisposeScope());
    }

    /// <summary>Frees the clean image's maps.</summary>
    public void Dispose()
    {
        clean.Dispose();
        foreach (var input in inputs)
            input?.Dispose();
    }

    /// <summary>What the layers before the head make of some rectangles whose windows have one size in each layer.</summary>
    private Tensor Maps(OccluderGroup group, float value, int watched, int map, Tensor activity)
    {
        var window = group.Cover(value, net.Info.Input.Maps, clean.Images.device);
        var layer = 0;
        for (; layer < geometry.Spatial && layer < geometry.Head; layer++)
        {
            if (!geometry.IsWindowed(layer))
            {
                window = window with { Values = net.Evaluate(layer, window.Values) };
            }
            else
            {
                var output = net.Info.Layers[layer].Output;
                var (rows, columns) = group.At(layer, output);
                if (rows[0].Length * columns[0].Length >= MostOfTheMap * output.Height * output.Width)
                    break;
                window = new(net.EvaluateValid(layer, inputs[layer]!.InputOf(rows, columns, window))!, rows, columns);
            }
            if (layer == watched)
                Collect((window with { Values = window.Values.narrow(1, map, 1) }).PasteOver(clean.Activation(layer).narrow(1, map, 1)));
        }
        var x = window.PasteOver(clean.InputOf(layer));        // [n, maps, height, width]
        for (; layer < geometry.Head; layer++)
        {
            x = net.Evaluate(layer, x);
            if (layer == watched)
                Collect(x.narrow(1, map, 1));
        }
        return x;

        void Collect(Tensor maps) => activity.index_copy_(0, tensor(group.Indices.Select(index => (long)index).ToArray(), device: activity.device), maps.flatten(1).sum(1));
    }

    /// <summary>The class probabilities, [n, classes].</summary>
    private Tensor Head(Tensor[] maps, int first, int watched, int map, Tensor activity)
    {
        using var scope = NewDisposeScope();
        var x = stack(maps);
        for (var layer = geometry.Head; layer < net.Info.Layers.Count; layer++)
        {
            x = net.Evaluate(layer, x);
            if (layer == watched)
                activity.narrow(0, first, maps.Length).copy_(x.select(1, map));
        }
        return x.MoveToOuterDisposeScope();
    }

    private IEnumerable<OccluderGroup> Groups(IReadOnlyList<PixelRegion> rectangles)
    {
        var input = net.Info.Input;
        var largest = net.Info.Layers.Take(geometry.Head).Select(layer => layer.Output.Count).Append(input.Count).Max() * sizeof(float);
        var inside = rectangles.Select(rectangle => rectangle.ClipTo(input.Height, input.Width)).ToArray();
        if (inside.Any(rectangle => rectangle.Height == 0 || rectangle.Width == 0))
            throw new ArgumentException("a rectangle lies outside of the image", nameof(rectangles));
        return OccluderGroup.Of(inside, geometry, Bands, (int)Math.Clamp(MapBudget / largest, 1, 128));
    }
}
