using Google.Protobuf;
using Microsoft.Win32.SafeHandles;
using ZfDecl.Interchange.Tensors;
using ZfDecl.Interchange.Weights.Proto;

namespace ZfDecl.Interchange.Weights;

/// <summary>
/// Weights as Caffe keeps them, <c>.caffemodel</c>, with layers of either generation. A batch normalisation there is two layers, <c>BatchNorm</c> with the sums of means and variances and how many these are of, and
/// <c>Scale</c> behind it: here it is one.
/// </summary>
internal static class CaffeWeights
{
    private const string BatchNorm = "BatchNorm", Scale = "Scale", Dense = "InnerProduct";
    private const int OldDense = 14;

    private static readonly TensorScan.Kind Net = OfNet();

    /// <summary>A layer of either generation.</summary>
    private sealed record Layer(string Name, string Type, IReadOnlyList<string> Bottom, IReadOnlyList<string> Top, TensorSource[] Blobs, bool IsTransposed);

    /// <summary>The weights; null where the file is of another kind.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static WeightsContent? TryRead(FileStream stream, SafeFileHandle file)
    {
        NetParameter net;
        try
        {
            net = NetParameter.Parser.ParseFrom(TensorScan.Read(stream, Net));
        }
        catch (Exception other) when (other is InvalidProtocolBufferException or InvalidDataException or EndOfStreamException)
        {
            return null;
        }
        Layer[] layers =
        [
            .. net.Layer.Select(layer => new Layer(layer.Name, layer.Type, layer.Bottom, layer.Top, [.. layer.Blobs.Select(blob => CaffeBlob.Values(blob, file))], layer.InnerProductParam?.Transpose == true)),
            .. net.Layers.Select(layer => new Layer(layer.Name, layer.Type == OldDense ? Dense : "", layer.Bottom, layer.Top, [.. layer.Blobs.Select(blob => CaffeBlob.Values(blob, file))], layer.InnerProductParam?.Transpose == true)),
        ];
        if (!layers.Any(layer => layer.Blobs.Length > 0 && layer.Name.Length > 0))
            return null;
        var tensors = new List<NamedTensor>();
        for (var i = 0; i < layers.Length; i++)
        {
            var layer = layers[i];
            var scale = layer.Type == BatchNorm && i + 1 < layers.Length && layers[i + 1] is { Type: Scale, Blobs.Length: > 0 } next && next.Bottom.Intersect(layer.Top).Any() ? next : null;
            tensors.AddRange(layer.Type == BatchNorm ? Normalisation(layer, scale) : Plain(layer));
            i += scale is null ? 0 : 1;
        }
        return new("Caffe", [.. tensors.DistinctBy(tensor => tensor.Name)], file);
    }

    private static IEnumerable<NamedTensor> Plain(Layer layer)
    {
        if (layer.Blobs is [var weight, ..])
            yield return new($"{layer.Name}.weight", layer is { Type: Dense, IsTransposed: true } && weight.Shape.Count == 2 ? weight.Transposed(1, 0) : weight);
        if (layer.Blobs is [_, var bias, ..])
            yield return new($"{layer.Name}.bias", bias);
    }

    private static IEnumerable<NamedTensor> Normalisation(Layer layer, Layer? scale)
    {
        if (layer.Blobs is not [var mean, var variance, { Count: 1 } sums])
            throw new InvalidDataException($"the batch normalisation '{layer.Name}' has {layer.Blobs.Length} blobs, and not a mean, a variance and a factor");
        var factor = sums.ToDoubles()[0] is not 0 and var sum ? 1 / sum : 0;
        yield return new($"{layer.Name}.weight", scale?.Blobs[0] ?? new FilledTensor(1, mean.Count));
        yield return new($"{layer.Name}.bias", scale?.Blobs is [_, var shift, ..] ? shift : new FilledTensor(0, mean.Count));
        yield return new($"{layer.Name}.running_mean", mean.Times(factor));
        yield return new($"{layer.Name}.running_var", variance.Times(factor));
    }

    private static TensorScan.Kind OfNet() => new([], new() { [2] = new([], new() { [6] = CaffeBlob.Alone }), [100] = new([], new() { [7] = CaffeBlob.Alone }) });
}
