using System.Runtime.InteropServices;
using ZfDecl.Files;
using ZfDecl.Messages;
using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;
using ZfDecl.Projection;
using ZfDecl.Search;
using static TorchSharp.torch;

namespace ZfDecl.Analyses.Project;

/// <summary>The projection of one unit, or of all of a layer's units together, in one image.</summary>
public sealed record ImageProjection
{
    /// <summary>The layer; where a relu follows, its maps are those behind it.</summary>
    public required LayerInfo Layer { get; init; }

    /// <summary>The unit; null where the whole layer is projected.</summary>
    public required (int Map, UnitPosition At)? Unit { get; init; }

    /// <summary>The unit's activation; the largest one of the whole layer.</summary>
    public required float Value { get; init; }

    /// <summary>What was projected: [1], or [maps, height, width] of the whole layer.</summary>
    public required float[] Activation { get; init; }

    /// <summary>[C, H, W]: the image as the network saw it.</summary>
    public required float[] Input { get; init; }

    /// <summary>[C, H, W] of the input: the projection, the channels in the network's order.</summary>
    public required float[] Projection { get; init; }

    /// <summary>The order in which the network takes colours.</summary>
    public ChannelOrder Order { get; init; }

    /// <summary>[C, H, W] of the input: the projection in red, green and blue, as it is shown.</summary>
    public float[] Shown(FeatureShape input) => Order.ToImage([.. Projection], input.Maps);

    /// <summary>Projects one unit; all other activations of its layer are set to zero.</summary>
    /// <param name="net">The network.</param>
    /// <param name="input">[1, C, H, W], preprocessed, on the network's device; stays the caller's.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="map">Its feature map; the one with the strongest unit where null.</param>
    /// <param name="at">The unit's position in the map; the strongest where null.</param>
    /// <param name="rules">The rules.</param>
    /// <exception cref="ZfDeclException">ZF1460: the layer has no such map or unit.</exception>
    public static ImageProjection OfUnit(ConvNet net, Tensor input, LayerInfo layer, int? map, UnitPosition? at, DeconvnetOptions rules)
    {
        using var recording = net.Record(input);
        using var deconvnet = net.CreateDeconvnet(rules);
        return OfUnit(deconvnet, recording, layer, map, at);
    }

    /// <summary>Projects all units of a layer together.</summary>
    /// <inheritdoc cref="OfUnit(ConvNet, Tensor, LayerInfo, int?, UnitPosition?, DeconvnetOptions)"/>
    public static ImageProjection OfLayer(ConvNet net, Tensor input, LayerInfo layer, DeconvnetOptions rules)
    {
        using var recording = net.Record(input);
        using var deconvnet = net.CreateDeconvnet(rules);
        return OfLayer(deconvnet, recording, layer);
    }

    /// <summary>Projects one unit of an image that is recorded already.</summary>
    /// <param name="deconvnet">The network upside down.</param>
    /// <param name="recording">The recording, of one image.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="map">Its feature map; the one with the strongest unit where null.</param>
    /// <param name="at">The unit's position in the map; the strongest where null.</param>
    /// <param name="windowed">The same deconvnet in windows, which is used where it is the faster way; null for none.</param>
    /// <exception cref="ZfDeclException">ZF1460: the layer has no such map or unit.</exception>
    public static ImageProjection OfUnit(Deconvnet deconvnet, Recording recording, LayerInfo layer, int? map, UnitPosition? at, WindowedDeconvnet? windowed = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var activations = Maps(recording, layer);
        var (maps, height, width) = ((int)activations.shape[0], (int)activations.shape[1], (int)activations.shape[2]);
        if (map < 0 || map >= maps)
            throw new ZfDeclException("ZF1460", $"layer '{layer.Name}' has no map {map}; its maps are 0 … {maps - 1}");
        if (at is { } position && (position.Y < 0 || position.Y >= height || position.X < 0 || position.X >= width))
            throw new ZfDeclException("ZF1460", $"layer '{layer.Name}' has no unit ({position.Y}, {position.X}); rows are 0 … {height - 1}, columns 0 … {width - 1}");
        var chosen = map ?? (int)(at is { } p ? activations[TensorIndex.Colon, p.Y, p.X] : activations.amax([1, 2])).argmax().item<long>();
        var strongest = (int)activations[chosen].argmax().item<long>();
        var unit = at ?? new UnitPosition(strongest / width, strongest % width);
        var value = activations[chosen, unit.Y, unit.X].item<float>();
        var inWindow = windowed?.IsFaster(layer.Index) == true && float.IsFinite(value);
        return Of(recording, layer, (chosen, unit), value, [value], inWindow ? InWindow(windowed!, recording, layer, new(0, chosen, unit, value)) : Values(deconvnet.Project(recording, layer.Index, chosen, unit)));
    }

    /// <summary>Projects all units of a layer together, of an image that is recorded already.</summary>
    /// <inheritdoc cref="OfUnit(Deconvnet, Recording, LayerInfo, int?, UnitPosition?, WindowedDeconvnet?)"/>
    public static ImageProjection OfLayer(Deconvnet deconvnet, Recording recording, LayerInfo layer)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var activations = Maps(recording, layer);
        return Of(recording, layer, null, activations.max().item<float>(), Values(activations), Values(deconvnet.Project(recording, layer.Index, recording.FeatureMaps(layer.Index))));
    }

    /// <summary>The tensors as they are kept in a file: <c>input</c>, <c>projection</c>, <c>activation</c> and, of a unit, <c>position</c> (map, row, column).</summary>
    /// <param name="path">The file, in the safetensors format.</param>
    /// <param name="shape">The shape of the network's input.</param>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void Write(string path, FeatureShape shape)
    {
        using var scope = NewDisposeScope();
        SafeTensorsFile.Write(path, Tensors(shape), new Dictionary<string, string> { ["layer"] = Layer.Name });
    }

    /// <summary>The same tensors by their names; the caller's dispose scope frees them.</summary>
    /// <param name="shape">The shape of the network's input.</param>
    public Dictionary<string, Tensor> Tensors(FeatureShape shape)
    {
        long[] pixels = [shape.Maps, shape.Height, shape.Width];
        var tensors = new Dictionary<string, Tensor>
        {
            ["input"] = tensor(Input, pixels),
            ["projection"] = tensor(Projection, pixels),
            ["activation"] = Unit is null ? tensor(Activation, [Layer.Output.Maps, Layer.Output.Height, Layer.Output.Width]) : tensor(Activation),
        };
        if (Unit is { } unit)
            tensors["position"] = tensor(new long[] { unit.Map, unit.At.Y, unit.At.X });
        return tensors;
    }

    /// <summary>Its unit as the strongest of a set of images are shown, cut to what it sees.</summary>
    /// <param name="input">The shape of the network's input.</param>
    /// <param name="pixels">[C, H, W] of the input: the pixels that the network saw, 0 … 255.</param>
    /// <param name="name">The name of the image.</param>
    /// <param name="class">The name of its class.</param>
    /// <exception cref="InvalidOperationException">The whole layer was projected.</exception>
    public VisualizedUnit CutOut(FeatureShape input, ReadOnlySpan<byte> pixels, string name, string @class)
    {
        var (_, at) = Unit ?? throw new InvalidOperationException($"the whole of layer '{Layer.Name}' was projected, and no unit");
        var window = new UnitWindow(Layer.ReceptiveField, input);
        var region = window.At(at.Y, at.X);
        return new()
        {
            Rank = 0,
            Unit = new(Value, -1, at.Y, at.X),
            ImageName = name,
            Class = @class,
            Region = region,
            Projection = window.Cut<float>(Shown(input), region),
            Patch = window.Cut(pixels, region),
        };
    }

    /// <summary>[maps, height, width], or [units, 1, 1].</summary>
    private static Tensor Maps(Recording recording, LayerInfo layer)
    {
        var maps = recording.FeatureMaps(layer.Index)[0];
        return maps.dim() == 1 ? maps.view(-1, 1, 1) : maps.contiguous();
    }

    private static float[] InWindow(WindowedDeconvnet windowed, Recording recording, LayerInfo layer, UnitSignal unit)
    {
        var input = recording.Info.Input;
        var pixels = new float[input.Count];
        windowed.Project(recording, layer.Index, [unit], (_, projection) => projection.CopyTo(new(0, 0, input.Height, input.Width), pixels));
        return pixels;
    }

    private static ImageProjection Of(Recording recording, LayerInfo layer, (int, UnitPosition)? unit, float value, float[] activation, float[] pixels) => float.IsFinite(value)
        ? new()
        {
            Layer = layer with { Output = layer.Output with { Maps = (int)recording.FeatureMaps(layer.Index).shape[1] } },
            Unit = unit,
            Value = value,
            Activation = activation,
            Input = Values(recording.Images),
            Projection = pixels,
            Order = recording.Info.Recipe.Preprocess.Channels,
        }
        : throw new ZfDeclException("ZF1403", $"layer '{layer.Name}': an activation is {value}; activations must be finite: train again with a smaller learning rate, or use another checkpoint");

    private static float[] Values(Tensor tensor)
    {
        var dense = tensor.cpu().contiguous();
        var values = MemoryMarshal.Cast<byte, float>(dense.bytes).ToArray();
        GC.KeepAlive(dense);
        return values;
    }
}
