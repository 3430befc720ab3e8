namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>Models of one operator with random attributes, behind a convolution of kernel 1 that makes feature maps of the image.</summary>
internal sealed class RandomNodes
{
    private readonly Random random;
    private readonly int seed;
    private ModelWriter model = null!;
    private long maps, height, width;

    public RandomNodes(int seed) => (this.seed, random) = (seed, new(seed));

    /// <summary>The kinds of models there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "conv", "conv-same", "conv-groups", "depthwise", "maxpool", "maxpool-same", "avgpool", "avgpool-same", "global", "reduce", "lrn", "batchnorm", "relu", "leaky", "prelu", "clip", "elu", "selu",
        "sigmoid", "tanh", "hardswish", "hardswish-old", "silu", "hardsigmoid", "add", "sum", "sub", "gate", "concat", "gemm", "matmul", "flatten-batchnorm", "nhwc", "dropout", "softmax", "pad", "affine", "shuffle", "scalar", "min",
    ];

    public string Kind { get; private set; } = "";

    /// <summary>The model, and the shape of its image.</summary>
    public (byte[] Model, long[] Shape) Next()
    {
        Kind = Kinds[seed % Kinds.Count];
        var opset = (long)random.Next(7, 22);
        (maps, height, width) = (2 * random.Next(1, 5), random.Next(6, 14), random.Next(6, 14));
        long[] shape = [1, random.Next(1, 4), height, width];
        if (Kind is "hardswish")
            opset = Math.Max(opset, 14);
        model = new(opset, shape);
        var x = model.Node("Conv", [model.Image, Weights(maps, shape[1], 1, 1), Weights(maps)]);
        return (model.Yield(Of(x)).ToBytes(), shape);
    }

    private string Of(string x) => Kind switch
    {
        "conv" => Conv(x, 1, Padding()),
        "conv-same" => Conv(x, 1, [("auto_pad", Pick("SAME_UPPER", "SAME_LOWER", "VALID"))]),
        "conv-groups" => Conv(x, 2, Padding()),
        "depthwise" => Conv(x, maps, Padding()),
        "maxpool" => Pool(x, "MaxPool", Padding(), true),
        "maxpool-same" => Pool(x, "MaxPool", [("auto_pad", Pick("SAME_UPPER", "SAME_LOWER", "VALID"))], false),
        "avgpool" => Pool(x, "AveragePool", Padding(), true),
        "avgpool-same" => Pool(x, "AveragePool", [("auto_pad", Pick("SAME_UPPER", "SAME_LOWER", "VALID"))], false),
        "global" => model.Node(Pick("GlobalAveragePool", "GlobalMaxPool"), [x]),
        "reduce" => Reduce(x),
        "lrn" => model.Node("LRN", [x], ("size", 2L * random.Next(1, 4) + 1), ("alpha", 0.5 * random.NextDouble()), ("beta", 0.75), ("bias", 1 + random.NextDouble())),
        "batchnorm" => BatchNorm(x, maps),
        "relu" or "sigmoid" or "tanh" => model.Node(char.ToUpperInvariant(Kind[0]) + Kind[1..], [x]),
        "leaky" => model.Node("LeakyRelu", [x], ("alpha", random.NextDouble())),
        "prelu" => model.Node("PRelu", [x, random.Next(2) == 0 ? Weights(maps, 1, 1) : Weights(1)]),
        "clip" => Clip(x),
        "elu" => model.Node("Elu", [x], ("alpha", 0.1 + random.NextDouble())),
        "selu" => model.Node("Selu", [x]),
        "hardswish" => model.Node("HardSwish", [x]),
        "hardswish-old" => HardSwish(x),
        "silu" => model.Node("Mul", random.Next(2) == 0 ? [x, model.Node("Sigmoid", [x])] : [model.Node("Sigmoid", [x]), x]),
        "hardsigmoid" => model.Node("HardSigmoid", [x], ("alpha", 0.1 + random.NextDouble()), ("beta", random.NextDouble())),
        "add" => model.Node("Add", [Conv1(x), x]),
        "sum" => model.Node("Sum", [Conv1(x), x, Conv1(x)]),
        "sub" => model.Node("Sub", [Conv1(x), x]),
        "gate" => model.Node("Mul", Either(x, model.Node("Sigmoid", [Conv1(model.Node("GlobalAveragePool", [x]))]))),
        "concat" => model.Node("Concat", [Conv1(x), x, Conv1(x)], ("axis", Pick<object>(1L, -3L))),
        "gemm" => Gemm(Flat(x)),
        "matmul" => model.Node("Add", [model.Node("MatMul", [Flat(x), Weights(maps * height * width, 5)]), Weights(5)]),
        "flatten-batchnorm" => model.Node("MatMul", [BatchNorm(Flat(x), maps * height * width), Weights(maps * height * width, 3)]),
        "nhwc" => Nhwc(x),
        "dropout" => model.Node("Relu", [model.Node("Dropout", [x])]),
        "softmax" => model.Opset < 13 || random.Next(2) == 0 ? model.Node("Softmax", [Gemm(Flat(x))]) : model.Node("Softmax", [model.Node("GlobalAveragePool", [Conv1(x)])], ("axis", 1L)),
        "pad" => Pad(x),
        "affine" => model.Node("Add", [model.Node("Mul", [x, Weights(maps, 1, 1)]), Weights(1, maps, 1, 1)]),
        "scalar" => model.Node("Sub", [Scalar(1.5f), model.Node("Div", [x, Scalar(2.5f)])]),
        "min" => model.Node("Min", [model.Node("Max", [x, Scalar(0)]), Scalar(0.5f)]),
        "shuffle" => Shuffle(x),
        _ => throw new InvalidOperationException(Kind),
    };

    private (string, object)[] Padding() => [("pads", new long[] { random.Next(2), random.Next(2), random.Next(2), random.Next(2) })];

    private string Conv(string x, long groups, (string, object)[] padding)
    {
        var (outputs, kernel) = (maps * random.Next(1, 3), new long[] { random.Next(1, 4), random.Next(1, 4) });
        string[] inputs = [x, Weights(outputs, maps / groups, kernel[0], kernel[1])];
        // ONNX Runtime refuses automatic padding of dilated kernels.
        (string, object)[] dilation = padding[0].Item1 == "pads" ? [("dilations", new long[] { random.Next(1, 3), random.Next(1, 3) })] : [];
        (string, object)[] shape = random.Next(2) == 0 ? [("kernel_shape", kernel)] : [];
        return model.Node("Conv", random.Next(2) == 0 ? inputs : [.. inputs, Weights(outputs)], [.. padding, .. dilation, .. shape, ("group", groups), ("strides", new long[] { random.Next(1, 4), random.Next(1, 4) })]);
    }

    private string Pool(string x, string op, (string, object)[] padding, bool isFree)
    {
        var attributes = new List<(string, object)>(padding) { ("kernel_shape", new long[] { random.Next(2, 4), random.Next(2, 4) }), ("strides", isFree ? [random.Next(1, 4), random.Next(1, 4)] : new long[] { random.Next(1, 3), random.Next(1, 3) }) };
        if (isFree && model.Opset >= 10 && random.Next(2) == 0)
            attributes.Add(("ceil_mode", 1L));
        if (isFree && model.Opset >= (op == "MaxPool" ? 10 : 19) && random.Next(2) == 0)
            attributes.Add(("dilations", new long[] { random.Next(1, 3), random.Next(1, 3) }));
        if (op == "AveragePool" && random.Next(2) == 0)
            attributes.Add(("count_include_pad", 1L));
        return model.Node(op, [x], [.. attributes]);
    }

    private string Reduce(string x)
    {
        var keep = (long)random.Next(2);
        long[] axes = random.Next(2) == 0 || model.Opset < 11 ? [2, 3] : [-2, -1];
        var y = model.Opset >= 18 ? model.Node("ReduceMean", [x, model.Constant(axes)], ("keepdims", keep)) : model.Node("ReduceMean", [x], ("axes", axes), ("keepdims", keep));
        return keep == 1 ? y : model.Node("Gemm", [y, Weights(maps, 4), Weights(4)]);
    }

    private string BatchNorm(string x, long count) =>
        model.Node("BatchNormalization", [x, Weights(count), Weights(count), Weights(count), model.Constant(Values(count, value => 0.5f + value * value), count)], ("epsilon", 1e-3), ("momentum", 0.8));

    private string Clip(string x)
    {
        if (model.Opset < 11)
            return model.Node("Clip", [x], ("min", 0.0), ("max", 0.7));
        return random.Next(2) == 0 ? model.Node("Clip", [x, Scalar(0), Scalar(0.7f)]) : model.Node("Clip", [x, Scalar(0)]);
    }

    private string HardSwish(string x)
    {
        var shifted = model.Node("Add", [x, Scalar(3)]);
        var clipped = model.Opset < 11 ? model.Node("Clip", [shifted], ("min", 0.0), ("max", 6.0)) : model.Node("Clip", [shifted, Scalar(0), Scalar(6)]);
        return random.Next(2) == 0 ? model.Node("Div", [model.Node("Mul", [x, clipped]), Scalar(6)]) : model.Node("Mul", [x, model.Node("Div", [clipped, Scalar(6)])]);
    }

    private string Gemm(string x)
    {
        var count = maps * height * width;
        var isTransposed = random.Next(2) == 0;
        return model.Node("Gemm", [x, isTransposed ? Weights(6, count) : Weights(count, 6), random.Next(2) == 0 ? Weights(6) : Weights(1)],
            ("transB", isTransposed ? 1L : 0L), ("alpha", 0.5 + random.NextDouble()), ("beta", 0.5 + random.NextDouble()));
    }

    private string Flat(string x) => random.Next(3) switch
    {
        0 => model.Node("Flatten", [x]),
        1 => model.Node("Reshape", [x, model.Constant(1, -1)]),
        _ => model.Node("Reshape", [x, model.Node("Concat", [Unsqueezed(model.Node("Gather", [model.Node("Shape", [x]), Index(0)], ("axis", 0L))), model.Constant(-1)], ("axis", 0L))]),
    };

    private string Unsqueezed(string x) => model.Opset >= 13 ? model.Node("Unsqueeze", [x, model.Constant(0)]) : model.Node("Unsqueeze", [x], ("axes", new long[] { 0 }));

    private string Index(long value)
    {
        var tensor = new Interchange.Onnx.Proto.TensorProto { DataType = ModelWriter.Int64 };
        tensor.Int64Data.Add(value);
        return model.Initializer(tensor);
    }

    /// <summary>As tf2onnx writes it: back to channels last, a bias there, and flattened in that order.</summary>
    private string Nhwc(string x)
    {
        var last = model.Node("Add", [model.Node("Transpose", [x], ("perm", new long[] { 0, 2, 3, 1 })), Weights(maps)]);
        var flat = model.Node("Reshape", [last, model.Constant(-1, height * width * maps)]);
        return model.Node("MatMul", [flat, Weights(height * width * maps, 4)]);
    }

    private string Pad(string x)
    {
        long[] pads = [0, 0, random.Next(3), random.Next(3), 0, 0, random.Next(3), random.Next(3)];
        var padded = model.Opset < 11 ? model.Node("Pad", [x], ("pads", pads)) : model.Node("Pad", [x, model.Constant(pads)]);
        return random.Next(2) == 0 ? padded : model.Node("Conv", [padded, Weights(maps, maps, 3, 3)], ("pads", new long[] { 0, 1, 1, 0 }));
    }

    private string Shuffle(string x)
    {
        var split = model.Node("Reshape", [x, model.Constant(0, 2, maps / 2, height, width)]);
        return model.Node("Reshape", [model.Node("Transpose", [split], ("perm", new long[] { 0, 2, 1, 3, 4 })), model.Constant(-1, maps, height, width)]) is var y ? Conv1(y) : "";
    }

    private string Conv1(string x) => model.Node("Conv", [x, Weights(maps, maps, 1, 1)]);

    private string[] Either(string a, string b) => random.Next(2) == 0 ? [a, b] : [b, a];

    private T Pick<T>(params T[] of) => of[random.Next(of.Length)];

    private string Scalar(float value) => model.Constant([value], []);

    private string Weights(params long[] shape) => model.Constant(Values(shape.Aggregate(1L, (count, side) => count * side), value => value), shape);

    private float[] Values(long count, Func<float, float> of) => [.. Enumerable.Range(0, (int)count).Select(_ => of((float)(2 * random.NextDouble() - 1)))];
}
