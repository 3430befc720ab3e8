using ZfDecl.Generators.Language;
using ZfDecl.Generators.Model;
using ZfDecl.Interchange.Declared;
using ZfDecl.Interchange.Problems;

namespace ZfDecl.Interchange.Caffe;

/// <summary>The layers of a <c>.prototxt</c> as those of a spec, each behind those that go into it. A layer that writes over what goes in hands on another value of the same name.</summary>
/// <param name="image">The shape of an image.</param>
/// <param name="images">The names that images have.</param>
internal sealed class PrototxtGraph(DraftShape image, IReadOnlyList<string> images)
{
    private readonly Dictionary<string, DraftLayer?> values = images.Distinct().ToDictionary(name => name, _ => (DraftLayer?)null);
    private readonly List<DraftLayer> layers = [];
    private readonly HashSet<DraftLayer> scaled = [];

    public IReadOnlyList<DraftLayer> Layers => layers;

    /// <summary>What nobody reads.</summary>
    public IReadOnlyList<DraftLayer> Ends => [.. layers.Where(layer => !layers.Any(reader => reader.Inputs.Contains(layer)))];

    /// <summary>Declares a layer.</summary>
    /// <exception cref="NotDeclarableException">There is nothing like it in a spec.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Add(CaffeLayer layer)
    {
        DraftLayer?[] inputs = [.. layer.Bottom.Select(name => values.TryGetValue(name, out var value) ? value : throw new InvalidDataException($"layer '{layer.Name}' takes '{name}', which no layer before it yields"))];
        if (inputs.Length == 0 || layer.Top.Length == 0)
            throw new NotDeclarableException("nothing goes in, or nothing comes out", "a spec's layers come behind the image");
        var made = Made(layer, inputs);
        foreach (var top in layer.Top)
            values[top] = made;
    }

    private DraftLayer? Made(CaffeLayer layer, DraftLayer?[] inputs)
    {
        var (node, x) = (layer.Node, ShapeOf(inputs[0]));
        switch (layer.Type)
        {
            case "Convolution": return Convolution(layer, node.Node("convolution_param"), inputs[0], x);
            case "Pooling": return Pooling(layer, node.Node("pooling_param"), inputs[0], x);
            case "InnerProduct": return InnerProduct(layer, node.Node("inner_product_param"), inputs[0]);
            case "ReLU": return Declare(layer, "relu", inputs, x, node.Node("relu_param").Number("negative_slope", 0) is var slope && slope > 0 ? [("slope", slope)] : []);
            case "PReLU": return Declare(layer, "prelu", inputs, x);
            case "ELU": return Declare(layer, "elu", inputs, x, node.Node("elu_param").Number("alpha", 1) is var alpha && alpha != 1 ? [("alpha", alpha)] : []);
            case "Sigmoid" or "TanH": return Declare(layer, layer.Type.ToLowerInvariant(), inputs, x);
            case "Dropout": return Declare(layer, "dropout", inputs, x, ("rate", node.Node("dropout_param").Number("dropout_ratio", 0.5)));
            case "LRN": return Response(layer, node.Node("lrn_param"), inputs, x);
            case "BatchNorm": return Declare(layer, "batchnorm", inputs, x, ("momentum", Math.Round(1 - node.Node("batch_norm_param").Number("moving_average_fraction", 0.999), 7)), ("epsilon", node.Node("batch_norm_param").Number("eps", 1e-5)));
            case "Scale": return Scale(layer, inputs, x);
            case "Concat": return Concat(layer, node.Node("concat_param"), inputs, x);
            case "Eltwise": return Eltwise(layer, node.Node("eltwise_param"), inputs, x);
            case "Flatten": return Declare(layer, "flatten", inputs, new(checked((int)x.Count), 1, 1, Flat: true));
            case "Softmax": return Declare(layer, "softmax", inputs, x);
            case "Split": return inputs[0];
            case "Deconvolution" or "Upsample" or "Interp": throw new NotDeclarableException("it enlarges maps", "a spec's layers keep the size of maps or lessen it: leave the part behind it out");
            default: throw new NotDeclarableException("there is no kind of layer like it", "docs/import.md lists those there are: replace it, or leave the part behind it out");
        }
    }

    private DraftLayer Convolution(CaffeLayer layer, PrototxtNode of, DraftLayer? input, DraftShape x)
    {
        var (maps, groups) = (of.Whole("num_output", 0), of.Whole("group", 1));
        var dilation = of.Numbers("dilation") is { Length: > 0 } ? CaffeLayer.Two(of, "dilation", "dilation", 1, 1) : new Pair(1, 1);
        var window = new Window(CaffeLayer.Two(of, "kernel_size", "kernel", 0, 1), CaffeLayer.Two(of, "stride", "stride", 1, 1), Sides.Of(CaffeLayer.Two(of, "pad", "pad", 0, 0)), dilation);
        if (maps is < 1 or > 65536 || groups < 1 || maps % groups != 0 || x.Maps % groups != 0)
            throw new InvalidDataException($"'{layer.Name}' makes {maps} maps of {x.Maps} in {groups} groups");
        var made = Declare(layer, "conv", [input], Output(layer, window, x, maps, roundUp: false), [("maps", maps), .. Keys(window, new(1, 1))]);
        if (groups > 1)
            made.Keys["groups"] = groups;
        return WithoutBias(made, of);
    }

    private DraftLayer Pooling(CaffeLayer layer, PrototxtNode of, DraftLayer? input, DraftShape x)
    {
        var kind = of.Text("pool", "MAX") switch { "MAX" or "0" => "maxpool", "AVE" or "1" => "avgpool", var other => throw new NotDeclarableException($"it pools by the rule {other}", "a spec takes maxima and means") };
        if (of.Flag("global_pooling", false))
            return Declare(layer, kind, [input], new(x.Maps, 1, 1), ("kernel", "all"));
        var window = new Window(CaffeLayer.Two(of, "kernel_size", "kernel", 0, 1), CaffeLayer.Two(of, "stride", "stride", 1, 1), Sides.Of(CaffeLayer.Two(of, "pad", "pad", 0, 0)), new(1, 1));
        return Declare(layer, kind, [input], Output(layer, window, x, x.Maps, roundUp: true), [.. Keys(window, window.Kernel), ("rounding", "up")]);
    }

    private DraftLayer InnerProduct(CaffeLayer layer, PrototxtNode of, DraftLayer? input) => of.Whole("num_output", 0) is >= 1 and <= 1 << 20 and var units
        ? WithoutBias(Declare(layer, "dense", [input], new(units, 1, 1, Flat: true), ("units", units)), of)
        : throw new InvalidDataException($"'{layer.Name}' has no number of units");

    private DraftLayer Response(CaffeLayer layer, PrototxtNode of, DraftLayer?[] inputs, DraftShape x)
    {
        var made = Declare(layer, "lrn", inputs, x, ("size", of.Whole("local_size", 5)), ("alpha", of.Number("alpha", 1)), ("beta", of.Number("beta", 0.75)), ("k", of.Number("k", 1)));
        if (of.Text("norm_region", "") is "WITHIN_CHANNEL" or "1")
            made.Keys["over"] = "space";
        return made;
    }

    /// <summary>Behind a batch normalisation it is a part of that.</summary>
    private DraftLayer? Scale(CaffeLayer layer, DraftLayer?[] inputs, DraftShape x)
    {
        if (inputs is [{ Kind: "batchnorm" } norm] && scaled.Add(norm))
            return norm;
        return inputs.Length == 1 ? Declare(layer, "affine", inputs, x) : Declare(layer, "mul", inputs, x);
    }

    private DraftLayer Concat(CaffeLayer layer, PrototxtNode of, DraftLayer?[] inputs, DraftShape x)
    {
        if (of.Whole("axis", of.Whole("concat_dim", 1)) != 1)
            throw new NotDeclarableException("it joins along another axis than that of the maps", "a spec's concat puts maps behind each other");
        return Declare(layer, "concat", inputs, x with { Maps = checked(inputs.Sum(input => ShapeOf(input).Maps)) });
    }

    private DraftLayer Eltwise(CaffeLayer layer, PrototxtNode of, DraftLayer?[] inputs, DraftShape x) => of.Text("operation", "SUM") switch
    {
        "SUM" or "1" when of.Numbers("coeff").All(factor => factor == 1) => Declare(layer, "add", inputs, x),
        "PROD" or "0" => Declare(layer, "mul", inputs, x),
        var other => throw new NotDeclarableException($"it joins by {other} with factors [{string.Join(", ", of.Numbers("coeff"))}]", "a spec joins layers by add, mul and concat"),
    };

    private static DraftLayer WithoutBias(DraftLayer made, PrototxtNode of)
    {
        if (!of.Flag("bias_term", true))
            made.Keys["bias"] = false;
        return made;
    }

    private static DraftShape Output(CaffeLayer layer, Window window, DraftShape x, int maps, bool roundUp)
    {
        var shape = new Shape(x.Maps, x.Height, x.Width, x.Flat);
        if (x.Flat || !window.FitsInto(shape))
            throw new InvalidDataException($"the window {window.Kernel.Times} of '{layer.Name}' is larger than what it slides over, {shape}");
        var size = window.OutputSize(shape, roundUp);
        return new(maps, size.Y, size.X);
    }

    private static IEnumerable<(string, object)> Keys(Window window, Pair usualStride)
    {
        yield return ("kernel", Text(window.Kernel));
        if (window.Stride != usualStride)
            yield return ("stride", Text(window.Stride));
        if (!window.Padding.IsNone)
            yield return ("padding", Text(window.Padding.Start));
        if (window.IsDilated)
            yield return ("dilation", Text(window.Dilation));

        static object Text(Pair pair) => pair.Y == pair.X ? pair.Y : new long[] { pair.Y, pair.X };
    }

    private DraftShape ShapeOf(DraftLayer? layer) => layer?.Output ?? image;

    private DraftLayer Declare(CaffeLayer layer, string kind, IReadOnlyList<DraftLayer?> inputs, DraftShape shape, params IReadOnlyList<(string Key, object Value)> keys)
    {
        var made = new DraftLayer(kind, layer.Name.Length > 0 ? layer.Name : null, inputs, shape);
        foreach (var (key, value) in keys)
            made.Keys[key] = value;
        layers.Add(made);
        return made;
    }
}
