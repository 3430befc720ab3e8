using TorchSharp;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Kernels;
using static TorchSharp.torch;

namespace ZfDecl.Search;

/// <summary>
/// The strongest units of each feature map of a layer, over a stream of images (Zeiler &amp; Fergus 2014, Fig. 2): at most one unit an image, its
/// strongest, unless asked otherwise, and only units above 0. Memory does not grow with the number of images, and the result does not depend on how
/// they are batched or ordered.
/// </summary>
/// <remarks>Equal values rank by the lower image index; equal values within an image by reading order. It is not thread-safe.</remarks>
public sealed class TopUnits
{
    private readonly TopUnit[][] ranked;    // for each map, the strongest first
    private readonly int[] counts;
    private readonly MapMaxima maxima = new();

    /// <param name="layer">The layer.</param>
    /// <param name="top">How many units are kept for each map; at least 1.</param>
    /// <param name="perImage">How many of them may be of one image.</param>
    public TopUnits(LayerInfo layer, int top, PerImage perImage = PerImage.One)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        (Layer, Top, PerImage) = (layer, top, perImage);
        ranked = [.. Enumerable.Range(0, layer.Output.Maps).Select(_ => new TopUnit[top])];
        counts = new int[layer.Output.Maps];
    }

    /// <summary>The layer.</summary>
    public LayerInfo Layer { get; }

    /// <summary>How many units are kept for each map.</summary>
    public int Top { get; }

    /// <summary>How many of them may be of one image.</summary>
    public PerImage PerImage { get; }

    /// <summary>How many images were seen.</summary>
    public int Images { get; private set; }

    /// <summary>The maps that no image excites, in order.</summary>
    public IReadOnlyList<int> Dead => [.. Enumerable.Range(0, counts.Length).Where(map => counts[map] == 0)];

    /// <summary>The strongest units of a map, the strongest first; empty for a dead map, which no image excites.</summary>
    public ReadOnlySpan<TopUnit> Of(int map) => ranked[map].AsSpan(0, counts[map]);

    /// <summary>Takes in the feature maps of some images.</summary>
    /// <param name="maps">[N, maps, height, width], or [N, units] of a dense layer; float32, on any device. Not kept.</param>
    /// <param name="images">The index of each image; an image may be given once only.</param>
    /// <param name="rows">What is known of their maxima already, where they are to be rectified yet; see <see cref="ForwardHook"/>.</param>
    /// <exception cref="ArgumentException">The tensor does not have the layer's shape.</exception>
    /// <exception cref="ZfDeclException">ZF1403: an activation is infinite or NaN.</exception>
    public void Add(Tensor maps, IReadOnlyList<int> images, RowMaxima? rows = null)
    {
        if (maps.shape[0] != images.Count || maps.numel() != images.Count * Layer.Output.Count || maps.dtype != ScalarType.Float32)
            throw new ArgumentException($"[{string.Join(", ", maps.shape)}] of {maps.dtype} are no float32 maps of {images.Count} images, {Layer.Output} each", nameof(maps));
        if (images.Count == 0)
            return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var values = maps.detach();
        if (maps.device_type == DeviceType.CPU || PerImage == PerImage.All)
            AddOnCpu(values.cpu(), rows, images);
        else
            AddStrongest(values, images);
        Images += images.Count;
    }

    /// <summary>Takes in what another search found in other images.</summary>
    /// <param name="other">For the same layer, as many units of each map, and as many an image.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public void Add(TopUnits other)
    {
        if (other.Layer.Name != Layer.Name || other.ranked.Length != ranked.Length || other.Top != Top || other.PerImage != PerImage)
            throw new ArgumentException($"{other.Top} units of {other.Layer.Name} cannot be joined to {Top} of {Layer.Name}", nameof(other));
        for (var map = 0; map < ranked.Length; map++)
        {
            foreach (var unit in other.Of(map))
                Insert(map, unit);
        }
        Images += other.Images;
    }

    /// <summary>Takes in one unit that a search has found.</summary>
    internal void Add(int map, TopUnit unit) => Insert(map, unit);

    /// <summary>Takes the units of a map as recordings of their images have them, where the search rounded otherwise.</summary>
    /// <param name="map">The map.</param>
    /// <param name="units">As many units as were found, of the same images.</param>
    internal void Confirm(int map, IEnumerable<TopUnit> units)
    {
        counts[map] = 0;
        foreach (var unit in units)
            Insert(map, unit);
    }

    private unsafe void AddOnCpu(Tensor maps, RowMaxima? rows, IReadOnlyList<int> images)
    {
        var (count, units) = (Layer.Output.Maps, Layer.Output.Height * Layer.Output.Width);
        var placed = TensorView<float>.Of(maps);
        var inRows = rows is null ? (TensorView<float>?)null : TensorView<float>.Of(rows.Values);
        maxima.Find(inRows ?? placed, images.Count, count, (int?)rows?.Values.shape[2] ?? units);
        for (var n = 0; n < images.Count; n++)
        {
            var largest = maxima.Of(n, count);
            for (var map = 0; map < count; map++)
            {
                if (!MayEnter(map, largest[map], images[n]))
                    continue;
                var values = placed[n] + (map * placed.MapStep);
                for (var unit = inRows is { } known && PerImage == PerImage.One ? FirstCandidate(known, n, map) : 0; unit < units; unit++)
                {
                    var value = values[unit * placed.PixelStep];
                    if (PerImage == PerImage.One ? value != largest[map] : !(value > 0))
                        continue;
                    Insert(map, Unit(value, images[n], unit));
                    if (PerImage == PerImage.One)
                        break;
                }
            }
        }
        GC.KeepAlive(maps);
        GC.KeepAlive(rows);

        // Windows begin further down from row to row: the first row of them that holds the largest value sees it where it is first.
        int FirstCandidate(TensorView<float> known, int image, int map)
        {
            var ofMap = known[image] + (map * known.MapStep);
            var row = 0;
            while (ofMap[row * known.PixelStep] != maxima.Of(image, count)[map])
                row++;
            return rows!.FirstRowOf(row) * Layer.Output.Width;
        }
    }

    /// <summary>Only the strongest unit of each map leaves the device. Torch too takes the first of equal values.</summary>
    private void AddStrongest(Tensor maps, IReadOnlyList<int> images)
    {
        var count = Layer.Output.Maps;
        var (largest, positions) = maps.reshape(images.Count, count, -1).max(2);       // [N, maps]
        float[] values = [.. largest.cpu().data<float>()];
        long[] at = [.. positions.cpu().data<long>()];
        for (var i = 0; i < values.Length; i++)
        {
            if (MayEnter(i % count, values[i], images[i / count]))
                Insert(i % count, Unit(values[i], images[i / count], (int)at[i]));
        }
    }

    private TopUnit Unit(float value, int image, int position) => new(value, image, position / Layer.Output.Width, position % Layer.Output.Width);

    private bool MayEnter(int map, float value, int image)
    {
        if (!float.IsFinite(value))
        {
            throw new ZfDeclException("ZF1403",
                $"layer '{Layer.Name}', map {map}, image {image}: the activation is {value}; activations must be finite: train again with a smaller learning rate, or use another checkpoint");
        }
        return value > 0 && (counts[map] < Top || new TopUnit(value, image, 0, 0).Precedes(ranked[map][Top - 1]));
    }

    private void Insert(int map, TopUnit unit)
    {
        var units = ranked[map];
        if (counts[map] == Top && !unit.Precedes(units[Top - 1]))
            return;
        var rank = counts[map] < Top ? counts[map]++ : Top - 1;
        for (; rank > 0 && unit.Precedes(units[rank - 1]); rank--)
            units[rank] = units[rank - 1];
        units[rank] = unit;
    }
}
