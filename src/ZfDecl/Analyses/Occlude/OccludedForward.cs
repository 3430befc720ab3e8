using ZfDecl.Networks;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Occlude;

/// <summary>
/// What a network makes of one image with a rectangle of it replaced, for many rectangles. In each layer only the window that the rectangle reaches is
/// computed and laid over the maps of the clean image, until it is most of the map; where branches join, the least window that holds theirs. The dense layers see
/// whole maps again. Equal to the forward pass of the
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
    private readonly bool isOwner;
    private readonly PaddedMaps?[] padded;      // of each layer that slides a window
    private readonly int[] lastReaders;         // of the image, then of each layer

    /// <param name="net">The network, in evaluation mode.</param>
    /// <param name="image">[1, channels, height, width], preprocessed, on the network's device. Not kept.</param>
    public OccludedForward(ConvNet net, Tensor image) : this(net, net.Record(image)) => isOwner = true;

    /// <param name="net">The network, in evaluation mode.</param>
    /// <param name="clean">The recording of one image, which outlives this object and stays the caller's.</param>
    public OccludedForward(ConvNet net, Recording clean)
    {
        (this.net, this.clean) = (net, clean);
        geometry = new(net.Info);
        padded = [.. net.Info.Layers.Select(layer => geometry.IsLocal(layer.Index) && geometry.IsWindowed(layer.Index) ? new PaddedMaps(clean.InputOf(layer.Index), layer) : null)];
        lastReaders = [.. Enumerable.Range(LayerInfo.Image, net.Info.Layers.Count + 1).Select(layer => net.Info.ReadersOf(layer).LastOrDefault()?.Index ?? net.Info.Layers.Count)];
    }

    /// <summary>The clean image's forward pass; owned by this object where it has made it.</summary>
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

    /// <summary>Frees the maps that it has made.</summary>
    public void Dispose()
    {
        if (isOwner)
            clean.Dispose();
        foreach (var maps in padded)
            maps?.Dispose();
    }

    /// <summary>What the layers before the head make of some rectangles whose windows have one size in each layer.</summary>
    private Tensor Maps(OccluderGroup group, float value, int watched, int map, Tensor activity)
    {
        var outputs = new MapWindow[geometry.Head + 1];         // the image, then each layer
        outputs[0] = group.Cover(value, net.Info.Input.Maps, clean.Images.device);
        for (var layer = 0; layer < geometry.Head; layer++)
        {
            var inputs = net.Info.Layers[layer].Inputs;
            using (NewDisposeScope())
            {
                MapWindow[] changed = [.. inputs.Select(input => outputs[input + 1])];
                var output = InWindows(layer, changed, group) ?? MapWindow.Whole(net.Evaluate(layer, [.. changed.Zip(inputs, (window, input) => window.PasteOver(clean.Activation(input)))]));
                if (layer == watched)
                    Collect((output with { Values = output.Values.narrow(1, map, 1) }).PasteOver(clean.Activation(layer).narrow(1, map, 1)));
                output.Values.MoveToOuterDisposeScope();
                outputs[layer + 1] = output;
            }
            foreach (var input in inputs.Where(input => lastReaders[input + 1] == layer).Distinct())
                outputs[input + 1].Values.Dispose();
        }
        return outputs[geometry.Features + 1].PasteOver(clean.Activation(geometry.Features));

        void Collect(Tensor maps) => activity.index_copy_(0, tensor(group.Indices.Select(index => (long)index).ToArray(), device: activity.device), maps.flatten(1).sum(1));
    }

    /// <summary>What one layer makes of the windows of its inputs; null where it is to see whole maps.</summary>
    private MapWindow? InWindows(int layer, MapWindow[] inputs, OccluderGroup group)
    {
        if (!geometry.IsLocal(layer) || inputs.Any(input => input.IsWhole))
            return null;
        if (!geometry.IsWindowed(layer) && inputs is [var only])
            return only with { Values = net.Evaluate(layer, only.Values) };
        var info = net.Info.Layers[layer];
        var (rows, columns) = group.At(layer, info.Output);
        if (!geometry.IsWindowed(layer))
            return new(net.Evaluate(layer, [.. inputs.Zip(info.Inputs, (window, input) => window.PasteOver(clean.Activation(input), rows, columns))]), rows, columns);
        return rows[0].Length * columns[0].Length >= MostOfTheMap * info.Output.Height * info.Output.Width
            ? null
            : new(net.EvaluateValid(layer, padded[layer]!.InputOf(rows, columns, inputs[0]))!, rows, columns);
    }

    /// <summary>The class probabilities, [n, classes].</summary>
    private Tensor Head(Tensor[] maps, int first, int watched, int map, Tensor activity)
    {
        using var scope = NewDisposeScope();
        var outputs = new Tensor[net.Info.Layers.Count];
        outputs[geometry.Features] = stack(maps);
        for (var layer = geometry.Head; layer < outputs.Length; layer++)
        {
            outputs[layer] = net.Evaluate(layer, [.. net.Info.Layers[layer].Inputs.Select(input => outputs[input])]);
            if (layer == watched)
                activity.narrow(0, first, maps.Length).copy_(outputs[layer].select(1, map));
        }
        return outputs[^1].MoveToOuterDisposeScope();
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
