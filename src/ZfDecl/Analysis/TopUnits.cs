using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using ZfDecl.Networks;
using ZfDecl.Runs;
using static TorchSharp.torch;

namespace ZfDecl.Analysis;

/// <summary>
/// The strongest units of each feature map of a layer, over a stream of images (Zeiler &amp; Fergus 2014, Fig. 2): at most one unit an image, its
/// strongest, and only units above 0. Memory does not grow with the number of images, and the result does not depend on how they are batched or ordered.
/// </summary>
/// <remarks>Equal values rank by the lower image index; equal values within an image by reading order. It is not thread-safe.</remarks>
public sealed class TopUnits
{
    private const int WorthSharing = 1 << 18;   // values of an image that repay the start of other threads

    private readonly TopUnit[][] ranked;    // for each map, the strongest first
    private readonly int[] counts;
    private readonly float[] largest;       // of each map of the image at hand

    /// <param name="layer">The layer.</param>
    /// <param name="top">How many units are kept for each map; at least 1.</param>
    public TopUnits(LayerInfo layer, int top)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        Layer = layer;
        Top = top;
        ranked = [.. Enumerable.Range(0, layer.Output.Maps).Select(_ => new TopUnit[top])];
        counts = new int[layer.Output.Maps];
        largest = new float[layer.Output.Maps];
    }

    /// <summary>The layer.</summary>
    public LayerInfo Layer { get; }

    /// <summary>How many units are kept for each map.</summary>
    public int Top { get; }

    /// <summary>How many images were seen.</summary>
    public int Images { get; private set; }

    /// <summary>The strongest units of a map, the strongest first; empty for a dead map, which no image excites.</summary>
    public ReadOnlySpan<TopUnit> Of(int map) => ranked[map].AsSpan(0, counts[map]);

    /// <summary>Takes in the feature maps of some images.</summary>
    /// <param name="maps">[N, maps, height, width], or [N, units] of a dense layer; float32, on any device. Not kept.</param>
    /// <param name="images">The index of each image; an image may be given once only.</param>
    /// <exception cref="ArgumentException">The tensor does not have the layer's shape.</exception>
    /// <exception cref="ZfDeclException">ZF1403: an activation is infinite or no number.</exception>
    public void Add(Tensor maps, IReadOnlyList<int> images)
    {
        var (count, units) = (Layer.Output.Maps, Layer.Output.Height * Layer.Output.Width);
        if (maps.shape[0] != images.Count || maps.numel() != images.Count * Layer.Output.Count || maps.dtype != ScalarType.Float32)
            throw new ArgumentException($"[{string.Join(", ", maps.shape)}] of {maps.dtype} are no float32 maps of {images.Count} images, {Layer.Output} each", nameof(maps));

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        // Elsewhere than on the CPU only the strongest of each map leaves the device: [N, maps]. Torch too takes the first of equal values.
        var flat = maps.detach().reshape(images.Count, count, units);
        var (values, places) = maps.device_type == DeviceType.CPU ? (flat.contiguous(), null) : OnTheDevice(flat);
        for (var n = 0; n < images.Count; n++)
            AddImage(values[n], places?[n], images[n]);
        Images += images.Count;
    }

    private static (Tensor Values, Tensor? Places) OnTheDevice(Tensor maps)
    {
        var (values, places) = maps.max(2, keepdim: true);
        return (values.cpu(), places.cpu());
    }

    /// <param name="values">[maps, units] on the CPU; or [maps, 1], the strongest of each, where their places are given.</param>
    /// <param name="places">[maps, 1], where the strongest lie in their map.</param>
    /// <param name="image">The index of the image.</param>
    private void AddImage(Tensor values, Tensor? places, int image)
    {
        var units = (int)values.shape[1];
        var all = MemoryMarshal.Cast<byte, float>(values.bytes);
        FindLargest(all, units);
        for (var map = 0; map < largest.Length; map++)
        {
            if (!Enters(map, largest[map], image))
                continue;
            var place = places is null ? all.Slice(map * units, units).IndexOf(largest[map]) : (int)MemoryMarshal.Cast<byte, long>(places.bytes)[map];
            Insert(map, largest[map], image, place);
        }
        GC.KeepAlive((values, places));
    }

    private unsafe void FindLargest(ReadOnlySpan<float> values, int units)
    {
        if (values.Length < WorthSharing)
        {
            for (var map = 0; map < largest.Length; map++)
                largest[map] = Largest(values.Slice(map * units, units));
            return;
        }
        fixed (float* pinned = values)
        {
            var start = pinned;
            Parallel.ForEach(Partitioner.Create(0, largest.Length), range =>
            {
                for (var map = range.Item1; map < range.Item2; map++)
                    largest[map] = Largest(new(start + (long)map * units, units));
            });
        }
    }

    /// <summary>The largest value; no number where one of them is none.</summary>
    private static float Largest(ReadOnlySpan<float> values)
    {
        var largest = float.NegativeInfinity;
        var rest = values;
        if (values.Length >= Vector<float>.Count)
        {
            var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
            var best = vectors[0];
            foreach (ref readonly var vector in vectors[1..])
                best = Vector.Max(best, vector);
            for (var i = 0; i < Vector<float>.Count; i++)
                largest = MathF.Max(largest, best[i]);
            rest = values[(vectors.Length * Vector<float>.Count)..];
        }
        foreach (var value in rest)
            largest = MathF.Max(largest, value);
        return largest;
    }

    private bool Enters(int map, float value, int image)
    {
        if (!float.IsFinite(value))
        {
            throw new ZfDeclException("ZF1403",
                $"layer '{Layer.Name}', map {map}, image {image}: the activation is {value}; activations must be finite: train again with a smaller learning rate, or use another checkpoint");
        }
        return value > 0 && (counts[map] < Top || new TopUnit(value, image, 0, 0).Precedes(ranked[map][Top - 1]));
    }

    private void Insert(int map, float value, int image, int place)
    {
        var unit = new TopUnit(value, image, place / Layer.Output.Width, place % Layer.Output.Width);
        var units = ranked[map];
        var rank = counts[map] < Top ? counts[map]++ : Top - 1;
        for (; rank > 0 && unit.Precedes(units[rank - 1]); rank--)
            units[rank] = units[rank - 1];
        units[rank] = unit;
    }
}
