using Google.Protobuf;
using ZfDecl.Interchange.Onnx.Proto;
using ZfDecl.Tests.Runs;

namespace ZfDecl.Interchange.Tests.Onnx;

/// <summary>Models as exporters write them, each with its habits, against ONNX Runtime; and the specs that come of them.</summary>
public class ExporterTests
{
    private static readonly Random Random = new(3);

    /// <summary>PyTorch's older exporter: weights called after modules, the shape worked out before a view, the mean of the rows and columns for a global pool.</summary>
    [Fact]
    public void PyTorchsOlderOne()
    {
        var model = new ModelWriter(11, 2, 3, 16, 16);
        var x = model.Node("Conv", [model.Image, Named(model, "features.0.weight", 8, 3, 3, 3), Named(model, "features.0.bias", 8)], ("pads", new long[] { 1, 1, 1, 1 }), ("kernel_shape", new long[] { 3, 3 }));
        x = model.Node("Relu", [x]);
        x = model.Node("Conv", [x, Named(model, "onnx::Conv_193", 8, 1, 3, 3), Named(model, "onnx::Conv_194", 8)], ("group", 8L), ("strides", new long[] { 2, 2 }));
        x = model.Node("Clip", [x], ("min", 0f));
        model.Graph.Node[^1].Attribute.Clear();
        model.Graph.Node[^1].Input.AddRange([model.Constant([0f]), model.Constant([6f])]);
        foreach (var bound in model.Graph.Initializer.TakeLast(2))
            bound.Dims.Clear();
        x = model.Node("ReduceMean", [x], ("axes", new long[] { 2, 3 }), ("keepdims", 0L));
        var batch = model.Node("Gather", [model.Node("Shape", [x]), Scalar(model, 0)], ("axis", 0L));
        var shape = model.Node("Concat", [model.Node("Unsqueeze", [batch], ("axes", new long[] { 0 })), model.Node("Constant", [], ("value", ModelWriter.Tensor(-1)))], ("axis", 0L));
        x = model.Node("Gemm", [model.Node("Reshape", [x, shape]), Named(model, "classifier.1.weight", 5, 8), Named(model, "classifier.1.bias", 5)], ("transB", 1L));
        var network = Judged.Same(model.Yield(x).ToBytes(), [2, 3, 16, 16]);
        Assert.Equal(["features_0", "relu1", "conv1", "relu2", "pool1", "classifier_1"], network.Draft!.Layers.Select(layer => layer.Name));
        Assert.Contains("- { relu: relu2, ceiling: 6 }", network.Spec, StringComparison.Ordinal);
        Assert.Contains("classes: 5\n", network.Spec, StringComparison.Ordinal);
        Assert.Contains("- { dense: classifier_1 }\n", network.Spec, StringComparison.Ordinal);
    }

    /// <summary>Models that were trained with the negative log likelihood end in logarithms: what the network yields instead is said.</summary>
    [Fact]
    public void LogarithmsOfProbabilitiesBecomeProbabilitiesAndItIsSaid()
    {
        using var folder = new TemporaryFolder();
        var log = new ListeningLog();
        foreach (var (name, end) in ((string, string)[])[("logarithms", "LogSoftmax"), ("probabilities", "Softmax")])
        {
            var model = new ModelWriter(13, 1, 2, 4, 4);
            var x = model.Node("Gemm", [model.Node("Flatten", [model.Image]), Named(model, "fc.weight", 5, 32), Named(model, "fc.bias", 5)], ("transB", 1L));
            File.WriteAllBytes(folder[name], model.Yield(model.Node(end, [x], ("axis", 1L))).ToBytes());
        }

        Imported.OfFile(folder["probabilities"], log: log);
        Assert.Empty(log.Lines);
        Imported.OfFile(folder["logarithms"], log: log);
        Assert.Equal("the model yields logarithms of probabilities (LogSoftmax); the network yields the probabilities themselves", Assert.Single(log.Lines));
    }

    /// <summary>PyTorch's exporter of today: opset 18, weights beside the file, no kernel_shape, axes as inputs, a local function, an open number of images.</summary>
    [Fact]
    public void PyTorchsOneOfToday()
    {
        using var folder = new TemporaryFolder();
        var model = new ModelWriter(18, 1, 3, 12, 12);
        model.Graph.Input[0] = ModelWriter.Value("image", ["batch", 3, 12, 12]);
        model.Model.OpsetImport.Add(new OperatorSetIdProto { Domain = "pkg.torch", Version = 1 });
        var function = new FunctionProto { Name = "scaled_silu", Domain = "pkg.torch" };
        function.Input.Add("x");
        function.Output.Add("y");
        function.Attribute.Add("slope");
        function.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 18 });
        function.Node.Add(ModelWriter.Make("Sigmoid", ["x"], ["s"]));
        function.Node.Add(ModelWriter.Make("Mul", ["x", "s"], ["m"]));
        function.Node.Add(ModelWriter.Make("LeakyRelu", ["m"], ["y"]));
        function.Node[^1].Attribute.Add(new AttributeProto { Name = "alpha", RefAttrName = "slope", Type = 1 });
        model.Model.Functions.Add(function);
        var x = model.Node("Conv", [model.Image, Named(model, "layer1.0.conv1.weight", 6, 3, 3, 3)], ("pads", new long[] { 1, 1, 1, 1 }), ("dilations", new long[] { 1, 1 }), ("strides", new long[] { 1, 1 }), ("group", 1L));
        model.Graph.Node.Add(ModelWriter.Make("scaled_silu", [x], ["called"], ("slope", 0.2f)));
        model.Graph.Node[^1].Domain = "pkg.torch";
        x = model.Node("ReduceMean", ["called", model.Constant(-1, -2)], ("keepdims", 1L));
        x = model.Node("Gemm", [model.Node("Reshape", [x, model.Constant(-1, 6)], ("allowzero", 1L)), Named(model, "fc.weight", 4, 6), Named(model, "fc.bias", 4)], ("transB", 1L));
        model.Yield(x);
        var beside = new MemoryStream();
        foreach (var tensor in model.Graph.Initializer.Where(tensor => tensor.DataType == ModelWriter.Float))
        {
            tensor.DataLocation = 1;
            tensor.ExternalData.AddRange([Entry("location", "model.onnx.data"), Entry("offset", $"{beside.Length}"), Entry("length", $"{tensor.RawData.Length}")]);
            beside.Write(tensor.RawData.Span);
            tensor.ClearRawData();
        }
        File.WriteAllBytes(folder["model.onnx"], model.ToBytes());
        File.WriteAllBytes(folder["model.onnx.data"], beside.ToArray());
        var network = Imported.OfFile(folder["model.onnx"]);
        using var net = Compiled.All([network])[0];
        float[] image = [.. Enumerable.Range(0, 3 * 3 * 144).Select(_ => (float)Random.NextDouble())];
        Assert.Null(Closeness.Difference(OtherSide.RunFile(folder["model.onnx"], "image", image, 3, 3, 12, 12), Compiled.Run(net, image, 3, probabilities: false)));
        Assert.Equal(["layer1_0_conv1", "silu1", "relu1", "pool1", "fc"], network.Draft!.Layers.Select(layer => layer.Name));
    }

    /// <summary>tf2onnx and Keras: images with channels last, a transpose on either side, automatic padding, biases added on channels last, flattened in that order.</summary>
    [Fact]
    public void KerasWithChannelsLast()
    {
        var model = new ModelWriter(13, 1, 17, 15, 3);
        var x = model.Node("Transpose", [model.Image], ("perm", new long[] { 0, 3, 1, 2 }));
        x = model.Node("Conv", [x, Named(model, "block1_conv1/Conv2D/ReadVariableOp:0", 6, 3, 3, 3)], ("auto_pad", "SAME_UPPER"), ("strides", new long[] { 2, 2 }));
        x = model.Node("Add", [model.Node("Transpose", [x], ("perm", new long[] { 0, 2, 3, 1 })), Random1(model, 6)]);
        x = model.Node("Transpose", [model.Node("Relu", [x])], ("perm", new long[] { 0, 3, 1, 2 }));
        x = model.Node("MaxPool", [x], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }), ("auto_pad", "SAME_UPPER"));
        x = model.Node("Transpose", [x], ("perm", new long[] { 0, 2, 3, 1 }));
        var gate = model.Node("Sigmoid", [model.Node("MatMul", [model.Node("ReduceMean", [x], ("axes", new long[] { 1, 2 }), ("keepdims", 0L)), Random1(model, 6, 6)])]);
        x = model.Node("Mul", [x, model.Node("Reshape", [gate, model.Constant(-1, 1, 1, 6)])]);
        x = model.Node("Reshape", [x, model.Constant(-1, 5 * 4 * 6)]);
        x = model.Node("Softmax", [model.Node("Add", [model.Node("MatMul", [x, Random1(model, 120, 7)]), Random1(model, 7)])], ("axis", -1L));
        var network = Judged.Same(model.Yield(x).ToBytes(), [1, 17, 15, 3], isLast: true);
        Assert.Contains("padding: same }", network.Spec, StringComparison.Ordinal);
        Assert.Contains("conv: block1_conv1", network.Spec, StringComparison.Ordinal);
        Assert.Contains("input: { channels: 3, height: 17, width: 15 }", network.Spec, StringComparison.Ordinal);
    }

    /// <summary>Caffe2 and Caffe's converters: weights among the inputs, a fixed number of images, a shape as an initialiser, dropout with its mask.</summary>
    [Fact]
    public void Caffe2()
    {
        var model = new ModelWriter(9, 1, 3, 9, 9);
        var weights = Named(model, "gpu_0/conv1_w_0", 4, 3, 3, 3);
        model.Graph.Input.Add(ModelWriter.Value(weights, [4, 3, 3, 3]));
        var x = model.Node("Conv", [model.Image, weights, Named(model, "gpu_0/conv1_b_0", 4)]);
        x = model.Node("LRN", [model.Node("Relu", [x])], ("size", 5L), ("alpha", 1e-4f), ("beta", 0.75f), ("bias", 1f));
        x = model.Nodes("Dropout", [x], 2, ("ratio", 0.5f))[0];
        x = model.Node("Reshape", [x, model.Constant(1, 4 * 49)]);
        x = model.Node("Softmax", [model.Node("Gemm", [x, Named(model, "gpu_0/fc8_w_0", 10, 196), Named(model, "gpu_0/fc8_b_0", 10)], ("transB", 1L))]);
        _ = model.Node("Relu", [x]);        // nobody reads it
        var network = Judged.Same(model.Yield(x).ToBytes(), [1, 3, 9, 9]);
        Assert.Equal(["conv1", "relu1", "norm1", "drop1", "fc8", "prob1"], network.Draft!.Layers.Select(layer => layer.Name));
    }

    /// <summary>Paddle and others: batch normalisation unfolded, hard sigmoid gates, weights of other precision behind a cast.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(16)]
    [InlineData(11)]
    public void PaddleWithWeightsOfOtherPrecision(int type)
    {
        var model = new ModelWriter(13, 1, 3, 10, 10);
        float[] values = [.. Enumerable.Range(0, 4 * 3 * 3 * 3).Select(_ => MathF.Round((float)Random.NextDouble() * 64) / 64)];
        var tensor = new TensorProto { Name = "conv2d_0.w_0", DataType = type, RawData = ByteString.CopyFrom([.. values.SelectMany(value => Bytes(value, type))]) };
        tensor.Dims.AddRange([4, 3, 3, 3]);
        model.Graph.Initializer.Add(tensor);
        var x = model.Node("Conv", [model.Image, model.Node("Cast", ["conv2d_0.w_0"], ("to", 1L))]);
        x = model.Node("BatchNormalization", [x, Random1(model, 4), Random1(model, 4), Random1(model, 4), model.Constant([1, 2, 3, 4], 4)], ("epsilon", 1e-5f), ("momentum", 0.9f));
        x = model.Node("Mul", [x, model.Node("HardSigmoid", [model.Node("Conv", [model.Node("GlobalAveragePool", [x]), Random1(model, 4, 4, 1, 1)])], ("alpha", 0.2f), ("beta", 0.5f))]);
        x = model.Node("HardSwish", [x]);
        model.Model.OpsetImport[0].Version = 14;
        Judged.Same(model.Yield(x).ToBytes(), [1, 3, 10, 10]);
    }

    private static byte[] Bytes(float value, int type) => type switch
    {
        10 => BitConverter.GetBytes((Half)value),
        16 => BitConverter.GetBytes((short)(BitConverter.SingleToInt32Bits(value) >> 16)),
        _ => BitConverter.GetBytes((double)value),
    };

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };

    private static string Named(ModelWriter model, string name, params long[] shape)
    {
        var tensor = ModelWriter.Tensor(Values(shape), shape);
        tensor.Name = name;
        return model.Initializer(tensor);
    }

    private static string Random1(ModelWriter model, params long[] shape) => model.Constant(Values(shape), shape);

    private static string Scalar(ModelWriter model, long value)
    {
        var tensor = new TensorProto { DataType = ModelWriter.Int64 };
        tensor.Int64Data.Add(value);
        return model.Initializer(tensor);
    }

    private static float[] Values(long[] shape) => [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (count, side) => count * side)).Select(_ => (float)(2 * Random.NextDouble() - 1))];
}
